// Rules for the types of results.
// Every rule ends in shaped(), which makes a tensor of a tensor and a tile of a tile.
#include "compiler/dialect/program/ResultTypes.h"
#include "compiler/dialect/program/TileView.h"

namespace pto::prog::rules {

namespace {

using mlir::ArrayAttr;
using mlir::Type;
using Dims = llvm::SmallVector<mlir::Attribute, 4>;

DType dtypeOf(Type type) {
  return *elementTypeOf(type);
}
Dims dimsOf(Type type) {
  return Dims(shapeOf(type).begin(), shapeOf(type).end());
}
ArrayAttr list(const Application &op, const Dims &dims) {
  return ArrayAttr::get(op.context, dims);
}

Result mismatch(const Application &op, unsigned operand, std::string message) {
  return Mismatch{static_cast<int>(op.signature.operands()[operand]), std::move(message)};
}

/// A tensor or tile, as `like` is, with this shape.
Type shaped(const Application &op, Type like, ArrayAttr shape, DType dtype) {
  if (mlir::isa<TensorType>(like))
    return TensorType::get(op.context, shape, dtype);
  TileView view = implicitView(shape, MemorySpace::Unset);
  return tileWith(shape, dtype, MemorySpace::Unset, view);
}

/// A tile of the same shape inherits how its operand lies: block layout, padding, and, if `valid`, the valid part.
Type inheriting(const Application &op, Type like, DType dtype, bool valid) {
  auto tile = mlir::dyn_cast<TileType>(like);
  if (!tile)
    return TensorType::get(op.context, shapeOf(like), dtype);
  TileView from = viewOf(tile), view = implicitView(tile.getShape(), MemorySpace::Unset);
  if (valid)
    view.validShape = from.validShape;
  // A layout that the operand's memory implies is not handed on: the result's memory implies its own.
  if (from.blockLayout != implicitView(tile.getShape(), tile.getMemory()).blockLayout)
    view.blockLayout = from.blockLayout;
  view.pad = from.pad;
  return tileWith(tile.getShape(), dtype, MemorySpace::Unset, view);
}

/// From the right; a dimension of 1 takes any size.
std::optional<Dims> broadcast(const Dims &left, const Dims &right) {
  Dims result(std::max(left.size(), right.size()));
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

} // namespace

Result nothing(const Application &) {
  return Type();
}
Result annotated(const Application &) {
  return UnknownResult();
}
Result index(const Application &op) {
  return Type(ScalarType::get(op.context, DType::Index));
}
Result allocation(const Application &op) {
  return Type(PtrType::get(op.context));
}
Result buffer(const Application &op) {
  return Type(ScalarType::get(op.context, DType::Int32));
}

Result elementwise(const Application &op) {
  Type left = op.type(0), right = op.type(1);
  std::optional<Dims> dims = broadcast(dimsOf(left), dimsOf(right));
  if (!dims)
    return mismatch(op, 1, "shapes " + shapes(left, right) + " do not fit together");
  DType dtype = promote(dtypeOf(left), dtypeOf(right));
  if (*dims == dimsOf(left))
    return inheriting(op, left, dtype, true);
  return shaped(op, left, list(op, *dims), dtype);
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

Result reduceLast(const Application &op) {
  Dims dims = dimsOf(op.type(0));
  if (dims.size() < 2 && mlir::isa<TileType>(op.type(0)))
    return mismatch(op, 0,
                    "a reduction of rows needs at least 2 dimensions, found " + programText(shapeOf(op.type(0))));
  if (dims.empty())
    return mismatch(op, 0, "there is nothing to reduce in a tensor without dimensions");
  dims.back() = constantDim(op.context, 1);
  Type result = shaped(op, op.type(0), list(op, dims), dtypeOf(op.type(0)));
  auto tile = mlir::dyn_cast<TileType>(result);
  if (!tile)
    return result;
  TileView view = viewOf(tile);
  view.blockLayout = "col_major";
  return Type(tileWith(tile.getShape(), tile.getDtype(), MemorySpace::Unset, view));
}

Result reduceAxis(const Application &op) {
  Dims dims = dimsOf(op.type(0));
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
  return shaped(op, op.type(0), list(op, dims), dtypeOf(op.type(0)));
}

Result expandRows(const Application &op) {
  Type target = op.type(0), rows = op.type(1);
  Dims a = dimsOf(target), b = dimsOf(rows);
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
  Dims a = dimsOf(target), b = dimsOf(columns);
  if (!a.empty() && !b.empty() && !mayBeEqual(a.back(), b.back()))
    return mismatch(op, 1, "the columns of " + shapes(target, columns) + " differ");
  return inheriting(op, target, promote(dtypeOf(target), dtypeOf(columns)), false);
}

Result expandScalar(const Application &op) {
  return inheriting(op, op.type(0), promote(dtypeOf(op.type(0)), dtypeOf(op.type(1))), false);
}

Result load(const Application &op) {
  ArrayAttr offsets = op.dims(1), shape = op.dims(2), valid = op.dims(3);
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
  Dims dims(shape.begin(), shape.end()), validDims(valid.begin(), valid.end());
  MemorySpace memory = *op.memory("target_memory");
  if (op.flag("transpose")) {
    if (memory != MemorySpace::Mat)
      return Mismatch{5, "only a load to Mat can transpose, this one goes to " + nameOf(memory).str()};
    if (dims.size() < 2)
      return mismatch(op, 2, "a transposing load needs at least 2 dimensions");
    std::swap(dims.back(), dims[dims.size() - 2]);
    std::swap(validDims.back(), validDims[validDims.size() - 2]);
  }
  ArrayAttr out = list(op, dims);
  TileView view = implicitView(out, memory);
  view.validShape = list(op, validDims);
  if (memory == MemorySpace::Mat && op.flag("transpose"))
    std::swap(view.blockLayout, view.scatterLayout);
  return Type(tileWith(out, dtypeOf(op.type(0)), memory, view));
}

Result store(const Application &op) {
  return withoutMemref(op.type(2));
}

Result move(const Application &op) {
  auto tile = mlir::cast<TileType>(op.type(0));
  MemorySpace memory = *op.memory("target_memory");
  TileView from = viewOf(tile), view = implicitView(tile.getShape(), memory);
  view.validShape = from.validShape;
  view.pad = from.pad;
  if (std::optional<std::string> layout = op.word("blayout"))
    view.blockLayout = *layout;
  if (std::optional<std::string> layout = op.word("slayout"))
    view.scatterLayout = *layout;
  return Type(tileWith(tile.getShape(), tile.getDtype(), memory, view));
}

Result create(const Application &op) {
  ArrayAttr shape = op.dims(0);
  if (op.signature.parameters.front().kind == ParameterKind::StaticShape && shape.empty())
    return mismatch(op, 0, "a tile needs at least one dimension");
  if (op.signature.memory == ResultMemory::None) {
    std::optional<std::string> layout = op.word("layout");
    mlir::DictionaryAttr view;
    if (layout && *layout != "ND") {
      mlir::NamedAttribute entry(mlir::StringAttr::get(op.context, "layout"),
                                 mlir::StringAttr::get(op.context, *layout));
      view = mlir::DictionaryAttr::get(op.context, entry);
    }
    return Type(TensorType::get(op.context, shape, *op.dtype("dtype"), view, {}));
  }
  return Type(tileWith(shape, *op.dtype("dtype"), MemorySpace::Unset, implicitView(shape, MemorySpace::Unset)));
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
    return mismatch(op, 1, "the axis has to be a constant");
  if (!axisOf(*axis, rank))
    return mismatch(
        op, 1, "axis " + std::to_string(*axis) + " is outside of a tensor of " + std::to_string(rank) + " dimensions");
  return Type(ScalarType::get(op.context, DType::Index));
}

Result fillpad(const Application &op) {
  auto tile = mlir::dyn_cast<TileType>(op.type(0));
  if (!tile)
    return Type(TensorType::get(op.context, shapeOf(op.type(0)), dtypeOf(op.type(0))));
  TileView view = viewOf(tile);
  view.validShape = tile.getShape();
  view.pad = *op.word("pad_value");
  return Type(tileWith(tile.getShape(), tile.getDtype(), tile.getMemory(), view));
}

Result slice(const Application &op) {
  ArrayAttr shape = op.dims(1), offset = op.dims(2);
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
    return Type(tileWith(shape, dtype, MemorySpace::Unset, view));
  }
  mlir::DictionaryAttr view;
  if (op.has(3)) {
    mlir::NamedAttribute entry(mlir::StringAttr::get(op.context, "valid_shape"), op.dims(3));
    view = mlir::DictionaryAttr::get(op.context, entry);
  }
  return Type(TensorType::get(op.context, shape, dtype, view, {}));
}

Result reshape(const Application &op) {
  ArrayAttr from = shapeOf(op.type(0)), to = op.dims(1);
  std::optional<int64_t> before = productOf(from), after = productOf(to);
  if (before && after && *before != *after)
    return mismatch(op, 1,
                    programText(from) + " has " + std::to_string(*before) + " elements, " + programText(to) + " has " +
                        std::to_string(*after));
  return shaped(op, op.type(0), to, dtypeOf(op.type(0)));
}

Result transpose(const Application &op) {
  Dims dims = dimsOf(op.type(0));
  size_t axes[2];
  for (unsigned i : {1u, 2u}) {
    std::optional<int64_t> axis = constantOf(dimOf(op.value(i)));
    std::optional<size_t> found = axis ? axisOf(*axis, dims.size()) : std::nullopt;
    if (!found)
      return mismatch(op, i, "an axis has to be a constant within the " + std::to_string(dims.size()) + " dimensions");
    axes[i - 1] = *found;
  }
  if (axes[0] == axes[1])
    return mismatch(op, 2, "the two axes are the same");
  std::swap(dims[axes[0]], dims[axes[1]]);
  return shaped(op, op.type(0), list(op, dims), dtypeOf(op.type(0)));
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
  Dims a = dimsOf(left), b = dimsOf(right);
  bool fits = a.size() == b.size() && !a.empty() && dtypeOf(left) == dtypeOf(right);
  for (size_t i = 0; fits && i + 1 < a.size(); ++i)
    fits = mayBeEqual(a[i], b[i]);
  if (!fits)
    return mismatch(op, 1,
                    "only the last dimension may differ, found " + programText(left) + " and " + programText(right));
  a.back() = expressionDim("add", a.back(), b.back());
  return shaped(op, left, list(op, a), dtypeOf(left));
}

Result setValidShape(const Application &op) {
  Type type = op.type(0);
  ArrayAttr valid = ArrayAttr::get(op.context, {dimOf(op.value(1)), dimOf(op.value(2))});
  if (shapeOf(type).size() != 2)
    return mismatch(op, 0, "a valid shape of rows and columns needs 2 dimensions, found " + programText(type));
  if (auto tile = mlir::dyn_cast<TileType>(type)) {
    TileView view = viewOf(tile);
    view.validShape = valid;
    return Type(tileWith(tile.getShape(), tile.getDtype(), tile.getMemory(), view));
  }
  mlir::NamedAttribute entry(mlir::StringAttr::get(op.context, "valid_shape"), valid);
  return Type(
      TensorType::get(op.context, shapeOf(type), dtypeOf(type), mlir::DictionaryAttr::get(op.context, entry), {}));
}

namespace {

/// [.., M, K] by [.., K, N], each transposed or not.
Result product(const Application &op, unsigned left, unsigned right, DType dtype) {
  Dims a = dimsOf(op.type(left)), b = dimsOf(op.type(right));
  if (a.size() < 2 || b.size() < 2)
    return mismatch(op, a.size() < 2 ? left : right,
                    "a matrix product needs 2 dimensions, found " + shapes(op.type(left), op.type(right)));
  if (op.flag("a_trans"))
    std::swap(a.back(), a[a.size() - 2]);
  if (op.flag("b_trans"))
    std::swap(b.back(), b[b.size() - 2]);
  if (!mayBeEqual(a.back(), b[b.size() - 2]))
    return mismatch(op, right,
                    "the inner dimensions differ: " + programText(list(op, a)) + " by " + programText(list(op, b)));
  std::optional<Dims> batch = broadcast(Dims(a.begin(), a.end() - 2), Dims(b.begin(), b.end() - 2));
  if (!batch)
    return mismatch(op, right, "the batch dimensions of " + shapes(op.type(left), op.type(right)) + " differ");
  batch->push_back(a[a.size() - 2]);
  batch->push_back(b.back());
  return shaped(op, op.type(left), list(op, *batch), dtype);
}

DType accumulatorType(Type left, Type right) {
  return isFloat(dtypeOf(left)) && isFloat(dtypeOf(right)) ? DType::FP32 : DType::Int32;
}

} // namespace

Result matmul(const Application &op) {
  Type left = op.type(0), right = op.type(1);
  if (mlir::isa<TensorType>(left)) {
    DType dtype = op.dtype("out_dtype").value_or(promote(dtypeOf(left), dtypeOf(right)));
    return product(op, 0, 1, dtype);
  }
  if (dtypeOf(left) != dtypeOf(right))
    return mismatch(op, 1,
                    "both sides need one element type, found " + nameOf(dtypeOf(left)).str() + " and " +
                        nameOf(dtypeOf(right)).str());
  return product(op, 0, 1, accumulatorType(left, right));
}

Result matmulAcc(const Application &op) {
  Type acc = op.type(0);
  Result result = product(op, 1, 2, dtypeOf(acc));
  if (auto *type = std::get_if<Type>(&result))
    if (!compatible(*type, acc))
      return mismatch(op, 0,
                      "the product has shape " + programText(shapeOf(*type)) + ", the accumulator " +
                          programText(shapeOf(acc)));
  return result;
}

Result matmulBias(const Application &op) {
  return product(op, 0, 1, accumulatorType(op.type(0), op.type(1)));
}

Result sort32(const Application &op) {
  Dims dims = dimsOf(op.type(0));
  if (dims.empty())
    return mismatch(op, 0, "there is nothing to sort");
  // Each value comes out with its index beside it.
  dims.back() = expressionDim("mul", dims.back(), constantDim(op.context, 2));
  return shaped(op, op.type(0), list(op, dims), dtypeOf(op.type(0)));
}

Result gather(const Application &op) {
  return shaped(op, op.type(1), shapeOf(op.type(1)), dtypeOf(op.type(0)));
}

Result gatherMask(const Application &op) {
  // How many elements a pattern takes out of a row: P0101 and P1010 half, the P000x quarter, P1111 all.
  Dims dims = dimsOf(op.type(0));
  int64_t pattern = *op.integer("mask_pattern");
  int64_t divisor = pattern == 1 || pattern == 2 ? 2 : pattern >= 3 && pattern <= 6 ? 4 : 1;
  if (dims.empty() || pattern < 1 || pattern > 7)
    return Mismatch{1, "a mask pattern is 1 to 7, found " + std::to_string(pattern)};
  dims.back() = expressionDim("floordiv", dims.back(), constantDim(op.context, divisor));
  return shaped(op, op.type(0), list(op, dims), op.dtype("output_dtype").value_or(dtypeOf(op.type(0))));
}

} // namespace pto::prog::rules
