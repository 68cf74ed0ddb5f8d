// ConvertToSSA and RunVerifier: passes that change nothing and find what is wrong.
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/OpRecord.h"
#include "compiler/passes/Effects.h"
#include "compiler/passes/Passes.h"
#include "compiler/passes/Platform.h"
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

llvm::StringRef shownMemory(prog::MemorySpace memory) {
  return memory == prog::MemorySpace::DDR ? "global memory" : prog::nameOf(memory);
}

/// Units reach some memories only.
mlir::LogicalResult checkReach(prog::BuiltinOp op, const Platform &platform) {
  prog::Work work = op.record().work;
  bool isScalar = work == prog::Work::Scalar;
  if (!isScalar && work != prog::Work::Load && work != prog::Work::Carry)
    return mlir::success();
  std::optional<unsigned> source = carriedOperand(op);
  mlir::Value value = source ? op.getArguments()[*source] : mlir::Value();
  if (isScalar)
    value = op.getArguments().front();
  if (!value)
    return mlir::success();
  prog::MemorySpace from = memoryOf(value);
  if (isScalar && from != prog::MemorySpace::Vec && from != prog::MemorySpace::DDR && from != prog::MemorySpace::Unset)
    return op.emitError() << op.getCallee() << " is for one element of '" << prog::nameOf(value) << "', which lies in "
                          << shownMemory(from) << ": single elements are reached in Vec and in global memory";
  prog::MemorySpace to = op.getNumResults() ? memoryOf(op.getResult(0)) : prog::MemorySpace::DDR;
  if (isScalar || platform.carries(from, to) || from == prog::MemorySpace::Unset || to == prog::MemorySpace::Unset)
    return mlir::success();
  return op.emitError() << "nothing brings '" << prog::nameOf(value) << "' from " << shownMemory(from) << " to "
                        << shownMemory(to) << " on " << platform.name;
}

class RunVerifier : public mlir::PassWrapper<RunVerifier, mlir::OperationPass<mlir::ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(RunVerifier)

  explicit RunVerifier(const Platform &platform) : platform(&platform) {}
  llvm::StringRef getArgument() const final { return "RunVerifier"; }

  void runOnOperation() final {
    if (failed(mlir::verify(getOperation())))
      return signalPassFailure();
    for (auto program : getOperation().getOps<prog::ProgramOp>())
      if (failed(checkProperties(program, SSAForm | FlatCalls)))
        signalPassFailure();
    getOperation().walk([&](prog::BuiltinOp op) {
      // Their windows and signals are the runtime's; no pass here knows them.
      if (op.getCallee().starts_with("distributed.")) {
        op.emitError() << "pl." << op.getCallee() << " works between devices, for which there are no passes";
        signalPassFailure();
      } else if (failed(checkReach(op, *platform))) {
        signalPassFailure();
      }
    });
  }

private:
  const Platform *platform;
};

} // namespace

std::unique_ptr<mlir::Pass> createConvertToSSA() {
  return std::make_unique<ConvertToSSA>();
}
std::unique_ptr<mlir::Pass> createRunVerifier(llvm::StringRef platform) {
  return std::make_unique<RunVerifier>(*platformNamed(platform));
}

} // namespace pto::passes
