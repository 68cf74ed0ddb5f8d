// What the rules for the types of results share.
// Every rule ends in shaped() or inheriting(), which make a tensor of a tensor and a tile of a tile.
#include "compiler/dialect/program/RuleParts.h"

namespace pto::prog::rules {

DType dtypeOf(Type type) {
  return *elementTypeOf(type);
}

DimVector dimsOf(Type type) {
  return DimVector(shapeOf(type).begin(), shapeOf(type).end());
}

Result mismatch(const Application &op, unsigned operand, std::string message) {
  return Mismatch{static_cast<int>(op.record.operands()[operand]), std::move(message)};
}

Type shaped(const Application &op, Type like, Dims shape, DType dtype) {
  if (mlir::isa<TensorType>(like))
    return TensorType::get(op.context, shape, dtype);
  return TileType::get(op.context, shape, dtype, MemorySpace::Unset, implicitView(shape, MemorySpace::Unset));
}

Type shaped(const Application &op, Type like, const DimVector &shape, DType dtype) {
  return shaped(op, like, Dims(op.context, shape), dtype);
}

Type inheriting(const Application &op, Type like, DType dtype, bool valid) {
  auto tile = mlir::dyn_cast<TileType>(like);
  if (!tile)
    return TensorType::get(op.context, shapeOf(like), dtype);
  TileView from = tile.getView(), view = implicitView(tile.getShape(), MemorySpace::Unset);
  if (valid)
    view.validShape = from.validShape;
  // A layout that the operand's memory implies is not handed on: the result's memory implies its own.
  if (from.block != tile.getImplicitView().block)
    view.block = from.block;
  view.pad = from.pad;
  return TileType::get(op.context, tile.getShape(), dtype, MemorySpace::Unset, view);
}

std::optional<DimVector> broadcast(const DimVector &left, const DimVector &right) {
  DimVector result(std::max(left.size(), right.size()));
  for (size_t i = 0; i < result.size(); ++i) {
    Dim a = i < left.size() ? left[left.size() - 1 - i] : Dim();
    Dim b = i < right.size() ? right[right.size() - 1 - i] : Dim();
    Dim &out = result[result.size() - 1 - i];
    if (!a || !b)
      out = a ? a : b;
    else if (constantOf(a) == 1)
      out = b;
    else if (constantOf(b) == 1 || a == b)
      out = a;
    else if (!mayBeEqual(a, b))
      return std::nullopt;
    else
      out = constantOf(a) ? a : b;
  }
  return result;
}

std::string shapes(Type left, Type right) {
  return programText(shapeOf(left)) + " and " + programText(shapeOf(right));
}

std::optional<size_t> axisOf(int64_t axis, size_t rank) {
  if (axis < 0)
    axis += static_cast<int64_t>(rank);
  return axis >= 0 && axis < static_cast<int64_t>(rank) ? std::optional(static_cast<size_t>(axis)) : std::nullopt;
}

} // namespace pto::prog::rules
