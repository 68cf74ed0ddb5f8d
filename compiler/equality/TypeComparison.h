// Are the types of two programs the same?
// Private to equality.
#pragma once

#include "compiler/dialect/program/Dims.h"
#include "compiler/equality/Equality.h"
#include "compiler/equality/Pairing.h"
#include "llvm/ADT/StringRef.h"

namespace pto::compiler {

class TypeComparison {
public:
  explicit TypeComparison(ProgramEqualityOptions options) : options(options) {}

  /// What it has seen to be the same, it remembers: one symbol of the left stands for one of the right.
  bool same(mlir::Type left, mlir::Type right);
  bool sameSymbol(llvm::StringRef left, llvm::StringRef right) { return symbols.agree(left, right); }

private:
  bool dim(prog::Dim left, prog::Dim right);
  bool dims(prog::Dims left, prog::Dims right);
  bool view(const prog::TileView &left, const prog::TileView &right);
  bool view(const prog::TensorView &left, const prog::TensorView &right);
  bool memref(const prog::Memref &left, const prog::Memref &right);

  ProgramEqualityOptions options;
  Pairing<llvm::StringRef> symbols;
  Pairing<mlir::StringAttr> bases;
};

} // namespace pto::compiler
