// Builds the tree from yaml-cpp's events. Its own node type loses duplicate keys, and follows aliases without end.
#include "harness/case/Yaml.h"
#include "harness/case/SourceFile.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include <sstream>
#include <yaml-cpp/anchor.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

namespace pto::harness {

static constexpr unsigned deepestNesting = 32;
static constexpr size_t mostNodes = 500'000;
static constexpr uint64_t mostVisits = 1'000'000;

const YamlNode *YamlNode::find(llvm::StringRef name) const {
  for (const Entry &entry : entries)
    if (entry.key->text == name)
      return entry.value;
  return nullptr;
}

const YamlNode *YamlNode::findKey(llvm::StringRef name) const {
  for (const Entry &entry : entries)
    if (entry.key->text == name)
      return entry.key;
  return nullptr;
}

llvm::StringRef describe(YamlNode::Kind kind) {
  static constexpr llvm::StringLiteral names[] = {"nothing", "text", "a list", "a map"};
  return names[static_cast<size_t>(kind)];
}

Place YamlFile::placeOf(const YamlNode &node, size_t offset) const {
  if (node.layout == YamlNode::Layout::Reshaped)
    return placeOf(node);
  LineColumn inText = lineColumnAt(node.text, offset);
  return {filePath, node.textLine + inText.line - 1, node.textColumn + inText.column - 1};
}

// In YAML `{ dtype: ${dtype} }` would open a map at the placeholder's brace. The characters of a placeholder that
// mean something to YAML are hidden from the parser, each behind one that no text file has, so places stay true.
static constexpr std::pair<char, char> hidden[] = {{'{', '\x01'}, {'}', '\x02'}, {',', '\x03'}};

static std::string hidePlaceholders(llvm::StringRef source) {
  std::string result = source.str();
  for (size_t at = source.find("${"); at != llvm::StringRef::npos;) {
    size_t end = source.find_first_of("}\n\"'", at);
    if (end != llvm::StringRef::npos && source[end] == '}')
      for (size_t i = at + 1; i <= end; ++i)
        for (auto [shown, hiding] : hidden)
          if (source[i] == shown)
            result[i] = hiding;
    at = source.find("${", end);
  }
  return result;
}

static std::string showPlaceholders(std::string text) {
  for (char &c : text)
    for (auto [shown, hiding] : hidden)
      if (c == hiding)
        c = shown;
  return text;
}

/// What stops the parser although it sees nothing wrong; caught in `parse`, as its own errors are.
struct Refusal : YAML::ParserException {
  using ParserException::ParserException;
};

/// Receives the parser's events.
class YamlBuilder : public YAML::EventHandler {
public:
  YamlBuilder(YamlFile &file, llvm::StringRef source, Diagnostics &problems) : file(file), problems(problems) {
    source.split(lines, '\n');
  }

  void OnDocumentStart(const YAML::Mark &mark) override {
    if (documents++ > 0)
      stop(mark, "a case file is one document; remove what follows '---'");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override {
    YamlNode &node = make(YamlNode::Kind::Nothing, mark, anchor);
    // The mark of an empty value is that of whatever comes next: its key, or its list, is where a reader looks.
    llvm::StringRef here = sourceFrom(node);
    if (!here.starts_with("~") && !here.starts_with_insensitive("null") && !open.empty()) {
      const YamlNode &anchorage = open.back().key ? *open.back().key : *open.back().node;
      node.line = anchorage.line;
      node.column = anchorage.column;
    }
    add(node);
  }

  void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override {
    const YamlNode *target = anchored.size() > anchor ? anchored[anchor] : nullptr;
    if (!target)
      stop(mark, "this alias has no anchor");
    for (const Frame &frame : open)
      if (frame.node == target)
        stop(mark, "this alias refers to a value that contains it");
    add(*target, &mark);
  }

  void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                const std::string &value) override {
    YamlNode &node = make(YamlNode::Kind::Text, mark, anchor);
    node.text = showPlaceholders(value);
    node.isBare = tag == "?";
    checkTag(mark, tag);
    layOut(node);
    add(node);
  }

  void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    checkTag(mark, tag);
    enter(make(YamlNode::Kind::List, mark, anchor), mark);
  }
  void OnSequenceEnd() override { leave(); }

  void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    checkTag(mark, tag);
    enter(make(YamlNode::Kind::Map, mark, anchor), mark);
  }
  void OnMapEnd() override {
    rejectDuplicates(*open.back().node);
    leave();
  }

  /// What may be added to the parser's own words about a line.
  std::string hintFor(unsigned line) const {
    if (line == 0 || line > lines.size())
      return "";
    llvm::StringRef indentation = lines[line - 1].take_while([](char c) { return c == ' ' || c == '\t'; });
    return indentation.contains('\t') ? "; YAML is indented with spaces, this line with a tab" : "";
  }

