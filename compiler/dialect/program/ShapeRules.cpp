// Results of operations that take parts, or give another shape.
// Offsets and extents are given for every dimension.
#include "compiler/dialect/program/RuleParts.h"

namespace pto::prog::rules {

Result slice(const Application &op) {
  Dims shape = op.dims(1), offset = op.dims(2);
  // A slice of a tensor may leave dimensions out of its shape, never out of its offset.
  bool mayDrop = mlir::isa<TensorType>(op.type(0)) && offset.size() == shapeOf(op.type(0)).size();
  if (shape.size() != offset.size() && !mayDrop)
    return mismatch(op, 2,
                    std::to_string(offset.size()) + " offsets for a shape of " + std::to_string(shape.size()) +
                        " dimensions");
  if (op.has(3) && op.dims(3).size() != shape.size())
    return mismatch(op, 3,
                    "a valid shape of " + std::to_string(op.dims(3).size()) + " dimensions for a shape of " +
                        std::to_string(shape.size()));
  DType dtype = dtypeOf(op.type(0));
  if (mlir::isa<TileType>(op.type(0))) {
    TileView view = implicitView(shape, MemorySpace::Unset);
    view.validShape = op.has(3) ? op.dims(3) : shape;
    return Type(TileType::get(op.context, shape, dtype, MemorySpace::Unset, view));
  }
  TensorView view;
  if (op.has(3))
    view.validShape = op.dims(3);
  return Type(TensorType::get(op.context, shape, dtype, view));
}

Result reshape(const Application &op) {
  Dims from = shapeOf(op.type(0)), to = op.dims(1);
  std::optional<int64_t> before = productOf(from), after = productOf(to);
  if (before && after && *before != *after)
    return mismatch(op, 1,
                    programText(from) + " has " + std::to_string(*before) + " elements, " + programText(to) + " has " +
                        std::to_string(*after));
  return shaped(op, op.type(0), to, dtypeOf(op.type(0)));
}

Result transpose(const Application &op) {
  DimVector dims = dimsOf(op.type(0));
  size_t axes[2];
  for (unsigned i : {1u, 2u}) {
    std::optional<int64_t> axis = constantOf(dimOf(op.value(i)));
    std::optional<size_t> found = axis ? axisOf(*axis, dims.size()) : std::nullopt;
    if (!found)
      return mismatch(op, i, "an axis must be a constant within the " + std::to_string(dims.size()) + " dimensions");
    axes[i - 1] = *found;
  }
  if (axes[0] == axes[1])
    return mismatch(op, 2, "the two axes are the same");
  std::swap(dims[axes[0]], dims[axes[1]]);
  return shaped(op, op.type(0), dims, dtypeOf(op.type(0)));
}

Result assemble(const Application &op) {
  Type target = op.type(0);
  size_t rank = shapeOf(target).size();
  if (op.dims(2).size() != rank)
    return mismatch(op, 2, std::to_string(op.dims(2).size()) + " offsets for " + std::to_string(rank) + " dimensions");
  return inheriting(op, target, dtypeOf(target), false);
}

Result concat(const Application &op) {
  Type left = op.type(0), right = op.type(1);
  DimVector a = dimsOf(left), b = dimsOf(right);
  bool fits = a.size() == b.size() && !a.empty() && dtypeOf(left) == dtypeOf(right);
  for (size_t i = 0; fits && i + 1 < a.size(); ++i)
    fits = mayBeEqual(a[i], b[i]);
  if (!fits)
    return mismatch(op, 1,
                    "only the last dimension may differ, found " + programText(left) + " and " + programText(right));
  a.back() = expressionDim("add", a.back(), b.back());
  return shaped(op, left, a, dtypeOf(left));
}

Result setValidShape(const Application &op) {
  Type type = op.type(0);
  Dims valid(op.context, {dimOf(op.value(1)), dimOf(op.value(2))});
  if (shapeOf(type).size() != 2)
    return mismatch(op, 0, "a valid shape of rows and columns needs 2 dimensions, found " + programText(type));
  if (auto tile = mlir::dyn_cast<TileType>(type)) {
    TileView view = tile.getView();
    view.validShape = valid;
    return Type(TileType::get(op.context, tile.getShape(), tile.getDtype(), tile.getMemory(), view));
  }
  TensorView view;
  view.validShape = valid;
  return Type(TensorType::get(op.context, shapeOf(type), dtypeOf(type), view));
}

} // namespace pto::prog::rules
