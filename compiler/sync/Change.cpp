#include "compiler/sync/Change.h"
#include "compiler/dialect/Places.h"
#include "compiler/frontend/Tokens.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/AsmParser/AsmParserState.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/SourceMgr.h"
#include <set>

using namespace mlir;

namespace pto::sync {

// Where the operations of a text begin, by the place that MLIR gives them: that of their name.
static llvm::Expected<std::map<Place, size_t>> beginsOf(llvm::StringRef text, llvm::StringRef file,
                                                        MLIRContext *context) {
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBufferCopy(text, file), llvm::SMLoc());
  const char *start = sources.getMemoryBuffer(1)->getBufferStart();
  AsmParserState state;
  Block parsed;
  if (failed(parseAsmSourceFile(sources, &parsed, ParserConfig(context, /*verifyAfterParse=*/false), &state)))
    return llvm::createStringError("the text of " + file + " cannot be read again");
  std::map<Place, size_t> begins;
  for (const AsmParserState::OperationDefinition &definition : state.getOpDefs()) {
    const char *begin = definition.loc.Start.getPointer();
    Place place = placeAt(file, lineColumnAt(text, size_t(begin - start)));
    for (const auto &results : definition.resultGroups)
      begin = std::min(begin, results.definition.loc.Start.getPointer());
    begins[place] = size_t(begin - start);
  }
  return begins;
}

// What MLIR calls the end is at times that of the next token. It comes before the next operation of the block, before
// the next block, or before the brace that closes both.
static size_t endOf(llvm::StringRef text, size_t begin, const llvm::DenseSet<size_t> &begins) {
  frontend::Tokens tokens(text.substr(begin));
  size_t end = begin;
  unsigned depth = 0;
  for (frontend::Token token = tokens.next();
       !token.is(frontend::TokenKind::End) && !token.is(frontend::TokenKind::Unknown); token = tokens.next()) {
    auto at = size_t(token.text.data() - text.data());
    bool isNext = at != begin && (begins.contains(at) || token.is(frontend::TokenKind::Block));
    if (depth == 0 && (isNext || token.is("}")))
      break;
    depth += token.is("{");
    depth -= token.is("}");
    end = at + token.text.size();
  }
  return end;
}

llvm::Expected<Original> Original::of(ModuleOp module, llvm::StringRef text, llvm::StringRef file) {
  Original original;
  original.module = module;
  original.text = text;
  llvm::Expected<std::map<Place, size_t>> begins = beginsOf(text, file, module.getContext());
  if (!begins)
    return begins.takeError();
  auto offsets = llvm::make_second_range(*begins);
  llvm::DenseSet<size_t> allBegins(offsets.begin(), offsets.end());
  Operation *misplaced = nullptr;
  module.walk([&](Operation *op) {
    // A terminator that nobody wrote is said to be where its block's operation is.
    if (op->hasTrait<OpTrait::IsTerminator>() || op == module)
      return;
    Place place = placeOf(op->getLoc());
    auto begin = begins->find(place);
    std::map<unsigned, Statement> &line = original.byLine[place.line];
    if (begin == begins->end() || line.count(place.column))
      misplaced = misplaced ? misplaced : op;
    else
      line[place.column] = {op, begin->second, endOf(text, begin->second, allBegins)};
  });
  if (misplaced)
    return llvm::createStringError(
        llvm::formatv("{0} is said to be at {1}, where it does not stand; take the locations "
                      "out of the kernel",
                      misplaced->getName(), toString(placeOf(misplaced->getLoc())))
            .str());
  return original;
}

std::optional<Anchor> Original::anchorOf(const Place &place) const {
  auto line = byLine.find(place.line);
  if (line == byLine.end() || !line->second.count(place.column))
    return std::nullopt;
  return Anchor{place.line, unsigned(std::distance(line->second.begin(), line->second.find(place.column)))};
}

const Original::Statement *Original::find(Anchor anchor) const {
  auto line = byLine.find(anchor.line);
  if (line == byLine.end() || line->second.size() <= anchor.number)
    return nullptr;
  return &std::next(line->second.begin(), anchor.number)->second;
}

Operation *Original::at(Anchor anchor) const {
  const Statement *statement = find(anchor);
  return statement ? statement->op : nullptr;
}

