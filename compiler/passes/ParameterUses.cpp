// What a function does with its parameters.
// A store reads nothing of what it stores into; handing a value on is no use of it.
#include "compiler/passes/ParameterUses.h"
#include "compiler/passes/Effects.h"
#include "compiler/passes/Memref.h"

namespace pto::passes {

using mlir::Operation;
using mlir::Value;

namespace {

/// What tensors were before they were stored into: followed through stores, views and loops.
class Origins {
public:
  Value of(Value value) {
    llvm::SmallVector<Value, 8> passed;
    for (;;) {
      if (auto known = origins.find(value); known != origins.end()) {
        value = known->second;
        break;
      }
      passed.push_back(value);
      Value storage = storageOf(value);
      auto op = storage.getDefiningOp<prog::BuiltinOp>();
      std::optional<Sharing> sharing = op ? sharingOf(op) : std::nullopt;
      value = sharing ? sharing->operand : storage;
      if (!sharing)
        break;
    }
    for (Value each : passed)
      origins[each] = value;
    return value;
  }

private:
  llvm::DenseMap<Value, Value> origins;
};

} // namespace

llvm::DenseMap<Value, Use> usesOf(prog::FuncOp function) {
  llvm::DenseMap<Value, Use> uses;
  Origins origins;
  function.walk([&](Operation *op) {
    auto builtin = mlir::dyn_cast<prog::BuiltinOp>(op);
    Value shared, overwritten;
    if (std::optional<Sharing> sharing = builtin ? sharingOf(builtin) : std::nullopt) {
      shared = sharing->operand;
      overwritten = sharing->overwrites ? shared : Value();
    }
    bool handsOn =
        mlir::isa<prog::YieldOp, prog::ReturnOp, prog::ForOp, prog::WhileOp, prog::BreakOp, prog::ContinueOp>(op);
    for (Value operand : op->getOperands()) {
      bool isWritten = operand == overwritten, isPassedOn = handsOn || operand == shared;
      Use &use = uses[origins.of(operand)];
      use.isWritten |= isWritten;
      use.isRead |= !isPassedOn && !isWritten;
    }
  });
  return uses;
}

} // namespace pto::passes
