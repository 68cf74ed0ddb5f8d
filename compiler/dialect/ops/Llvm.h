// Operations of the family Llvm.td, and the dialect that has them.
#pragma once

#include "compiler/dialect/OpsBase.h"

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Llvm.h.inc"

namespace pto::ir::llvm_dialect {

class LlvmDialect : public mlir::Dialect {
public:
  explicit LlvmDialect(mlir::MLIRContext *context);
  static constexpr llvm::StringLiteral getDialectNamespace() { return llvm::StringLiteral("llvm"); }
};

} // namespace pto::ir::llvm_dialect
