// Are the types of two programs the same?
// Private to equality.
#pragma once

#include "compiler/dialect/program/Types.h"
#include "compiler/equality/Equality.h"
#include "compiler/equality/Pairing.h"

namespace pto::equality {

class TypeComparison {
public:
  explicit TypeComparison(ProgramEqualityOptions options) : options(options) {}

  /// What it has seen to be the same, it remembers: one symbol of the left stands for one of the right.
  bool same(mlir::Type left, mlir::Type right);
  bool sameSymbol(llvm::StringRef left, llvm::StringRef right) { return symbols.agree(left, right); }

private:
  bool sameMemref(const prog::Memref &left, const prog::Memref &right);

  ProgramEqualityOptions options;
  Pairing<llvm::StringRef> symbols;
  Pairing<mlir::StringAttr> bases;
};

} // namespace pto::equality
