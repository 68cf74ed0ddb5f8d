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
  Dims valid = op.has(3) ? op.dims(3) : shape;
  if (op.has(4)) {
    DimVector kept(shape.begin(), shape.end()), keptValid(valid.begin(), valid.end());
    llvm::SmallVector<int64_t, 4> dropped;
    for (Dim each : op.dims(4)) {
      std::optional<size_t> axis = each.constant() ? axisOf(*each.constant(), shape.size()) : std::nullopt;
      if (!axis || constantOf(shape[*axis]) != 1)
        return mismatch(op, 4, "only a dimension of 1 can be dropped of " + programText(shape));
      dropped.push_back(static_cast<int64_t>(*axis));
    }
    llvm::sort(dropped, std::greater<>());
    for (int64_t axis : dropped) {
      kept.erase(kept.begin() + axis);
      keptValid.erase(keptValid.begin() + axis);
    }
    shape = Dims(op.context, kept);
    valid = Dims(op.context, keptValid);
  }
  if (mlir::isa<TileType>(op.type(0))) {
    TileView view = implicitView(shape, MemorySpace::Unset);
    view.validShape = valid;
    return Type(TileType::get(op.context, shape, dtype, MemorySpace::Unset, view));
  }
  TensorView view;
  if (op.has(3))
    view.validShape = valid;
  return Type(TensorType::get(op.context, shape, dtype, view));
}

Result shard(const Application &op) {
  DimVector dims = dimsOf(op.type(0));
  int64_t split = *op.integer("split");
  if (split < 0 || split > 2 || dims.size() < 2)
    return mismatch(op, 0, "what is split has 2 dimensions, and is not (0), by rows (1) or by columns (2)");
  bool gathers = op.record.shortName() == "aic_gather";
  if (split) {
    Dim &axis = dims[dims.size() - (split == 1 ? 2 : 1)];
    if (!gathers && axis.constant().value_or(0) % 2)
      return mismatch(op, 0, "an odd size cannot be halved: " + programText(shapeOf(op.type(0))));
    axis = expressionDim(gathers ? "mul" : "floordiv", axis, constantDim(op.context, 2));
  }
  return shaped(op, op.type(0), dims, dtypeOf(op.type(0)));
}

Result extract(const Application &op) {
  Dims whole = shapeOf(op.type(0)), shape = op.dims(3);
  if (whole.size() != 2 || shape.size() != 2)
    return mismatch(op, whole.size() != 2 ? 0 : 3,
                    "a part is taken of 2 dimensions, found " + programText(whole) + " and " + programText(shape));
  for (unsigned axis : {0u, 1u}) {
    std::optional<int64_t> size = whole[axis].constant(), from = constantOf(dimOf(op.value(1 + axis)));
    if (size && from && (*from < 0 || *from + shape[axis].constant().value_or(0) > *size))
      return mismatch(op, 1 + axis,
                      "a part of " + programText(shape) + " from " + std::to_string(*from) + " on is not inside " +
                          programText(whole));
  }
  return shaped(op, op.type(0), shape, dtypeOf(op.type(0)));
}

Result ofShape(const Application &op) {
  const Parameter *named = op.record.find("shape");
  size_t position =
      llvm::find(op.record.operands(), named - op.record.parameters.begin()) - op.record.operands().begin();
  Dims shape = op.dims(static_cast<unsigned>(position));
  if (op.record.place == Place::None)
    return Type(TensorType::get(op.context, shape, *op.dtype("dtype")));
  TileView view = implicitView(shape, MemorySpace::Unset);
  if (op.record.find("valid_shape") && op.has(static_cast<unsigned>(position) + 1))
    view.validShape = op.dims(static_cast<unsigned>(position) + 1);
  return Type(TileType::get(op.context, shape, *op.dtype("dtype"), MemorySpace::Unset, view));
}

Result expandTo(const Application &op) {
  return shaped(op, op.type(0), op.dims(1), dtypeOf(op.type(0)));
}

Result reinterpret(const Application &op) {
  DType from = dtypeOf(op.type(0)), to = *op.dtype("dtype");
  DimVector dims = dimsOf(op.type(0));
  if (op.has(1)) {
    Dims shape = op.dims(1);
    dims.assign(shape.begin(), shape.end());
  } else if (!dims.empty() && bitsOf(from) > bitsOf(to)) {
    dims.back() = expressionDim("mul", dims.back(), constantDim(op.context, bitsOf(from) / bitsOf(to)));
  } else if (!dims.empty() && bitsOf(from) < bitsOf(to)) {
    dims.back() = expressionDim("floordiv", dims.back(), constantDim(op.context, bitsOf(to) / bitsOf(from)));
  }
  std::optional<int64_t> before = productOf(shapeOf(op.type(0))), after = productOf(Dims(op.context, dims));
  if (before && after && *before * bitsOf(from) != *after * bitsOf(to))
    return mismatch(op, 0,
                    programText(op.type(0)) + " has not as many bytes as " + programText(Dims(op.context, dims)) +
                        " of " + programName(to).str());
  return shaped(op, op.type(0), dims, to);
}

Result view(const Application &op) {
  auto tensor = mlir::cast<TensorType>(op.type(0));
  TensorView seen;
  seen.layout = symbolizeTensorOrder(op.word("layout")).value_or(tensor.getView().layout);
  if (op.has(2))
    seen.validShape = op.dims(2);
  Dims shape = op.has(1) ? op.dims(1) : tensor.getShape();
  std::optional<int64_t> before = productOf(tensor.getShape()), after = productOf(shape);
  if (before && after && *before != *after)
    return mismatch(op, 1, programText(tensor.getShape()) + " and " + programText(shape) + " differ in size");
  return Type(TensorType::get(op.context, shape, tensor.getDtype(), seen));
}

Result transposeView(const Application &op) {
  auto tile = mlir::cast<TileType>(op.type(0));
  DimVector dims = dimsOf(tile), valid(tile.getView().validShape.begin(), tile.getView().validShape.end());
  if (dims.size() < 2)
    return mismatch(op, 0, "transposing needs 2 dimensions, found " + programText(tile.getShape()));
  std::swap(dims.back(), dims[dims.size() - 2]);
  std::swap(valid.back(), valid[valid.size() - 2]);
  TileView view = tile.getView();
  view.validShape = Dims(op.context, valid);
  std::swap(view.block, view.inner);
  if (view.block == Order::NoneBox)
    std::swap(view.block, view.inner), view.block = view.block == Order::RowMajor ? Order::ColMajor : Order::RowMajor;
  return Type(TileType::get(op.context, Dims(op.context, dims), tile.getDtype(), tile.getMemory(), view));
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
