// The operations of the language: what they take and what they give.
// Rows are read once, on first use.
#include "compiler/dialect/program/Signatures.h"
#include "compiler/dialect/program/SignatureRows.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

namespace pto::prog {

namespace {

struct KindName {
  llvm::StringLiteral name;
  ParameterKind kind;
  /// For messages.
  llvm::StringLiteral text;
};

constexpr KindName kindNames[] = {
    {"tensor", ParameterKind::Tensor, "a tensor"},
    {"tile", ParameterKind::Tile, "a tile"},
    {"scalar", ParameterKind::Scalar, "a scalar"},
    {"integer", ParameterKind::Integer, "an integer scalar"},
    {"indices", ParameterKind::Indices, "a list of integer scalars"},
    {"shape", ParameterKind::Shape, "a list of dimensions"},
    {"static_shape", ParameterKind::StaticShape, "a list of constant dimensions"},
    {"any", ParameterKind::Any, "a value"},
    {"dtype", ParameterKind::DTypeWord, "an element type"},
    {"memory", ParameterKind::MemoryWord, "a memory"},
    {"bool", ParameterKind::Bool, "True or False"},
    {"int", ParameterKind::Int, "an integer"},
    {"text", ParameterKind::Text, "a string"},
    {"word", ParameterKind::Word, "a word"},
};

Parameter readParameter(llvm::StringRef text) {
  Parameter parameter;
  parameter.isKeyword = text.consume_front("@");
  auto [declaration, defaultText] = text.split('=');
  parameter.isRequired = declaration.size() == text.size();
  parameter.defaultText = defaultText.trim().str();
  auto [name, kind] = declaration.split(':');
  parameter.name = name.trim().str();
  auto [kindName, prefix] = kind.trim().split('(');
  if (!prefix.empty())
    parameter.prefix = prefix.drop_back().str() + ".";
  for (const KindName &each : kindNames)
    if (each.name == kindName)
      parameter.kind = each.kind;
  return parameter;
}

Signature readRow(const SignatureRow &row) {
  Signature signature;
  signature.name = row.name;
  signature.rule = row.rule;
  signature.memory = row.memory;
  llvm::SmallVector<llvm::StringRef, 8> parts;
  llvm::StringRef(row.parameters).split(parts, ',', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef part : parts)
    signature.parameters.push_back(readParameter(part.trim()));
  return signature;
}

struct Table {
  std::vector<Signature> signatures;
  llvm::StringMap<const Signature *> byName;

  Table() {
    for (const SignatureRow &row : signatureRows())
      signatures.push_back(readRow(row));
    for (const Signature &signature : signatures)
      byName[signature.name] = &signature;
    for (const OperationAlias &alias : operationAliases())
      if (alias.keyword.empty())
        byName[alias.name] = byName.lookup(alias.operation);
  }
};

const Table &table() {
  static const Table instance;
  return instance;
}

const char *namespaceOf(mlir::Type type) {
  return mlir::isa<TensorType>(type) ? "tensor." : mlir::isa<TileType>(type) ? "tile." : nullptr;
}

constexpr llvm::StringLiteral reservedWords[] = {"and", "or", "not"};

} // namespace

std::string parameterKindText(const Parameter &parameter) {
  for (const KindName &each : kindNames)
    if (each.kind == parameter.kind)
      return parameter.kind == ParameterKind::Word ? "one of pl." + parameter.prefix + "…" : each.text.str();
  return "a value";
}

const Parameter *Signature::find(llvm::StringRef parameter) const {
  auto it = llvm::find_if(parameters, [&](const Parameter &each) { return each.name == parameter; });
  return it == parameters.end() ? nullptr : &*it;
}

std::vector<llvm::StringRef> Signature::parameterNames() const {
  std::vector<llvm::StringRef> names;
  for (const Parameter &parameter : parameters)
    names.push_back(parameter.name);
  return names;
}

std::vector<unsigned> Signature::operands() const {
  std::vector<unsigned> indices;
  for (unsigned i = 0; i < parameters.size(); ++i)
    if (!parameters[i].isKeyword)
      indices.push_back(i);
  return indices;
}

std::string Signature::text() const {
  std::string list;
  for (const Parameter &parameter : parameters) {
    list += (list.empty() ? "" : ", ") + parameter.name;
    if (!parameter.isRequired)
      list += "=" + (parameter.defaultText == "none" ? std::string("None") : parameter.defaultText);
  }
  return programName(name) + "(" + list + ")";
}

const Signature *signatureOf(llvm::StringRef name) {
  return table().byName.lookup(name);
}

const std::vector<Signature> &allSignatures() {
  return table().signatures;
}

std::vector<llvm::StringRef> operationNames() {
  std::vector<llvm::StringRef> names;
  for (const auto &entry : table().byName) {
    names.push_back(entry.getKey());
    auto [space, shortName] = entry.getKey().split('.');
    if (!shortName.empty())
      names.push_back(shortName);
  }
  llvm::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string programName(llvm::StringRef operation) {
  auto [space, name] = operation.split('.');
  return operation.str() + (llvm::is_contained(reservedWords, name) ? "_" : "");
}

const Signature *resolveOperation(llvm::StringRef name, mlir::Type first, mlir::Type second,
                                  llvm::ArrayRef<llvm::StringRef> keywords, std::string &problem) {
  for (const OperationAlias &alias : operationAliases())
    if (!alias.keyword.empty() && llvm::is_contained(keywords, alias.keyword) &&
        (name == alias.name || ("tile." + name).str() == alias.name))
      return signatureOf(alias.operation);
  std::string plain = name.str();
  for (llvm::StringRef word : reservedWords)
    if (name == (word + "_").str() || name.ends_with(("." + word + "_").str()))
      plain = name.drop_back().str();
  auto withScalar = [&](const Signature *found) {
    // `add` with a number on the right is `adds`.
    if (!found || !second || !mlir::isa<ScalarType>(second) || found->parameters.size() < 2)
      return found;
    ParameterKind kind = found->parameters[1].kind;
    const Signature *variant = signatureOf(found->name + "s");
    return variant && (kind == ParameterKind::Tile || kind == ParameterKind::Tensor) ? variant : found;
  };
  if (const Signature *found = signatureOf(plain))
    return withScalar(found);
  if (llvm::StringRef(plain).contains('.'))
    return nullptr;
  const char *space = first ? namespaceOf(first) : nullptr;
  if (space)
    if (const Signature *found = signatureOf(space + plain))
      return withScalar(found);
  const Signature *only = nullptr;
  for (const char *each : {"tile.", "tensor.", "system."})
    if (const Signature *found = signatureOf(each + plain))
      only = only ? only : found;
  if (only && first && !space && signatureOf("tile." + plain) && signatureOf("tensor." + plain))
    problem = "pl." + name.str() + " takes a tensor or a tile first, found " + programText(first);
  return withScalar(only);
}

} // namespace pto::prog
