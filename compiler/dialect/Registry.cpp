// Which dialects a kernel may use.
#include "compiler/dialect/Registry.h"
#include "compiler/dialect/Dialect.h"
#include "compiler/dialect/Explanation.h"
#include "compiler/dialect/ops/Llvm.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/DialectRegistry.h"

void pto::ir::registerDialects(mlir::DialectRegistry &registry) {
  registry.insert<PtoDialect, mlir::func::FuncDialect, mlir::arith::ArithDialect, mlir::scf::SCFDialect,
                  mlir::cf::ControlFlowDialect, llvm_dialect::LlvmDialect>();
  registerExplanations(registry);
}
