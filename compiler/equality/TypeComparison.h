// Are the types of two programs the same?
// Private to equality.
#pragma once

#include "compiler/dialect/program/Dims.h"
#include "compiler/equality/ProgramEquality.h"
#include "llvm/ADT/StringMap.h"

namespace pto::compiler {

class TypeComparison {
public:
  explicit TypeComparison(ProgramEqualityOptions options) : options(options) {}

  /// What it has seen to be the same, it remembers: one symbol of the left stands for one of the right.
  bool same(mlir::Type left, mlir::Type right);
  bool sameSymbol(llvm::StringRef left, llvm::StringRef right);

private:
  using Names = llvm::StringMap<std::string>;

  bool name(Names (&maps)[2], llvm::StringRef left, llvm::StringRef right);
  bool dim(prog::Dim left, prog::Dim right);
  bool dims(prog::Dims left, prog::Dims right);
  bool view(const prog::TileView &left, const prog::TileView &right);
  bool view(const prog::TensorView &left, const prog::TensorView &right);
  bool memref(const prog::Memref &left, const prog::Memref &right);

  ProgramEqualityOptions options;
  Names symbols[2], bases[2];
};

} // namespace pto::compiler