bool Original::isBefore(Anchor first, Anchor second) const {
  Operation *one = at(first), *other = at(second);
  return one && other && one->getBlock() == other->getBlock() && (one == other || one->isBeforeInBlock(other));
}

llvm::Expected<OwningOpRef<ModuleOp>> Original::with(const Change &change) const {
  IRMapping mapping;
  OwningOpRef<ModuleOp> copy = cast<ModuleOp>(ModuleOp(module)->clone(mapping));
  std::map<Anchor, Operation *> last; // that was put after a statement
  for (const NewLine &line : change.added) {
    Operation *original = at(line.at);
    if (!original)
      return llvm::createStringError("line " + llvm::Twine(line.at.line) + " has no such statement at every point");
    Block block;
    if (failed(parseSourceString(line.text, &block, ParserConfig(original->getContext()))) || block.empty())
      return llvm::createStringError("`" + line.text + "` cannot be read");
    Operation *op = &block.front();
    op->remove();
    op->setLoc(original->getLoc());
    Operation *place = mapping.lookup(original);
    if (line.isAfter) {
      Operation *&before = last.try_emplace(line.at, place).first->second;
      before->getBlock()->getOperations().insertAfter(before->getIterator(), op);
      before = op;
    } else {
      place->getBlock()->getOperations().insert(place->getIterator(), op);
    }
  }
  for (Anchor anchor : change.removed) {
    Operation *original = at(anchor);
    if (!original)
      return llvm::createStringError("line " + llvm::Twine(anchor.line) + " has no such statement at every point");
    mapping.lookup(original)->erase();
  }
  return copy;
}

std::vector<LineEdit> Original::edits(const Change &change) const {
  llvm::StringRef lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
  std::vector<ByteEdit> edits;
  auto lineStart = [&](size_t offset) { return text.rfind('\n', offset) + 1; };
  auto restOfLine = [&](size_t offset) { return text.substr(offset).take_until([](char c) { return c == '\n'; }); };
  // A comment belongs to what it stands behind.
  auto isLast = [&](size_t offset) {
    llvm::StringRef rest = restOfLine(offset).trim();
    return rest.empty() || rest.starts_with("//");
  };
  auto isFirst = [&](size_t offset) { return text.slice(lineStart(offset), offset).trim().empty(); };
  auto nextLine = [&](size_t offset) { return std::min(offset + restOfLine(offset).size() + 1, text.size()); };
  std::vector<NewLine> added = change.added;
  llvm::stable_sort(added, [](const NewLine &a, const NewLine &b) { return a.isAfter > b.isAfter; });
  std::set<size_t> joined; // where lines were put after a statement
  // Empty lines above a statement come after what is put before it, if that goes on with lines after the one before.
  auto above = [&](size_t start) {
    size_t up = start;
    while (up > 0 && text.slice(lineStart(up - 1), up).trim().empty())
      up = lineStart(up - 1);
    return joined.count(up) ? up : start;
  };
  for (const NewLine &line : added) {
    const Statement &statement = *find(line.at);
    llvm::StringRef indent =
        text.substr(lineStart(statement.begin)).take_while([](char c) { return c == ' ' || c == '\t'; });
    size_t offset = line.isAfter ? statement.end : statement.begin;
    std::string whole = (indent + line.text + lineEnd).str();
    if (line.isAfter && isLast(offset))
      edits.push_back({*joined.insert(nextLine(offset)).first, 0, whole});
    else if (!line.isAfter && isFirst(offset))
      edits.push_back({above(lineStart(offset)), 0, whole});
    else if (line.isAfter)
      edits.push_back({offset, 0, (lineEnd + indent + line.text).str()});
    else
      edits.push_back({offset, 0, (line.text + lineEnd + indent).str()});
  }
  for (Anchor anchor : change.removed) {
    const Statement &statement = *find(anchor);
    bool isAlone = isFirst(statement.begin) && isLast(statement.end);
    size_t begin = isAlone ? lineStart(statement.begin) : statement.begin;
    edits.push_back({begin, (isAlone ? nextLine(statement.end) : statement.end) - begin, ""});
  }
  return lineEdits(text, std::move(edits));
}

} // namespace pto::sync
