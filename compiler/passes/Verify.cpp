// ConvertToSSA and RunVerifier: passes that change nothing and find what is wrong.
#include "compiler/passes/Passes.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Verifier.h"

namespace pto::passes {

namespace {

class ConvertToSSA : public mlir::PassWrapper<ConvertToSSA, mlir::OperationPass<mlir::ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ConvertToSSA)

  llvm::StringRef getArgument() const final { return "ConvertToSSA"; }

  void runOnOperation() final {
    for (auto program : getOperation().getOps<prog::ProgramOp>())
      if (failed(checkProperties(program, SSAForm)))
        signalPassFailure();
  }
};

class RunVerifier : public mlir::PassWrapper<RunVerifier, mlir::OperationPass<mlir::ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(RunVerifier)

  llvm::StringRef getArgument() const final { return "RunVerifier"; }

  void runOnOperation() final {
    if (failed(mlir::verify(getOperation())))
      return signalPassFailure();
    for (auto program : getOperation().getOps<prog::ProgramOp>())
      if (failed(checkProperties(program, SSAForm | FlatCalls)))
        signalPassFailure();
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
