// An operation applied to arguments: what kinds they have to be, and the type of the result.
// The rule of the operation is asked only when the kinds are right.
#include "compiler/dialect/program/OpRecord.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::prog {

namespace {

bool isList(ParameterKind kind) {
  return kind == ParameterKind::Indices || kind == ParameterKind::Shape || kind == ParameterKind::StaticShape ||
         kind == ParameterKind::Values;
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
  if (single == isList(parameter.kind))
    return "'" + parameter.name.str() + "' must be " + text + ", found " + foundText(argument);
  if (parameter.kind == ParameterKind::Values)
    return {};
  if (isList(parameter.kind)) {
    for (auto [i, value] : llvm::enumerate(argument.values)) {
      std::string element = "element " + std::to_string(i) + " of '" + parameter.name.str() + "' must be ";
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
              : parameter.kind == ParameterKind::Pointer ? mlir::isa<PtrType>(type)
              : parameter.kind == ParameterKind::Array   ? mlir::isa<ArrayType>(type)
              : parameter.kind == ParameterKind::Scalar  ? mlir::isa<ScalarType>(type)
              : parameter.kind == ParameterKind::Integer ? isIntegerScalar(type)
                                                         : true;
  return fits ? std::string() : "'" + parameter.name.str() + "' must be " + text + ", found " + foundText(argument);
}

} // namespace

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

llvm::StringRef Application::word(llvm::StringRef keyword) const {
  auto value = keywords.getAs<NameAttr>(keyword);
  return value ? value.getValue().rsplit('.').second : llvm::StringRef();
}

Result resultOf(const Application &application) {
  const OpRecord &record = application.record;
  llvm::ArrayRef<uint8_t> operands = record.operands();
  if (application.arguments.size() > operands.size())
    return Mismatch{-1, "takes " + std::to_string(operands.size()) + " operands, found " +
                            std::to_string(application.arguments.size())};
  for (unsigned i = 0; i < operands.size(); ++i) {
    const Parameter &parameter = record.parameters[operands[i]];
    if (!application.has(i)) {
      if (parameter.isRequired || parameter.defaultText != "none")
        return Mismatch{operands[i], "'" + parameter.name.str() + "' is missing"};
      continue;
    }
    std::string problem = problemWith(parameter, application.arguments[i]);
    if (!problem.empty())
      return Mismatch{operands[i], problem};
  }
  auto indexOf = [&](const Parameter &parameter) { return static_cast<int>(&parameter - record.parameters.begin()); };
  for (const Parameter &parameter : record.parameters)
    if (parameter.isKeyword && parameter.defaultText != "none" && !application.keywords.get(parameter.name))
      return Mismatch{indexOf(parameter), "'" + parameter.name.str() + "' is missing"};
  for (mlir::NamedAttribute keyword : application.keywords) {
    const Parameter *parameter = record.find(keyword.getName());
    if (!parameter || !parameter->isKeyword)
      return Mismatch{-1, "has no keyword '" + keyword.getName().str() + "'"};
    auto value = keywordValue(*parameter, keyword.getValue());
    if (auto *problem = std::get_if<std::string>(&value))
      return Mismatch{indexOf(*parameter), *problem};
  }
  Result result = record.rule(application);
  auto *type = std::get_if<mlir::Type>(&result);
  auto tile = type ? mlir::dyn_cast_if_present<TileType>(*type) : TileType();
  if (!tile || record.place == Place::None)
    return result;
  if (record.place == Place::Keyword)
    return mlir::Type(withMemory(tile, *application.memory("target_memory")));
  if (record.place == Place::Operand) {
    const auto *shared =
        llvm::find_if(operands, [&](uint8_t operand) { return record.parameters[operand].isShared(); });
    auto argument = static_cast<unsigned>(shared - operands.begin());
    return mlir::Type(withMemory(tile, mlir::cast<TileType>(application.type(argument)).getMemory()));
  }
  return mlir::Type(withMemory(tile, record.memory()));
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
    fits = name && isWord(name.getValue(), parameter.prefix);
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
  return "'" + parameter.name.str() + "' must be " + parameterKindText(parameter);
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
    return text.getAsInteger(10, integer) ? mlir::Attribute()
                                          : mlir::IntegerAttr::get(mlir::IntegerType::get(context, 64), integer);
  case ParameterKind::Text:
    return mlir::StringAttr::get(context, text);
  default:
    return NameAttr::get(context, text);
  }
}

} // namespace pto::prog
