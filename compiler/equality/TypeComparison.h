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
  bool dims(mlir::ArrayAttr left, mlir::ArrayAttr right);
  bool view(mlir::DictionaryAttr left, mlir::DictionaryAttr right);
  bool memref(mlir::DictionaryAttr left, mlir::DictionaryAttr right);

  ProgramEqualityOptions options;
  Names symbols[2], bases[2];
};

} // namespace pto::compiler
