// Are the types of two programs the same?
// Symbols and allocations by two-way maps: what they are called does not matter.
#include "compiler/equality/TypeComparison.h"
#include "compiler/dialect/program/TileView.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::compiler {

bool TypeComparison::name(Names (&maps)[2], llvm::StringRef left, llvm::StringRef right) {
  return maps[0].try_emplace(left, right).first->second == right &&
         maps[1].try_emplace(right, left).first->second == left;
}

bool TypeComparison::dim(prog::Dim left, prog::Dim right) {
  auto a = mlir::dyn_cast<mlir::StringAttr>(left), b = mlir::dyn_cast<mlir::StringAttr>(right);
  if (a && b)
    return name(symbols, a.getValue(), b.getValue());
  auto x = mlir::dyn_cast<mlir::ArrayAttr>(left), y = mlir::dyn_cast<mlir::ArrayAttr>(right);
  if (x && y)
    return x[0] == y[0] && dim(x[1], y[1]) && dim(x[2], y[2]);
  return left == right;
}

bool TypeComparison::dims(mlir::ArrayAttr left, mlir::ArrayAttr right) {
  if (!left || !right)
    return left == right;
  return left.size() == right.size() &&
         llvm::all_of(llvm::zip(left, right), [&](auto pair) { return dim(std::get<0>(pair), std::get<1>(pair)); });
}

bool TypeComparison::view(mlir::DictionaryAttr left, mlir::DictionaryAttr right) {
  if (!left || !right || left.size() != right.size())
    return left == right;
  for (auto [a, b] : llvm::zip(left, right)) {
    if (a.getName() != b.getName())
      return false;
    auto x = mlir::dyn_cast<mlir::ArrayAttr>(a.getValue()), y = mlir::dyn_cast<mlir::ArrayAttr>(b.getValue());
    bool isList = a.getName() == "valid_shape" || a.getName() == "stride";
    bool same = isList && x && y                ? dims(x, y)
                : a.getName() == "start_offset" ? dim(a.getValue(), b.getValue())
                                                : a.getValue() == b.getValue();
    if (!same)
      return false;
  }
  return true;
}

bool TypeComparison::memref(mlir::DictionaryAttr left, mlir::DictionaryAttr right) {
  if (!options.memrefs)
    return true;
  if (!left || !right)
    return left == right;
  auto a = left.getAs<mlir::StringAttr>("base"), b = right.getAs<mlir::StringAttr>("base");
  return a && b && name(bases, a.getValue(), b.getValue()) && left.get("offset") == right.get("offset") &&
         left.get("size") == right.get("size");
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
    // Through the views, so that a type that spells out what is implied is the same as one that does not.
    auto b = mlir::cast<prog::TileType>(right);
    auto x = prog::tileWith(a.getShape(), a.getDtype(), a.getMemory(), prog::viewOf(a));
    auto y = prog::tileWith(b.getShape(), b.getDtype(), b.getMemory(), prog::viewOf(b));
    return a.getDtype() == b.getDtype() && a.getMemory() == b.getMemory() && dims(a.getShape(), b.getShape()) &&
           view(x.getView(), y.getView()) && memref(a.getMemref(), b.getMemref());
  }
  if (auto a = mlir::dyn_cast<mlir::TupleType>(left)) {
    auto b = mlir::cast<mlir::TupleType>(right);
    return a.size() == b.size() && llvm::all_of(llvm::zip(a.getTypes(), b.getTypes()),
                                                [&](auto pair) { return same(std::get<0>(pair), std::get<1>(pair)); });
  }
  return false;
}

bool TypeComparison::sameSymbol(llvm::StringRef left, llvm::StringRef right) {
  return name(symbols, left, right);
}

} // namespace pto::compiler
