// The operations of the language: found by name, and told in words.
#include "compiler/dialect/program/OpRecord.h"
#include "compiler/dialect/program/OpTable.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include <algorithm>

namespace pto::prog {

namespace {

/// Other names. With a keyword, the name means this operation only in a call that has it.
struct Alias {
  llvm::StringLiteral name;
  const OpRecord &operation;
  llvm::StringLiteral keyword = "";
};

constexpr Alias aliases[] = {
    {"tensor.get_block_idx", "tile.get_block_idx"_op},
    {"tensor.get_subblock_idx", "tile.get_subblock_idx"_op},
    {"tensor.get_block_num", "tile.get_block_num"_op},
    {"tensor.arange", "tensor.ci"_op},
    {"tile.arange", "tile.ci"_op},
    {"tile.maximums", "tile.maxs"_op},
    {"tile.minimums", "tile.mins"_op},
    {"create_tensor", "tensor.create"_op},
    {"create_tile", "tile.create"_op},
    {"tensor.create_tensor", "tensor.create"_op},
    {"tile.create_tile", "tile.create"_op},
    {"dim", "tensor.dim"_op},
    {"full", "tensor.full"_op},
    {"load", "tile.load"_op},
    {"store", "tile.store"_op},
    {"tile.mrgsort", "tile.mrgsort_format1"_op, "block_len"},
    {"tile.mrgsort", "tile.mrgsort_format2"_op},
    {"tile.gather", "tile.gather_mask"_op, "mask_pattern"},
    {"tile.gather", "tile.gather_compare"_op, "kvalue"},
    {"tile.scatter", "tile.scatter_mask"_op, "mask_pattern"},
};

struct Entry {
  std::string_view name;
  const OpRecord *record = nullptr;
};

/// Rows and aliases by name.
constexpr auto byName = [] {
  constexpr size_t plain =
      std::count_if(std::begin(aliases), std::end(aliases), [](const Alias &alias) { return alias.keyword.empty(); });
  std::array<Entry, std::size(rows::table) + plain> entries;
  size_t count = 0;
  for (const OpRecord &record : rows::table)
    entries[count++] = {record.name, &record};
  for (const Alias &alias : aliases)
    if (alias.keyword.empty())
      entries[count++] = {alias.name, &alias.operation};
  std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) { return a.name < b.name; });
  for (size_t i = 1; i < count; ++i)
    if (entries[i - 1].name == entries[i].name)
      refuseRow("two operations have one name");
  return entries;
}();

const char *namespaceOf(mlir::Type type) {
  return mlir::isa<TensorType>(type) ? "tensor." : mlir::isa<TileType>(type) ? "tile." : nullptr;
}

struct Words {
  llvm::StringLiteral prefix;
  bool (*has)(llvm::StringRef word);
  std::string (*text)();
};

template <typename Enum>
constexpr Words wordsBehind(llvm::StringLiteral prefix) {
  return {prefix, [](llvm::StringRef word) { return symbolizeEnum<Enum>(word).has_value(); }, wordsOf<Enum>};
}

constexpr Words words[] = {wordsBehind<Pad>("PadValue."), wordsBehind<Order>("TileLayout."),
                           wordsBehind<TensorOrder>("TensorLayout.")};

const Words *wordsOf(llvm::StringRef prefix) {
  const auto *found = llvm::find_if(words, [&](const Words &each) { return each.prefix == prefix; });
  return found == std::end(words) ? nullptr : found;
}

constexpr llvm::StringLiteral reservedWords[] = {"and", "or", "not"};

} // namespace

void refuseRow(const char *problem) {
  llvm::report_fatal_error(problem);
}

std::string parameterKindText(const Parameter &parameter) {
  const auto *kind = llvm::find_if(rows::kindNames, [&](const auto &each) { return each.kind == parameter.kind; });
  if (parameter.kind != ParameterKind::Word)
    return std::string(kind->text);
  const Words *known = wordsOf(parameter.prefix);
  return std::string(kind->text) + parameter.prefix.str() + "…" + (known ? " (" + known->text() + ")" : "");
}

bool isWord(llvm::StringRef word, llvm::StringRef prefix) {
  if (!word.consume_front(prefix) || word.empty())
    return false;
  const Words *known = wordsOf(prefix);
  return !known || known->has(word);
}

const Parameter *OpRecord::find(llvm::StringRef parameter) const {
  const auto *it = llvm::find_if(parameters, [&](const Parameter &each) {
    return each.name == parameter || (!parameter.empty() && each.otherName == parameter);
  });
  return it == parameters.end() ? nullptr : it;
}

