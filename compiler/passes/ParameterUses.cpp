// What a function does with its parameters.
// A store reads nothing of what it stores into; handing a value on is no use of it.
#include "compiler/passes/ParameterUses.h"
#include "compiler/passes/Effects.h"
#include "compiler/passes/Memref.h"

namespace pto::passes {

using mlir::Operation;
using mlir::Value;

namespace {

/// What a tensor was before it was stored into: followed through stores, views and loops.
Value originOf(Value value) {
  for (;;) {
    value = storageOf(value);
    auto op = value.getDefiningOp<prog::BuiltinOp>();
    std::optional<Sharing> sharing = op ? sharingOf(op) : std::nullopt;
    if (!sharing)
      return value;
    value = sharing->operand;
  }
}

} // namespace

llvm::DenseMap<Value, Use> usesOf(prog::FuncOp function) {
  llvm::DenseMap<Value, Use> uses;
  function.walk([&](Operation *op) {
    auto builtin = mlir::dyn_cast<prog::BuiltinOp>(op);
    Value shared, overwritten;
    if (builtin) {
      if (std::optional<Sharing> sharing = sharingOf(builtin)) {
        shared = sharing->operand;
        overwritten = sharing->overwrites ? shared : Value();
      }
      if (builtin.getCallee() == "tensor.write")
        overwritten = builtin.getArguments().front();
    }
    bool handsOn =
        mlir::isa<prog::YieldOp, prog::ReturnOp, prog::ForOp, prog::WhileOp, prog::BreakOp, prog::ContinueOp>(op);
    for (Value operand : op->getOperands()) {
      bool isWritten = operand == overwritten, isPassedOn = handsOn || operand == shared;
      Use &use = uses[originOf(operand)];
      use.isWritten |= isWritten;
      use.isRead |= !isPassedOn && !isWritten;
    }
  });
  return uses;
}

} // namespace pto::passes
