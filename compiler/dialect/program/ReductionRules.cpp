// Results of reductions, and of operations that expand what a reduction gives.
// A reduction of a tile's rows gives a column, which lies in column order.
#include "compiler/dialect/program/RuleParts.h"

namespace pto::prog::rules {

namespace {

Result reduceLastTo(const Application &op, DType dtype) {
  DimVector dims = dimsOf(op.type(0));
  if (dims.size() < 2 && mlir::isa<TileType>(op.type(0)))
    return mismatch(op, 0,
                    "a reduction of rows needs at least 2 dimensions, found " + programText(shapeOf(op.type(0))));
  if (dims.empty())
    return mismatch(op, 0, "there is nothing to reduce in a tensor without dimensions");
  dims.back() = constantDim(op.context, 1);
  Type result = shaped(op, op.type(0), dims, dtype);
  auto tile = mlir::dyn_cast<TileType>(result);
  if (!tile)
    return result;
  TileView view = tile.getView();
  view.block = Order::ColMajor;
  return Type(TileType::get(op.context, tile.getShape(), tile.getDtype(), MemorySpace::Unset, view));
}

Result reduceFirstTo(const Application &op, DType dtype) {
  DimVector dims = dimsOf(op.type(0));
  if (dims.size() < 2)
    return mismatch(op, 0,
                    "a reduction of columns needs at least 2 dimensions, found " + programText(shapeOf(op.type(0))));
  dims[dims.size() - 2] = constantDim(op.context, 1);
  return shaped(op, op.type(0), dims, dtype);
}

} // namespace

Result reduceLast(const Application &op) {
  return reduceLastTo(op, dtypeOf(op.type(0)));
}

Result reduceLastToIndex(const Application &op) {
  return reduceLastTo(op, DType::I32);
}

Result reduceFirst(const Application &op) {
  return reduceFirstTo(op, dtypeOf(op.type(0)));
}

Result reduceFirstToIndex(const Application &op) {
  return reduceFirstTo(op, DType::I32);
}

Result reduceAxis(const Application &op) {
  DimVector dims = dimsOf(op.type(0));
  std::optional<size_t> axis = axisOf(*op.integer("axis"), dims.size());
  if (!axis)
    return Mismatch{1, "axis " + std::to_string(*op.integer("axis")) + " is outside of a shape of " +
                           std::to_string(dims.size()) + " dimensions"};
  if (op.flag("keepdim"))
    dims[*axis] = constantDim(op.context, 1);
  else
    dims.erase(dims.begin() + static_cast<ptrdiff_t>(*axis));
  if (dims.empty())
    return Type(ScalarType::get(op.context, dtypeOf(op.type(0))));
  return shaped(op, op.type(0), dims, dtypeOf(op.type(0)));
}

Result expandRows(const Application &op) {
  Type target = op.type(0), rows = op.type(1);
  DimVector a = dimsOf(target), b = dimsOf(rows);
  if (a.size() < 2 || b.size() < 2)
    return mismatch(op, a.size() < 2 ? 0 : 1,
                    "expanding rows needs at least 2 dimensions, found " + shapes(target, rows));
  if (std::optional<int64_t> last = constantOf(b.back()); last && *last != 1)
    return mismatch(op, 1, "the last dimension of a column of row values is 1, found " + programText(shapeOf(rows)));
  if (!mayBeEqual(a[a.size() - 2], b[b.size() - 2]))
    return mismatch(op, 1, "the rows of " + shapes(target, rows) + " differ");
  return inheriting(op, target, promote(dtypeOf(target), dtypeOf(rows)), false);
}

Result expandColumns(const Application &op) {
  Type target = op.type(0), columns = op.type(1);
  DimVector a = dimsOf(target), b = dimsOf(columns);
  if (!a.empty() && !b.empty() && !mayBeEqual(a.back(), b.back()))
    return mismatch(op, 1, "the columns of " + shapes(target, columns) + " differ");
  return inheriting(op, target, promote(dtypeOf(target), dtypeOf(columns)), false);
}

Result expandScalar(const Application &op) {
  return inheriting(op, op.type(0), promote(dtypeOf(op.type(0)), dtypeOf(op.type(1))), false);
}

} // namespace pto::prog::rules
