// The operations of the language: what they take and what they give.
// Rows are read once, on first use.
#include "compiler/dialect/program/Signatures.h"
#include "compiler/dialect/program/SignatureRows.h"
#include "compiler/dialect/program/TileView.h"
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

bool isList(ParameterKind kind) {
  return kind == ParameterKind::Indices || kind == ParameterKind::Shape || kind == ParameterKind::StaticShape;
}

bool isIntegerScalar(mlir::Type type) {
  auto scalar = mlir::dyn_cast<ScalarType>(type);
  return scalar && isInteger(scalar.getDtype());
}

std::string foundText(const Argument &argument) {
  return argument.kind == Argument::Kind::List ? "a list" : programText(argument.values.front().getType());
}

/// Empty if the argument is what the parameter takes.
std::string problemWith(const Parameter &parameter, const Argument &argument) {
  std::string text = parameterKindText(parameter);
  bool single = argument.kind == Argument::Kind::Single;
  if (single == isList(parameter.kind) && parameter.kind != ParameterKind::Any)
    return "'" + parameter.name + "' has to be " + text + ", found " + foundText(argument);
  if (isList(parameter.kind)) {
    for (auto [i, value] : llvm::enumerate(argument.values)) {
      std::string element = "element " + std::to_string(i) + " of '" + parameter.name + "' has to be ";
      if (!isIntegerScalar(value.getType()))
        return element + "an integer scalar, found " + programText(value.getType());
      std::optional<int64_t> constant = constantOf(dimOf(value));
      if (parameter.kind == ParameterKind::StaticShape && !constant)
        return element + "a constant: a tile is allocated before the program runs";
      if (parameter.kind == ParameterKind::StaticShape && *constant <= 0)
        return element + "positive, found " + std::to_string(*constant);
      if (parameter.kind == ParameterKind::Shape && constant && *constant < 0)
        return element + "0 or more, found " + std::to_string(*constant);
    }
    return {};
  }
  mlir::Type type = argument.values.front().getType();
  bool fits = parameter.kind == ParameterKind::Tensor    ? mlir::isa<TensorType>(type)
              : parameter.kind == ParameterKind::Tile    ? mlir::isa<TileType>(type)
              : parameter.kind == ParameterKind::Scalar  ? mlir::isa<ScalarType>(type)
              : parameter.kind == ParameterKind::Integer ? isIntegerScalar(type)
                                                         : true;
  return fits ? std::string() : "'" + parameter.name + "' has to be " + text + ", found " + foundText(argument);
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

bool Application::flag(llvm::StringRef keyword) const {
  auto value = keywords.getAs<mlir::BoolAttr>(keyword);
  return value && value.getValue();
}

std::optional<int64_t> Application::integer(llvm::StringRef keyword) const {
  auto value = keywords.getAs<mlir::IntegerAttr>(keyword);
  return value ? std::optional(value.getInt()) : std::nullopt;
}

std::optional<DType> Application::dtype(llvm::StringRef keyword) const {
  auto value = keywords.getAs<NameAttr>(keyword);
  return value ? dtypeNamed(value.getValue()) : std::nullopt;
}

std::optional<MemorySpace> Application::memory(llvm::StringRef keyword) const {
  auto value = keywords.getAs<NameAttr>(keyword);
  return value ? memoryNamed(value.getValue().substr(llvm::StringRef("Mem.").size())) : std::nullopt;
}

std::optional<std::string> Application::word(llvm::StringRef keyword) const {
  auto value = keywords.getAs<NameAttr>(keyword);
  return value ? std::optional(value.getValue().rsplit('.').second.str()) : std::nullopt;
}

mlir::ArrayAttr Application::dimsOfList(const Argument &argument) const {
  return dimsOf(argument.values, context);
}

Result resultOf(const Application &application) {
  const Signature &signature = application.signature;
  std::vector<unsigned> operands = signature.operands();
  if (application.arguments.size() > operands.size())
    return Mismatch{-1, "takes " + std::to_string(operands.size()) + " operands, found " +
                            std::to_string(application.arguments.size())};
  for (unsigned i = 0; i < operands.size(); ++i) {
    const Parameter &parameter = signature.parameters[operands[i]];
    if (!application.has(i)) {
      if (parameter.isRequired || parameter.defaultText != "none")
        return Mismatch{static_cast<int>(operands[i]), "'" + parameter.name + "' is missing"};
      continue;
    }
    std::string problem = problemWith(parameter, application.arguments[i]);
    if (!problem.empty())
      return Mismatch{static_cast<int>(operands[i]), problem};
  }
  for (const Parameter &parameter : signature.parameters)
    if (parameter.isKeyword && parameter.defaultText != "none" && !application.keywords.get(parameter.name))
      return Mismatch{static_cast<int>(&parameter - signature.parameters.data()),
                      "'" + parameter.name + "' is missing"};
  for (mlir::NamedAttribute keyword : application.keywords) {
    const Parameter *parameter = signature.find(keyword.getName());
    if (!parameter || !parameter->isKeyword)
      return Mismatch{-1, "has no keyword '" + keyword.getName().str() + "'"};
    auto value = keywordValue(*parameter, keyword.getValue());
    if (auto *problem = std::get_if<std::string>(&value))
      return Mismatch{static_cast<int>(parameter - signature.parameters.data()), *problem};
  }
  Result result = signature.rule(application);
  auto *type = std::get_if<mlir::Type>(&result);
  auto tile = type ? mlir::dyn_cast_if_present<TileType>(*type) : TileType();
  if (!tile)
    return result;
  switch (signature.memory) {
  case ResultMemory::Vec:
    return mlir::Type(withMemory(tile, MemorySpace::Vec));
  case ResultMemory::Acc:
    return mlir::Type(withMemory(tile, MemorySpace::Acc));
  case ResultMemory::Keyword:
    return mlir::Type(withMemory(tile, *application.memory("target_memory")));
  case ResultMemory::Input:
    return mlir::Type(withMemory(tile, mlir::cast<TileType>(application.type(0)).getMemory()));
  case ResultMemory::None:
    break;
  }
  return result;
}

std::variant<mlir::Attribute, std::string> keywordValue(const Parameter &parameter, mlir::Attribute given) {
  auto name = mlir::dyn_cast<NameAttr>(given);
  auto integer = mlir::dyn_cast<mlir::IntegerAttr>(given);
  bool isBool = mlir::isa<mlir::BoolAttr>(given);
  bool fits = false;
  switch (parameter.kind) {
  case ParameterKind::DTypeWord:
    fits = name && dtypeNamed(name.getValue());
    break;
  case ParameterKind::MemoryWord:
    fits = name && name.getValue().starts_with("Mem.") && memoryNamed(name.getValue().substr(4));
    break;
  case ParameterKind::Word:
    fits = name && name.getValue().starts_with(parameter.prefix) && name.getValue().size() > parameter.prefix.size();
    break;
  case ParameterKind::Bool:
    fits = isBool;
    break;
  case ParameterKind::Int:
    fits = integer && !isBool;
    break;
  case ParameterKind::Text:
    fits = mlir::isa<mlir::StringAttr>(given);
    break;
  default:
    break;
  }
  if (fits)
    return given;
  return "'" + parameter.name + "' has to be " + parameterKindText(parameter);
}

mlir::Attribute defaultValue(const Parameter &parameter, mlir::MLIRContext *context) {
  llvm::StringRef text = parameter.defaultText;
  if (parameter.isRequired || text == "none")
    return {};
  int64_t integer;
  switch (parameter.kind) {
  case ParameterKind::Bool:
    return mlir::BoolAttr::get(context, text == "True");
  case ParameterKind::Int:
    return text.getAsInteger(10, integer) ? mlir::Attribute() : constantDim(context, integer);
  case ParameterKind::Text:
    return mlir::StringAttr::get(context, text);
  default:
    return NameAttr::get(context, text);
  }
}

} // namespace pto::prog
