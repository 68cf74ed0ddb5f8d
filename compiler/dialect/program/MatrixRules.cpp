// Results of products of matrices, of sorting and of gathering.
// What accumulates is as wide as what it accumulates.
#include "compiler/dialect/program/RuleParts.h"

namespace pto::prog::rules {

namespace {

/// [.., M, K] by [.., K, N], each transposed or not.
Result product(const Application &op, unsigned left, unsigned right, DType dtype) {
  DimVector a = dimsOf(op.type(left)), b = dimsOf(op.type(right));
  if (a.size() < 2 || b.size() < 2)
    return mismatch(op, a.size() < 2 ? left : right,
                    "a matrix product needs 2 dimensions, found " + shapes(op.type(left), op.type(right)));
  if (op.flag("a_trans"))
    std::swap(a.back(), a[a.size() - 2]);
  if (op.flag("b_trans"))
    std::swap(b.back(), b[b.size() - 2]);
  if (!mayBeEqual(a.back(), b[b.size() - 2]))
    return mismatch(op, right,
                    "the inner dimensions differ: " + programText(Dims(op.context, a)) + " by " +
                        programText(Dims(op.context, b)));
  std::optional<DimVector> batch = broadcast({a.begin(), a.end() - 2}, {b.begin(), b.end() - 2});
  if (!batch)
    return mismatch(op, right, "the batch dimensions of " + shapes(op.type(left), op.type(right)) + " differ");
  batch->push_back(a[a.size() - 2]);
  batch->push_back(b.back());
  return shaped(op, op.type(left), *batch, dtype);
}

DType accumulatorType(Type left, Type right) {
  return isFloat(dtypeOf(left)) && isFloat(dtypeOf(right)) ? DType::F32 : DType::I32;
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
                    "both sides need one element type, found " + programName(dtypeOf(left)).str() + " and " +
                        programName(dtypeOf(right)).str());
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
  DimVector dims = dimsOf(op.type(0));
  if (dims.empty())
    return mismatch(op, 0, "there is nothing to sort");
  // Each value comes out with its index beside it.
  dims.back() = expressionDim("mul", dims.back(), constantDim(op.context, 2));
  return shaped(op, op.type(0), dims, dtypeOf(op.type(0)));
}

Result gather(const Application &op) {
  return shaped(op, op.type(1), shapeOf(op.type(1)), dtypeOf(op.type(0)));
}

Result gatherMask(const Application &op) {
  // How many elements a pattern takes out of a row: P0101 and P1010 half, the P000x quarter, P1111 all.
  DimVector dims = dimsOf(op.type(0));
  int64_t pattern = *op.integer("mask_pattern");
  int64_t divisor = pattern == 1 || pattern == 2 ? 2 : pattern >= 3 && pattern <= 6 ? 4 : 1;
  if (dims.empty() || pattern < 1 || pattern > 7)
    return Mismatch{1, "a mask pattern is 1 to 7, found " + std::to_string(pattern)};
  dims.back() = expressionDim("floordiv", dims.back(), constantDim(op.context, divisor));
  return shaped(op, op.type(0), dims, op.dtype("output_dtype").value_or(dtypeOf(op.type(0))));
}

Result gatherTensor(const Application &op) {
  if (op.has(1))
    return shaped(op, op.type(0), shapeOf(op.type(1)), dtypeOf(op.type(0)));
  if (op.integer("mask_pattern"))
    return gatherMask(op);
  return gatherCompare(op);
}

/// Where values stand that compare: their number is a choice of the program's.
Result gatherCompare(const Application &op) {
  DimVector dims = dimsOf(op.type(0));
  std::optional<int64_t> columns = op.integer("out_cols");
  if (!columns || dims.empty())
    return UnknownResult();
  dims.back() = constantDim(op.context, *columns);
  return shaped(op, op.type(0), dims, DType::I32);
}

/// Whole rows of what lies in global memory, or single elements, by their indices.
Result gatherRows(const Application &op) {
  DimVector indices = dimsOf(op.type(1)), rows = dimsOf(op.type(0));
  auto how = op.keywords.getAs<mlir::StringAttr>("coalesce");
  if (rows.empty() || indices.empty())
    return mismatch(op, 0, "there is nothing to gather");
  if (how && how.getValue() == "row") {
    std::optional<int64_t> count = productOf(Dims(op.context, indices));
    indices = {count ? constantDim(op.context, *count) : indices.back(), rows.back()};
  }
  TileView view = implicitView(Dims(op.context, indices), MemorySpace::Unset);
  if (op.has(2))
    view.validShape = op.dims(2);
  return Type(TileType::get(op.context, Dims(op.context, indices), dtypeOf(op.type(0)), MemorySpace::Unset, view));
}

Result scatter(const Application &op) {
  Type target = op.has(3) ? op.type(3) : op.type(0);
  return inheriting(op, target, dtypeOf(target), false);
}

} // namespace pto::prog::rules
