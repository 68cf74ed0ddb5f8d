// Makes kernels compute on tiles: what they take is loaded, what they give is stored.
// A result without a parameter to be stored into gets one, which callers make room for.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/passes/KernelTiles.h"
#include "compiler/passes/Memref.h"
#include "compiler/passes/Passes.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/MapVector.h"

namespace pto::passes {

namespace {

using mlir::Value;

/// For each new parameter, which result is written into it.
using Outputs = llvm::SmallVector<unsigned, 2>;

class ConvertTensorToTileOps : public mlir::PassWrapper<ConvertTensorToTileOps, mlir::OperationPass<mlir::ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ConvertTensorToTileOps)

  llvm::StringRef getArgument() const final { return "ConvertTensorToTileOps"; }

  void runOnOperation() final {
    for (auto program : getOperation().getOps<prog::ProgramOp>()) {
      outputs.clear();
      mlir::SymbolTable functions(program);
      for (auto function : program.getBody().getOps<prog::FuncOp>())
        if (!visit(function, functions))
          return signalPassFailure();
    }
  }

private:
  /// Callees first: what they need more, their callers have to make.
  bool visit(prog::FuncOp function, const mlir::SymbolTable &functions) {
    if (!outputs.insert({function, {}}).second)
      return true;
    llvm::SmallVector<prog::CallOp, 8> calls;
    function.walk([&](prog::CallOp call) { calls.push_back(call); });
    for (prog::CallOp call : calls) {
      auto callee = functions.lookup<prog::FuncOp>(call.getCallee());
      if (callee && (!visit(callee, functions) || !complete(call, callee, function)))
        return false;
    }
    if (!runsOnCore(function))
      return true;
    Lineage lineage(functions);
    KernelTiles kernel(function, lineage);
    if (!kernel.run())
      return false;
    outputs[function].append(kernel.newOutputs().begin(), kernel.newOutputs().end());
    return true;
  }

  /// Cores and wrappers have no global memory of their own: they take it from their callers in turn.
  bool complete(prog::CallOp call, prog::FuncOp callee, prog::FuncOp caller) {
    Outputs added = outputs.lookup(callee);
    if (added.empty())
      return true;
    bool handsOn = runsOnCore(caller) || caller.getKind() == "Group" || caller.getKind() == "Spmd";
    unsigned known = call.getArguments().size();
    llvm::SmallVector<Value, 8> arguments(call.getArguments());
    TileBuilder builder(call);
    for (auto [i, result] : llvm::enumerate(added)) {
      mlir::Type type = prog::withoutMemref(call.getResult(result).getType());
      llvm::StringRef name = prog::nameOf(callee.getParameters()[known + i]);
      if (handsOn) {
        std::optional<unsigned> own = returnedAs(call.getResult(result), caller);
        if (!own) {
          call.emitError() << "'" << callee.getSymName() << "' needs room for its result " << result << ", and '"
                           << caller.getSymName() << "' has no global memory: take it as an Out parameter";
          return false;
        }
        arguments.push_back(KernelTiles::addOutput(caller, type, name, call.getLoc()));
        outputs[caller].push_back(*own);
        continue;
      }
      std::optional<llvm::SmallVector<Value, 4>> shape = builder.values(prog::shapeOf(type));
      if (!shape) {
        call.emitError() << "result " << result << " of '" << callee.getSymName() << "' is " << prog::programText(type)
                         << ", whose shape is known only at run time: pass it as an Out parameter";
        return false;
      }
      arguments.push_back(builder.make("tensor.create"_op, {prog::Argument::list(*shape)},
                                       {builder.dtype("dtype", *prog::elementTypeOf(type))}, name));
    }
    call.getArgumentsMutable().assign(arguments);
    if (call.getDirections()) {
      llvm::SmallVector<mlir::Attribute, 8> directions(call.getDirections()->begin(), call.getDirections()->end());
      directions.append(added.size(), builder.getStringAttr("OutputExisting"));
      call.setDirectionsAttr(builder.getArrayAttr(directions));
    }
    return true;
  }

  static std::optional<unsigned> returnedAs(Value value, prog::FuncOp function) {
    for (mlir::OpOperand &operand : function.getBlock().getTerminator()->getOpOperands())
      if (operand.get() == value)
        return operand.getOperandNumber();
    return std::nullopt;
  }

  llvm::DenseMap<mlir::Operation *, Outputs> outputs;
};

} // namespace

std::unique_ptr<mlir::Pass> createConvertTensorToTileOps() {
  return std::make_unique<ConvertTensorToTileOps>();
}

} // namespace pto::passes
