// Results of operations that work element by element.
// Shapes are broadcast; a tile of the same shape inherits how its operand lies.
#include "compiler/dialect/program/RuleParts.h"

namespace pto::prog::rules {

Result nothing(const Application &) {
  return Type();
}

Result annotated(const Application &) {
  return UnknownResult();
}

Result received(const Application &op) {
  std::optional<DType> dtype = op.dtype("dtype");
  if (!op.has(0) && !dtype)
    return UnknownResult();
  if (!op.has(0) || !dtype)
    return mismatch(op, 0, "'shape' and 'dtype' are given together, or left to an annotation");
  TileView view = implicitView(op.dims(0), MemorySpace::Unset);
  if (op.has(1))
    view.validShape = op.dims(1);
  return Type(TileType::get(op.context, op.dims(0), *dtype, MemorySpace::Unset, view));
}

Result index(const Application &op) {
  return Type(ScalarType::get(op.context, DType::Index));
}

Result allocation(const Application &op) {
  return Type(PtrType::get(op.context));
}

Result buffer(const Application &op) {
  return Type(ScalarType::get(op.context, DType::I32));
}

Result elementwise(const Application &op) {
  Type left = op.type(0), right = op.type(1);
  std::optional<DimVector> dims = broadcast(dimsOf(left), dimsOf(right));
  if (!dims)
    return mismatch(op, 1, "shapes " + shapes(left, right) + " do not fit together");
  DType dtype = promote(dtypeOf(left), dtypeOf(right));
  if (*dims == dimsOf(left))
    return inheriting(op, left, dtype, true);
  return shaped(op, left, *dims, dtype);
}

Result elementwiseScalar(const Application &op) {
  DType scalar = dtypeOf(op.type(1)), own = dtypeOf(op.type(0));
  // A tile keeps its elements' type; a tensor takes the one that both fit into. INDEX has no width of its own.
  bool keeps = mlir::isa<TileType>(op.type(0)) || scalar == DType::Index;
  DType dtype = keeps ? own : promote(own, scalar);
  return inheriting(op, op.type(0), dtype, true);
}

Result shift(const Application &op) {
  Result result = elementwise(op);
  return std::holds_alternative<Mismatch>(result) ? result : inheriting(op, op.type(0), dtypeOf(op.type(0)), true);
}

Result ternary(const Application &op) {
  Result first = elementwise(op);
  if (auto *type = std::get_if<Type>(&first))
    if (!compatible(withoutMemref(*type), op.type(2)) && !broadcast(dimsOf(*type), dimsOf(op.type(2))))
      return mismatch(op, 2, "shapes " + shapes(*type, op.type(2)) + " do not fit together");
  return first;
}

Result firstLike(const Application &op) {
  return inheriting(op, op.type(0), dtypeOf(op.type(0)), false);
}

Result secondLike(const Application &op) {
  return inheriting(op, op.type(1), dtypeOf(op.type(1)), true);
}

Result sameShape(const Application &op) {
  return inheriting(op, op.type(0), dtypeOf(op.type(0)), false);
}

Result castTo(const Application &op) {
  return inheriting(op, op.type(0), *op.dtype("target_type"), false);
}

Result compare(const Application &op) {
  Type right = op.type(1);
  return mlir::isa<ScalarType>(right) ? elementwiseScalar(op) : elementwise(op);
}

} // namespace pto::prog::rules
