// Generic functions before they are imported.
// Values as scalars of a type, and types as text.
#include "compiler/frontend/program/Generic.h"

namespace pto::frontend {

bool ArgumentType::isComplete() const {
  return dtype && (!shape || llvm::all_of(*shape, [](const Dimension &dimension) {
           return dimension.isConstant() || dimension.isSymbol();
         }));
}

std::optional<prog::DType> defaultDtype(const Value &value) {
  switch (value.kind) {
  case Value::Kind::Bool:
    return prog::DType::Bool;
  case Value::Kind::Integer:
  case Value::Kind::Symbol:
    return prog::DType::Index;
  case Value::Kind::Float:
    return prog::DType::F32;
  default:
    return std::nullopt;
  }
}

std::optional<Value> convertScalar(const Value &value, prog::DType dtype, std::string &reason) {
  std::string found = print(value) + " is " + describe(value.kind).str();
  if (prog::isFloat(dtype) && (value.is(Value::Kind::Integer) || value.is(Value::Kind::Float)))
    return Value::ofFloat(value.asFloat());
  if (prog::isInteger(dtype) && value.is(Value::Kind::Integer)) {
    if (prog::holds(dtype, value.integer))
      return value;
    reason = print(value) + " does not fit in " + prog::programName(dtype).str();
    return std::nullopt;
  }
  if (dtype == prog::DType::Bool && value.is(Value::Kind::Bool))
    return value;
  reason = found + ", and " + prog::programName(dtype).str() + " takes " +
           (prog::isFloat(dtype)     ? "a number"
            : prog::isInteger(dtype) ? "an integer"
                                     : "True or False");
  return std::nullopt;
}

std::string print(const ArgumentType &type) {
  std::string dtype = type.dtype ? "pl." + prog::programName(*type.dtype).str() : "?";
  if (!type.shape)
    return "pl.Scalar[" + dtype + "]";
  std::string dims;
  for (const Dimension &dimension : *type.shape)
    dims += (dims.empty() ? "" : ", ") + (dimension.isSymbol()     ? dimension.symbol
                                          : dimension.isConstant() ? std::to_string(dimension.size)
                                                                   : "?");
  return "pl.Tensor[[" + dims + "], " + dtype + "]";
}

} // namespace pto::frontend
