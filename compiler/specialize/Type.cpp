// What is known of a value of a program before it runs.
// Two types are equal only where both are known.
#include "compiler/specialize/Type.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::specialize {

Dimension Dimension::constant(int64_t size) {
  Dimension dimension;
  dimension.kind = Kind::Constant;
  dimension.size = size;
  return dimension;
}

Dimension Dimension::symbol(std::string name) {
  Dimension dimension;
  dimension.kind = Kind::Symbol;
  dimension.text = std::move(name);
  return dimension;
}

Type Type::shaped(Kind kind, const Dtype *dtype, std::vector<Dimension> shape) {
  Type type;
  type.kind = kind;
  type.dtype = dtype;
  type.shape = std::move(shape);
  return type;
}

Type Type::scalar(const Dtype *dtype) {
  Type type;
  type.kind = dtype ? Kind::Scalar : Kind::Unknown;
  type.dtype = dtype;
  return type;
}

Type Type::tuple(std::vector<Type> elements) {
  Type type;
  type.kind = Kind::Tuple;
  type.elements = std::move(elements);
  return type;
}

bool Type::isComplete() const {
  switch (kind) {
  case Kind::Unknown:
    return false;
  case Kind::Tensor:
  case Kind::Tile:
    return dtype && llvm::all_of(shape, [](const Dimension &dimension) { return dimension.isKnown(); });
  case Kind::Scalar:
    return dtype != nullptr;
  case Kind::Tuple:
    return llvm::all_of(elements, [](const Type &element) { return element.isComplete(); });
  }
  return false;
}

bool operator==(const Dimension &left, const Dimension &right) {
  return left.kind == right.kind && left.size == right.size && left.text == right.text;
}

bool operator==(const Type &left, const Type &right) {
  return left.kind == right.kind && left.dtype == right.dtype && left.shape == right.shape &&
         left.elements == right.elements;
}

std::string print(const Dimension &dimension) {
  if (dimension.isConstant())
    return std::to_string(dimension.size);
  return dimension.isKnown() ? dimension.text : "?";
}

std::string print(const Type &type) {
  std::string dtype = type.dtype ? type.dtype->name.str() : "?";
  switch (type.kind) {
  case Type::Kind::Unknown:
    return "?";
  case Type::Kind::Scalar:
    return "Scalar[" + dtype + "]";
  case Type::Kind::Tensor:
  case Type::Kind::Tile: {
    std::string text = type.is(Type::Kind::Tensor) ? "Tensor[[" : "Tile[[";
    for (auto [i, dimension] : llvm::enumerate(type.shape))
      text += (i ? ", " : "") + print(dimension);
    return text + "], " + dtype + "]";
  }
  case Type::Kind::Tuple: {
    std::string text = "(";
    for (auto [i, element] : llvm::enumerate(type.elements))
      text += (i ? ", " : "") + print(element);
    return text + ")";
  }
  }
  return {};
}

const Dtype *defaultDtype(const Value &value) {
  switch (value.kind) {
  case Value::Kind::Bool:
    return findDtype("BOOL");
  case Value::Kind::Integer:
    return findDtype("INDEX");
  case Value::Kind::Float:
    return findDtype("FP32");
  default:
    return nullptr;
  }
}

std::optional<Value> convertScalar(const Value &value, const Dtype &dtype, std::string &reason) {
  std::string found = print(value) + " is " + describe(value.kind).str();
  if (dtype.isFloat() && (value.is(Value::Kind::Integer) || value.is(Value::Kind::Float)))
    return Value::ofFloat(value.asFloat());
  if (dtype.isInteger() && value.is(Value::Kind::Integer)) {
    if (dtype.holds(value.integer))
      return value;
    reason = print(value) + " does not fit in " + dtype.name.str();
    return std::nullopt;
  }
  if (dtype.kind == Dtype::Class::Bool && value.is(Value::Kind::Bool))
    return value;
  reason = found + ", and " + dtype.name.str() + " takes " +
           (dtype.isFloat()     ? "a number"
            : dtype.isInteger() ? "an integer"
                                : "True or False");
  return std::nullopt;
}

} // namespace pto::specialize
