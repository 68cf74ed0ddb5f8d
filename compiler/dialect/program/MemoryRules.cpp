// Results of operations that make, move, read and write tensors and tiles.
// A tile lies where its operation says.
#include "compiler/dialect/program/RuleParts.h"

namespace pto::prog::rules {

Result load(const Application &op) {
  Dims offsets = op.dims(1), shape = op.dims(2), valid = op.dims(3);
  if (shape.empty())
    return mismatch(op, 2, "a tile needs at least one dimension");
  if (offsets.size() != shape.size())
    return mismatch(op, 1,
                    std::to_string(offsets.size()) + " offsets for a shape of " + std::to_string(shape.size()) +
                        " dimensions");
  if (valid.size() != shape.size())
    return mismatch(op, 3,
                    "a valid shape of " + std::to_string(valid.size()) + " dimensions for a shape of " +
                        std::to_string(shape.size()));
  DimVector dims(shape.begin(), shape.end()), validDims(valid.begin(), valid.end());
  MemorySpace memory = *op.memory("target_memory");
  if (op.flag("transpose")) {
    if (memory != MemorySpace::Mat)
      return Mismatch{5, "only a load to Mat can transpose, this one goes to " + nameOf(memory).str()};
    if (dims.size() < 2)
      return mismatch(op, 2, "a transposing load needs at least 2 dimensions");
    std::swap(dims.back(), dims[dims.size() - 2]);
    std::swap(validDims.back(), validDims[validDims.size() - 2]);
  }
  Dims out(op.context, dims);
  TileView view = implicitView(out, memory);
  view.validShape = Dims(op.context, validDims);
  if (memory == MemorySpace::Mat && op.flag("transpose"))
    std::swap(view.block, view.inner);
  return Type(TileType::get(op.context, out, dtypeOf(op.type(0)), memory, view));
}

Result store(const Application &op) {
  return withoutMemref(op.type(2));
}

Result move(const Application &op) {
  auto tile = mlir::cast<TileType>(op.type(0));
  MemorySpace memory = *op.memory("target_memory");
  TileView from = tile.getView(), view = implicitView(tile.getShape(), memory);
  view.validShape = from.validShape;
  view.pad = from.pad;
  view.block = symbolizeOrder(op.word("blayout")).value_or(view.block);
  view.inner = symbolizeOrder(op.word("slayout")).value_or(view.inner);
  return Type(TileType::get(op.context, tile.getShape(), tile.getDtype(), memory, view));
}

Result create(const Application &op) {
  Dims shape = op.dims(0);
  if (op.record.parameters[0].kind == ParameterKind::StaticShape && shape.empty())
    return mismatch(op, 0, "a tile needs at least one dimension");
  if (op.record.place == Place::None) {
    TensorView view;
    view.layout = symbolizeTensorOrder(op.word("layout")).value_or(view.layout);
    return Type(TensorType::get(op.context, shape, *op.dtype("dtype"), view));
  }
  return Type(TileType::get(op.context, shape, *op.dtype("dtype"), MemorySpace::Unset,
                            implicitView(shape, MemorySpace::Unset)));
}

Result read(const Application &op) {
  size_t rank = shapeOf(op.type(0)).size(), indices = op.dims(1).size();
  if (rank != indices)
    return mismatch(op, 1, std::to_string(indices) + " indices for " + std::to_string(rank) + " dimensions");
  return Type(ScalarType::get(op.context, dtypeOf(op.type(0))));
}

Result write(const Application &op) {
  Result element = read(op);
  if (std::holds_alternative<Mismatch>(element))
    return element;
  return withoutMemref(op.type(0));
}

Result dim(const Application &op) {
  size_t rank = shapeOf(op.type(0)).size();
  std::optional<int64_t> axis = constantOf(dimOf(op.value(1)));
  if (!axis)
    return mismatch(op, 1, "the axis must be a constant");
  if (!axisOf(*axis, rank))
    return mismatch(
        op, 1, "axis " + std::to_string(*axis) + " is outside of a tensor of " + std::to_string(rank) + " dimensions");
  return Type(ScalarType::get(op.context, DType::Index));
}

Result fillpad(const Application &op) {
  auto tile = mlir::dyn_cast<TileType>(op.type(0));
  if (!tile)
    return Type(TensorType::get(op.context, shapeOf(op.type(0)), dtypeOf(op.type(0))));
  TileView view = tile.getView();
  view.validShape = tile.getShape();
  view.pad = *symbolizePad(op.word("pad_value"));
  return Type(TileType::get(op.context, tile.getShape(), tile.getDtype(), tile.getMemory(), view));
}

Result makeArray(const Application &op) {
  std::optional<int64_t> size = constantOf(dimOf(op.value(0)));
  if (!size || *size < 0)
    return mismatch(op, 0, "the size of an array is a constant");
  return Type(ArrayType::get(op.context, *size, *op.dtype("dtype")));
}

Result arrayElement(const Application &op) {
  return Type(ScalarType::get(op.context, mlir::cast<ArrayType>(op.type(0)).getDtype()));
}

Result array(const Application &op) {
  return op.type(0);
}

Result same(const Application &op) {
  return withoutMemref(op.type(0));
}

Result second(const Application &op) {
  return withoutMemref(op.type(1));
}

Result remoteLoad(const Application &op) {
  Dims shape = op.dims(3);
  TileView view = implicitView(shape, MemorySpace::Unset);
  if (op.has(4))
    view.validShape = op.dims(4);
  return Type(TileType::get(op.context, shape, dtypeOf(op.type(0)), MemorySpace::Unset, view));
}

Result window(const Application &op) {
  TensorView view;
  view.isDistributed = true;
  return Type(TensorType::get(op.context, op.dims(1), *op.dtype("dtype"), view));
}

Result task(const Application &op) {
  return Type(ScalarType::get(op.context, DType::Task));
}

} // namespace pto::prog::rules
