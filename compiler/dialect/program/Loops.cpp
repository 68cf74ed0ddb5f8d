// Loops of a program, and what leaves them.
#include "compiler/dialect/program/Loops.h"

namespace pto::prog {

llvm::SmallVector<mlir::Operation *, 2> leavesOf(mlir::Operation *loop) {
  llvm::SmallVector<mlir::Operation *, 2> leaves;
  loop->walk([&](mlir::Operation *op) {
    if (!mlir::isa<BreakOp, ContinueOp>(op))
      return;
    mlir::Operation *around = op->getParentOp();
    while (!mlir::isa<ForOp, WhileOp>(around))
      around = around->getParentOp();
    if (around == loop)
      leaves.push_back(op);
  });
  return leaves;
}

} // namespace pto::prog
