// Dimensions in programs.
// Walks along SSA definitions are cut at a depth that programs do not reach.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Ops.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MathExtras.h"

namespace pto::prog {

namespace {

using mlir::IntegerAttr;
using mlir::MLIRContext;

constexpr unsigned maximumDepth = 32;

Dim dimOf(mlir::Value value, unsigned depth) {
  MLIRContext *context = value.getContext();
  mlir::Operation *op = value.getDefiningOp();
  if (!op || depth > maximumDepth)
    return unknownDim(context);
  if (auto constant = mlir::dyn_cast<ConstOp>(op)) {
    auto integer = mlir::dyn_cast<IntegerAttr>(constant.getValue());
    return integer && integer.getType().isInteger(64) ? constantDim(context, integer.getInt()) : unknownDim(context);
  }
  if (auto symbol = mlir::dyn_cast<SymbolOp>(op))
    return symbolDim(context, symbol.getSymbol());
  if (auto binary = mlir::dyn_cast<BinaryOp>(op))
    return expressionDim(binary.getKind(), dimOf(binary.getLhs(), depth + 1), dimOf(binary.getRhs(), depth + 1));
  return unknownDim(context);
}

/// A sum of multiples of values, and a constant.
struct Linear {
  llvm::MapVector<mlir::Value, int64_t> terms;
  int64_t constant = 0;
  bool valid = true;
};

void addTo(Linear &sum, mlir::Value value, int64_t factor, unsigned depth) {
  auto accumulate = [&](int64_t &into, int64_t amount) { sum.valid &= !llvm::AddOverflow(into, amount, into); };
  Dim dim = dimOf(value, 0);
  if (std::optional<int64_t> constant = constantOf(dim)) {
    int64_t scaled = 0;
    sum.valid &= !llvm::MulOverflow(*constant, factor, scaled);
    return accumulate(sum.constant, scaled);
  }
  auto binary = value.getDefiningOp<BinaryOp>();
  if (binary && depth < maximumDepth) {
    llvm::StringRef kind = binary.getKind();
    if (kind == "add" || kind == "sub") {
      addTo(sum, binary.getLhs(), factor, depth + 1);
      return addTo(sum, binary.getRhs(), kind == "add" ? factor : -factor, depth + 1);
    }
    if (kind == "mul")
      for (auto [scale, scaled] : {std::pair(binary.getLhs(), binary.getRhs()), {binary.getRhs(), binary.getLhs()}})
        if (std::optional<int64_t> constant = constantOf(dimOf(scale, 0))) {
          int64_t product = 0;
          sum.valid &= !llvm::MulOverflow(*constant, factor, product);
          return addTo(sum, scaled, product, depth + 1);
        }
  }
  accumulate(sum.terms[value], factor);
}

} // namespace

mlir::Type substitute(mlir::Type type, const llvm::StringMap<Dim> &bindings) {
  if (auto tensor = mlir::dyn_cast<TensorType>(type)) {
    TensorView view = tensor.getView();
    view.stride = substitute(view.stride, bindings);
    view.validShape = substitute(view.validShape, bindings);
    return TensorType::get(type.getContext(), substitute(tensor.getShape(), bindings), tensor.getDtype(), view,
                           tensor.getMemref());
  }
  if (auto tile = mlir::dyn_cast<TileType>(type)) {
    tile = mlir::cast<TileType>(withShape(tile, substitute(tile.getShape(), bindings)));
    TileView view = tile.getView();
    view.validShape = substitute(view.validShape, bindings);
    view.stride = substitute(view.stride, bindings);
    view.startOffset = view.startOffset ? substitute(view.startOffset, bindings) : Dim();
    return TileType::get(type.getContext(), tile.getShape(), tile.getDtype(), tile.getMemory(), view, tile.getMemref());
  }
  if (auto tuple = mlir::dyn_cast<mlir::TupleType>(type))
    return mlir::TupleType::get(type.getContext(), llvm::map_to_vector<4>(tuple.getTypes(), [&](mlir::Type element) {
                                  return substitute(element, bindings);
                                }));
  return type;
}

void forEachSymbol(mlir::Type type, llvm::function_ref<void(llvm::StringRef)> visit) {
  forEachSymbol(shapeOf(type), visit);
  if (auto tensor = mlir::dyn_cast<TensorType>(type)) {
    forEachSymbol(tensor.getView().validShape, visit);
    forEachSymbol(tensor.getView().stride, visit);
  }
  if (auto tile = mlir::dyn_cast<TileType>(type)) {
    forEachSymbol(tile.getView().validShape, visit);
    forEachSymbol(tile.getView().stride, visit);
    if (Dim offset = tile.getView().startOffset)
      forEachSymbol(offset, visit);
  }
  if (auto tuple = mlir::dyn_cast<mlir::TupleType>(type))
    for (mlir::Type element : tuple.getTypes())
      forEachSymbol(element, visit);
}

Dim dimOf(mlir::Value value) {
  return dimOf(value, 0);
}

Dims dimsOf(mlir::ValueRange values, MLIRContext *context) {
  return {context, llvm::map_to_vector<4>(values, [](mlir::Value value) { return dimOf(value); })};
}

Dim differenceOf(mlir::Value upper, mlir::Value lower) {
  Linear sum;
  addTo(sum, upper, 1, 0);
  addTo(sum, lower, -1, 0);
  bool constant = sum.valid && llvm::all_of(sum.terms, [](const auto &term) { return term.second == 0; });
  if (constant)
    return constantDim(upper.getContext(), sum.constant);
  return expressionDim("sub", dimOf(upper), dimOf(lower));
}

} // namespace pto::prog
