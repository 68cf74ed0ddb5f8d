// Writing and reading results.jsonl.
#include "reports/JsonLines.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

namespace pto::reports {

/// The parser recurses, and a file from elsewhere may be anything.
static constexpr unsigned deepestNesting = 64;

llvm::Expected<std::unique_ptr<JsonLinesWriter>> JsonLinesWriter::open(const std::string &path) {
  int descriptor = -1;
  if (std::error_code error = llvm::sys::fs::openFileForWrite(path, descriptor))
    return llvm::createStringError(error, "cannot write %s: %s", path.c_str(), error.message().c_str());
  return std::unique_ptr<JsonLinesWriter>(new JsonLinesWriter(path, descriptor));
}

JsonLinesWriter::JsonLinesWriter(std::string path, int descriptor)
    : path(std::move(path)), stream(descriptor, /*shouldClose=*/true) {}

JsonLinesWriter::~JsonLinesWriter() {
  // The stream would end the process for an error that nobody has looked at; every one of writing has been returned.
  stream.close();
  stream.clear_error();
}

llvm::Error JsonLinesWriter::writeLine(const llvm::json::Value &value) {
  stream << value << '\n';
  stream.flush();
  if (!stream.has_error())
    return llvm::Error::success();
  std::error_code error = stream.error();
  stream.clear_error();
  return llvm::createStringError(error, "cannot write %s: %s", path.c_str(), error.message().c_str());
}

/// How deep the brackets of a line are nested; those in strings do not count.
static unsigned nestingOf(llvm::StringRef line) {
  unsigned depth = 0, deepest = 0;
  bool isInString = false;
  for (size_t i = 0; i < line.size(); ++i) {
    char c = line[i];
    if (isInString && c == '\\')
      ++i;
    else if (c == '"')
      isInString = !isInString;
    else if (!isInString && (c == '{' || c == '['))
      deepest = std::max(deepest, ++depth);
    else if (!isInString && (c == '}' || c == ']') && depth > 0)
      --depth;
  }
  return deepest;
}

/// A record that a file has once.
template <class Record>
static llvm::Error parseOnce(const llvm::json::Value &value, llvm::StringLiteral key, std::optional<Record> &record) {
  if (record)
    return llvm::createStringError("a second '%s'", key.data());
  Record parsed;
  llvm::json::Path::Root root(key);
  if (!fromJSON(value, parsed, root))
    return root.getError();
  record = std::move(parsed);
  return llvm::Error::success();
}

static llvm::Error parseLine(llvm::StringRef line, JsonLines &lines) {
  if (nestingOf(line) > deepestNesting)
    return llvm::createStringError("brackets are nested deeper than 64 levels");
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(line);
  if (!value)
    return value.takeError();
  if (const llvm::json::Object *object = value->getAsObject()) {
    if (const llvm::json::Value *run = object->get("run"))
      return parseOnce(*run, "run", lines.run);
    if (const llvm::json::Value *end = object->get("end"))
      return parseOnce(*end, "end", lines.end);
  }
  llvm::Expected<Result> result = fromJson(*value);
  if (!result)
    return result.takeError();
  lines.results.push_back(std::move(*result));
  return llvm::Error::success();
}

JsonLines parseJsonLines(llvm::StringRef text) {
  JsonLines lines;
  for (size_t number = 1; !text.empty(); ++number) {
    auto [line, rest] = text.split('\n');
    text = rest;
    if (line.trim().empty())
      continue;
    if (llvm::Error error = parseLine(line, lines))
      lines.badLines.push_back({number, llvm::toString(std::move(error))});
  }
  return lines;
}

llvm::Expected<JsonLines> readJsonLines(const std::string &path) {
  // A device such as /dev/zero never ends.
  if (llvm::sys::fs::exists(path) && !llvm::sys::fs::is_regular_file(path))
    return llvm::createStringError("cannot read %s: it is not a regular file", path.c_str());
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!buffer)
    return llvm::createStringError(buffer.getError(), "cannot read %s: %s", path.c_str(),
                                   buffer.getError().message().c_str());
  return parseJsonLines((*buffer)->getBuffer());
}

} // namespace pto::reports