std::vector<llvm::StringRef> OpRecord::parameterNames() const {
  std::vector<llvm::StringRef> names;
  for (const Parameter &parameter : parameters)
    names.push_back(parameter.name);
  return names;
}

std::string OpRecord::text() const {
  std::string list;
  for (const Parameter &parameter : parameters) {
    list += (list.empty() ? "" : ", ") + parameter.name.str();
    if (!parameter.isRequired)
      list += "=" + (parameter.defaultText == "none" ? "None" : parameter.defaultText.str());
  }
  return programName() + "(" + list + ")";
}

std::string OpRecord::programName() const {
  return name.str() + (llvm::is_contained(reservedWords, shortName()) ? "_" : "");
}

const OpRecord *recordOf(llvm::StringRef name) {
  const auto *it = llvm::lower_bound(
      byName, name, [](const Entry &entry, llvm::StringRef wanted) { return llvm::StringRef(entry.name) < wanted; });
  return it != byName.end() && llvm::StringRef(it->name) == name ? it->record : nullptr;
}

llvm::ArrayRef<OpRecord> allRecords() {
  return rows::table;
}

const OpRecord *tileForm(const OpRecord &record) {
  return recordOf(("tile." + record.shortName()).str());
}

std::vector<llvm::StringRef> operationNames() {
  std::vector<llvm::StringRef> names;
  for (const Entry &entry : byName) {
    names.push_back(entry.name);
    auto [space, shortName] = names.back().split('.');
    if (!shortName.empty())
      names.push_back(shortName);
  }
  llvm::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

const Parameter &parameterOf(BuiltinOp op, unsigned operand) {
  const OpRecord &record = op.record();
  unsigned next = 0;
  for (auto [i, size] : llvm::enumerate(op.getSegments())) {
    next += size == -2 ? 0 : size == -1 ? 1 : static_cast<unsigned>(size);
    if (operand < next)
      return record.parameters[record.operands()[i]];
  }
  llvm_unreachable("the verifier counts operands");
}

bool mayBeFlattened(const OpRecord &record) {
  return record == "tile.load"_op || record == "tile.create"_op;
}

const OpRecord *resolveOperation(llvm::StringRef name, mlir::Type first, mlir::Type second,
                                 llvm::ArrayRef<llvm::StringRef> keywords, std::string &problem) {
  for (const Alias &alias : aliases)
    if (!alias.keyword.empty() && llvm::is_contained(keywords, alias.keyword) &&
        (name == alias.name || ("tile." + name).str() == alias.name))
      return &alias.operation;
  std::string plain = name.str();
  for (llvm::StringRef word : reservedWords)
    if (name == (word + "_").str() || name.ends_with(("." + word + "_").str()))
      plain = name.drop_back().str();
  auto withScalar = [&](const OpRecord *found) {
    // `add` with a number on the right is `adds`.
    if (!found || !second || !mlir::isa<ScalarType>(second) || found->parameters.size() < 2)
      return found;
    ParameterKind kind = found->parameters[1].kind;
    const OpRecord *variant = recordOf((found->name + "s").str());
    return variant && (kind == ParameterKind::Tile || kind == ParameterKind::Tensor) ? variant : found;
  };
  if (const OpRecord *found = recordOf(plain))
    return withScalar(found);
  // pl.distributed.put is one of the three spaces'.
  if (llvm::StringRef rest = plain; rest.consume_front("distributed.") && !rest.contains('.')) {
    bool isTile = first && mlir::isa<TileType>(first);
    for (const char *each : {isTile ? "tile." : "tensor.", "tile.", "system."})
      if (const OpRecord *found = recordOf(("distributed." + llvm::StringRef(each) + rest).str()))
        return found;
  }
  if (llvm::StringRef(plain).contains('.'))
    return nullptr;
  const char *space = first ? namespaceOf(first) : nullptr;
  if (space)
    if (const OpRecord *found = recordOf(space + plain))
      return withScalar(found);
  const OpRecord *only = nullptr;
  for (const char *each : {"tile.", "tensor.", "system.", "array."})
    if (const OpRecord *found = recordOf(each + plain))
      only = only ? only : found;
  if (only && first && !space && recordOf("tile." + plain) && recordOf("tensor." + plain))
    problem = "pl." + name.str() + " takes a tensor or a tile first, found " + programText(first);
  return withScalar(only);
}

} // namespace pto::prog
