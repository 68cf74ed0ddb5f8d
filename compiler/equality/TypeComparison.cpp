// Are the types of two programs the same?
// Symbols and allocations by two-way maps: what they are called does not matter.
#include "compiler/equality/TypeComparison.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::compiler {

bool TypeComparison::dim(prog::Dim left, prog::Dim right) {
  if (!left || !right)
    return left == right;
  if (auto a = left.symbol(), b = right.symbol(); a && b)
    return symbols.agree(*a, *b);
  if (auto a = left.expression(), b = right.expression(); a && b)
    return a->op == b->op && dim(a->left, b->left) && dim(a->right, b->right);
  return left == right;
}

bool TypeComparison::dims(prog::Dims left, prog::Dims right) {
  if (!left || !right)
    return left == right;
  return left.size() == right.size() &&
         llvm::all_of(llvm::zip(left, right), [&](auto pair) { return dim(std::get<0>(pair), std::get<1>(pair)); });
}

bool TypeComparison::view(const prog::TileView &left, const prog::TileView &right) {
  return dims(left.validShape, right.validShape) && dims(left.stride, right.stride) &&
         dim(left.startOffset, right.startOffset) && left.block == right.block && left.inner == right.inner &&
         left.fractal == right.fractal && left.pad == right.pad;
}

bool TypeComparison::view(const prog::TensorView &left, const prog::TensorView &right) {
  return left.layout == right.layout && dims(left.stride, right.stride) && dims(left.validShape, right.validShape);
}

bool TypeComparison::memref(const prog::Memref &left, const prog::Memref &right) {
  if (!options.memrefs)
    return true;
  if (!left || !right)
    return left == right;
  return bases.agree(left.base, right.base) && left.offset == right.offset && left.size == right.size;
}

bool TypeComparison::same(mlir::Type left, mlir::Type right) {
  if (left == right && !prog::isShaped(left))
    return true;
  if (left.getTypeID() != right.getTypeID())
    return false;
  if (auto a = mlir::dyn_cast<prog::TensorType>(left)) {
    auto b = mlir::cast<prog::TensorType>(right);
    return a.getDtype() == b.getDtype() && dims(a.getShape(), b.getShape()) && view(a.getView(), b.getView()) &&
           memref(a.getMemref(), b.getMemref());
  }
  if (auto a = mlir::dyn_cast<prog::TileType>(left)) {
    auto b = mlir::cast<prog::TileType>(right);
    return a.getDtype() == b.getDtype() && a.getMemory() == b.getMemory() && dims(a.getShape(), b.getShape()) &&
           view(a.getView(), b.getView()) && memref(a.getMemref(), b.getMemref());
  }
  if (auto a = mlir::dyn_cast<mlir::TupleType>(left)) {
    auto b = mlir::cast<mlir::TupleType>(right);
    return a.size() == b.size() && llvm::all_of(llvm::zip(a.getTypes(), b.getTypes()),
                                                [&](auto pair) { return same(std::get<0>(pair), std::get<1>(pair)); });
  }
  return false;
}

} // namespace pto::compiler
