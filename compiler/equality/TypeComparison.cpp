// Are the types of two programs the same?
// Symbols and allocations by two-way maps: what they are called does not matter.
#include "compiler/equality/TypeComparison.h"
#include "compiler/dialect/program/Dims.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::equality {

static llvm::SmallVector<llvm::StringRef> symbolsOf(mlir::Type type) {
  llvm::SmallVector<llvm::StringRef> symbols;
  prog::forEachSymbol(type, [&](llvm::StringRef symbol) { symbols.push_back(symbol); });
  return symbols;
}

bool TypeComparison::sameMemref(const prog::Memref &left, const prog::Memref &right) {
  if (!options.memrefs)
    return true;
  if (!left || !right)
    return left == right;
  return bases.agree(left.base, right.base) && left.offset == right.offset && left.size == right.size;
}

bool TypeComparison::same(mlir::Type left, mlir::Type right) {
  if (left == right && !prog::isShaped(left))
    return true;
  auto leftTuple = mlir::dyn_cast<mlir::TupleType>(left), rightTuple = mlir::dyn_cast<mlir::TupleType>(right);
  if (leftTuple && rightTuple)
    return leftTuple.size() == rightTuple.size() &&
           llvm::all_of(llvm::zip(leftTuple.getTypes(), rightTuple.getTypes()),
                        [&](auto pair) { return same(std::get<0>(pair), std::get<1>(pair)); });
  llvm::SmallVector<llvm::StringRef> leftSymbols = symbolsOf(left), rightSymbols = symbolsOf(right);
  if (leftSymbols.size() != rightSymbols.size() || !sameMemref(prog::memrefOf(left), prog::memrefOf(right)))
    return false;
  llvm::StringMap<prog::Dim> renamed;
  for (auto [a, b] : llvm::zip(leftSymbols, rightSymbols)) {
    if (!symbols.agree(a, b))
      return false;
    if (a != b)
      renamed[a] = prog::symbolDim(left.getContext(), b);
  }
  // Making types takes longer than all the rest.
  return left == right ||
         prog::withoutMemref(renamed.empty() ? left : prog::substitute(left, renamed)) == prog::withoutMemref(right);
}

} // namespace pto::equality