private:
  struct Frame {
    YamlNode *node;
    const YamlNode *key = nullptr;
  };

  [[noreturn]] static void stop(const YAML::Mark &mark, const std::string &why) { throw Refusal(mark, why); }

  YamlNode &make(YamlNode::Kind kind, const YAML::Mark &mark, YAML::anchor_t anchor) {
    if (file.nodes.size() == mostNodes)
      stop(mark, "the file has more than " + std::to_string(mostNodes) + " values");
    YamlNode &node = file.nodes.emplace_back();
    node.kind = kind;
    node.line = mark.line + 1;
    node.column = mark.column + 1;
    if (anchor) {
      anchored.resize(std::max<size_t>(anchored.size(), anchor + 1));
      anchored[anchor] = &node;
    }
    return node;
  }

  static void checkTag(const YAML::Mark &mark, const std::string &tag) {
    // The parser's own: "?" for bare text, "!" for quoted.
    if (!tag.empty() && tag != "?" && tag != "!")
      stop(mark, "the tag " + quote(tag) + " has no meaning in a case; remove it");
  }

  void enter(YamlNode &node, const YAML::Mark &mark) {
    if (open.size() == deepestNesting)
      stop(mark, "lists and maps are nested deeper than " + std::to_string(deepestNesting) + " levels");
    open.push_back({&node});
  }

  void leave() {
    YamlNode &node = *open.back().node;
    open.pop_back();
    add(node);
  }

  void add(const YamlNode &node, const YAML::Mark *aliasMark = nullptr) {
    if (open.empty()) {
      file.rootNode = &node;
      return;
    }
    Frame &frame = open.back();
    frame.node->weight += node.weight;
    if (frame.node->weight > mostVisits)
      stop(aliasMark ? *aliasMark : YAML::Mark::null_mark(),
           "aliases expand this file to more than " + std::to_string(mostVisits) + " values");
    if (frame.node->kind == YamlNode::Kind::List) {
      frame.node->items.push_back(&node);
    } else if (!frame.key) {
      if (node.kind != YamlNode::Kind::Text) {
        YAML::Mark mark = YAML::Mark();
        mark.line = node.line - 1;
        mark.column = node.column - 1;
        stop(mark, "a key must be text, found " + describe(node.kind).str());
      }
      frame.key = &node;
    } else {
      frame.node->entries.push_back({frame.key, &node});
      frame.key = nullptr;
    }
  }

  void rejectDuplicates(YamlNode &map) {
    llvm::StringMap<unsigned> firstLines;
    llvm::erase_if(map.entries, [&](const YamlNode::Entry &entry) {
      auto [first, isNew] = firstLines.try_emplace(entry.key->text, entry.key->line);
      if (!isNew)
        problems.add(file.placeOf(*entry.key),
                     "duplicate key " + quote(entry.key->text) + "; first on line " + std::to_string(first->second));
      return !isNew;
    });
  }

  llvm::StringRef sourceFrom(const YamlNode &node) const {
    return node.line <= lines.size()
               ? lines[node.line - 1].drop_front(std::min<size_t>(node.column - 1, lines[node.line - 1].size()))
               : llvm::StringRef();
  }

  void layOut(YamlNode &node) {
    llvm::StringRef here = sourceFrom(node);
    // The mark of an anchored value is that of its anchor.
    llvm::StringRef text = here;
    if (text.consume_front("&"))
      text = text.drop_while([](char c) { return c != ' ' && c != '\t'; }).ltrim(" \t");
    unsigned column = node.column + static_cast<unsigned>(here.size() - text.size());
    if (node.isBare && text.starts_with(node.text)) {
      place(node, YamlNode::Layout::OneLine, node.line, column);
    } else if (!text.empty() && (text[0] == '"' || text[0] == '\'') && text.drop_front().starts_with(node.text)) {
      place(node, YamlNode::Layout::OneLine, node.line, column + 1);
    } else if (text.starts_with("|")) {
      llvm::SmallVector<llvm::StringRef> content;
      llvm::StringRef(node.text).split(content, '\n');
      for (size_t i = 0; i < content.size(); ++i) {
        if (content[i].empty() || node.line + i >= lines.size())
          continue;
        llvm::StringRef line = lines[node.line + i].rtrim('\r');
        if (line.ends_with(content[i]))
          place(node, YamlNode::Layout::Block, node.line + 1, 1 + line.size() - content[i].size());
        return;
      }
    }
  }

  static void place(YamlNode &node, YamlNode::Layout layout, unsigned line, unsigned column) {
    node.layout = layout;
    node.textLine = line;
    node.textColumn = column;
  }

  YamlFile &file;
  Diagnostics &problems;
  llvm::SmallVector<llvm::StringRef> lines;
  std::vector<Frame> open;
  std::vector<const YamlNode *> anchored;
  unsigned documents = 0;
};

llvm::Expected<std::unique_ptr<YamlFile>> YamlFile::parse(std::string path, std::string source, Diagnostics &problems) {
  auto file = std::make_unique<YamlFile>();
  file->filePath = std::move(path);
  YamlBuilder builder(*file, source, problems);
  auto fail = [&](unsigned line, unsigned column, std::string message) {
    return llvm::make_error<PlacedError>(Place{file->filePath, line, column}, std::move(message));
  };
  try {
    std::istringstream stream(hidePlaceholders(source));
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception &error) {
    llvm::StringRef kind = dynamic_cast<const Refusal *>(&error) ? "" : "not YAML: ";
    unsigned line = error.mark.line + 1, column = error.mark.column + 1;
    return fail(line, column, kind.str() + showPlaceholders(error.msg) + builder.hintFor(line));
  }
  if (!file->rootNode || file->rootNode->kind == YamlNode::Kind::Nothing)
    return fail(0, 0, "the file is empty; a case has at least 'summary', 'args' and 'golden'");
  return file;
}

} // namespace pto::harness
