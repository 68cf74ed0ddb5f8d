// A pass over the functions of a program, one after the other.
// Private to the passes; a pass is known by its name in the table of Passes.h.
#pragma once

#include "compiler/dialect/program/Ops.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace pto::passes {

/// `Derived` has `mlir::LogicalResult runOn(prog::FuncOp)`, which reports what is wrong, and a static `name`.
template <typename Derived>
class FunctionPass : public mlir::PassWrapper<Derived, mlir::OperationPass<mlir::ModuleOp>> {
public:
  llvm::StringRef getArgument() const final { return Derived::name; }
  llvm::StringRef getName() const final { return Derived::name; }

  void runOnOperation() final {
    for (auto program : this->getOperation().template getOps<prog::ProgramOp>())
      for (auto function : program.getBody().template getOps<prog::FuncOp>())
        if (failed(static_cast<Derived *>(this)->runOn(function)))
          this->signalPassFailure();
  }
};

} // namespace pto::passes
