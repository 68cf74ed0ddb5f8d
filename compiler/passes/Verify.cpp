// ConvertToSSA and RunVerifier: passes that change nothing and find what is wrong.
#include "compiler/passes/FunctionPass.h"
#include "compiler/passes/Passes.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Verifier.h"

namespace pto::passes {

namespace {

class ConvertToSSA : public FunctionPass<ConvertToSSA> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ConvertToSSA)
  static constexpr llvm::StringLiteral name = "ConvertToSSA";

  mlir::LogicalResult runOn(prog::FuncOp function) {
    mlir::DominanceInfo dominance(function);
    mlir::WalkResult result = function.walk([&](mlir::Operation *op) {
      for (auto [i, operand] : llvm::enumerate(op->getOperands()))
        if (!dominance.properlyDominates(operand, op)) {
          op->emitError() << "operand " << i << " is used before it has a value";
          return mlir::WalkResult::interrupt();
        }
      return mlir::WalkResult::advance();
    });
    return mlir::failure(result.wasInterrupted());
  }
};

class RunVerifier : public FunctionPass<RunVerifier> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(RunVerifier)
  static constexpr llvm::StringLiteral name = "RunVerifier";

  mlir::LogicalResult runOn(prog::FuncOp function) {
    if (failed(mlir::verify(function)))
      return mlir::failure();
    mlir::WalkResult result = function.walk([&](prog::WhileOp loop) {
      for (auto op : loop.getCondition().getOps<prog::BuiltinOp>()) {
        op.emitError() << op.getCallee() << " stands in a condition: FlattenCallExpr takes it out";
        return mlir::WalkResult::interrupt();
      }
      return mlir::WalkResult::advance();
    });
    return mlir::failure(result.wasInterrupted());
  }
};

} // namespace

std::unique_ptr<mlir::Pass> createConvertToSSA() {
  return std::make_unique<ConvertToSSA>();
}
std::unique_ptr<mlir::Pass> createRunVerifier() {
  return std::make_unique<RunVerifier>();
}

} // namespace pto::passes
