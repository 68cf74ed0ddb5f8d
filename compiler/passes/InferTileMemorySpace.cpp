// Gives every tile a memory, and brings operands into the memory that an operation reads them from.
// The operation that makes a tile says where it lies; where it does not, those that use it do.
#include "compiler/dialect/program/Names.h"
#include "compiler/passes/FunctionPass.h"
#include "compiler/passes/Memref.h"
#include "compiler/passes/Passes.h"
#include "compiler/passes/TileBuilder.h"

namespace pto::passes {

namespace {

using mlir::Value;
using prog::BuiltinOp;
using prog::MemorySpace;

/// Where the operation takes this operand from; Unset if from anywhere.
MemorySpace readsFrom(BuiltinOp op, unsigned operand) {
  return prog::parameterOf(op, operand).memory;
}

/// What the first operation that reads a value from somewhere reads it from.
llvm::DenseMap<Value, MemorySpace> demandsIn(prog::FuncOp function) {
  llvm::DenseMap<Value, MemorySpace> demands;
  function.walk<mlir::WalkOrder::PreOrder>([&](BuiltinOp op) {
    for (auto [i, operand] : llvm::enumerate(op.getArguments()))
      if (MemorySpace memory = readsFrom(op, static_cast<unsigned>(i)); memory != MemorySpace::Unset)
        demands.try_emplace(operand, memory);
  });
  return demands;
}

/// What has been brought somewhere for an operation serves those behind it too.
class Moved {
public:
  Value move(BuiltinOp user, Value value, MemorySpace memory) {
    llvm::SmallVector<Value, 1> &known = moved[{value, memory}];
    for (Value each : known)
      if (each.getParentRegion()->isAncestor(user->getParentRegion()))
        return each;
    auto tile = mlir::cast<prog::TileType>(value.getType());
    known.push_back(TileBuilder(user).move(value, prog::withMemory(tile, memory)));
    return known.back();
  }

private:
  llvm::DenseMap<std::pair<Value, MemorySpace>, llvm::SmallVector<Value, 1>> moved;
};

mlir::LogicalResult bring(BuiltinOp op, unsigned operand, Moved &moved) {
  Value value = op.getArguments()[operand];
  auto tile = mlir::dyn_cast<prog::TileType>(value.getType());
  MemorySpace wanted = readsFrom(op, operand);
  if (!tile || wanted == MemorySpace::Unset || tile.getMemory() == wanted)
    return mlir::success();
  if (wanted == MemorySpace::Acc)
    return op.emitError() << op.getCallee() << " accumulates into '" << prog::nameOf(value) << "', which lies in "
                          << prog::nameOf(tile.getMemory()) << ": an accumulator lies in Acc, made by a matmul or by "
                          << "pl.create_tile(…, target_memory=pl.Mem.Acc)";
  // What leaves the cube unit reaches its inputs by way of Mat.
  if (tile.getMemory() == MemorySpace::Acc && wanted != MemorySpace::Vec && wanted != MemorySpace::Mat)
    value = moved.move(op, value, MemorySpace::Mat);
  op->setOperand(operand, moved.move(op, value, wanted));
  return mlir::success();
}

class InferTileMemorySpace : public FunctionPass<InferTileMemorySpace> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(InferTileMemorySpace)
  static constexpr llvm::StringLiteral name = "InferTileMemorySpace";

  mlir::LogicalResult runOn(prog::FuncOp function) {
    if (!holdsTiles(function))
      return mlir::success();
    llvm::DenseMap<Value, MemorySpace> demands = demandsIn(function);
    forEachValue(function, [&](Value value) {
      auto tile = mlir::dyn_cast<prog::TileType>(value.getType());
      if (!tile || tile.getMemory() != MemorySpace::Unset || !statesMemref(value))
        return;
      auto op = value.getDefiningOp<BuiltinOp>();
      MemorySpace made = op ? op.record().memory() : MemorySpace::Unset;
      value.setType(prog::withMemory(
          tile, made != MemorySpace::Unset ? made : demands.try_emplace(value, MemorySpace::Vec).first->second));
    });
    Moved moved;
    mlir::WalkResult result = function.walk([&](BuiltinOp op) {
      for (unsigned i = 0; i < op.getArguments().size(); ++i)
        if (failed(bring(op, i, moved)))
          return mlir::WalkResult::interrupt();
      return mlir::WalkResult::advance();
    });
    return mlir::failure(result.wasInterrupted());
  }
};

} // namespace

std::unique_ptr<mlir::Pass> createInferTileMemorySpace() {
  return std::make_unique<InferTileMemorySpace>();
}

} // namespace pto::passes
