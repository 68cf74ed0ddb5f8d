// Gives every tile a memory, and brings operands into the memory that an operation reads them from.
// The operation that makes a tile says where it lies; where it does not, those that use it do.
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/TileView.h"
#include "compiler/passes/Effects.h"
#include "compiler/passes/FunctionPass.h"
#include "compiler/passes/Memref.h"
#include "compiler/passes/Passes.h"

namespace pto::passes {

namespace {

using mlir::Value;
using prog::BuiltinOp;
using prog::MemorySpace;

struct CubeRow {
  llvm::StringLiteral operation;
  MemorySpace operands[3];
};

constexpr CubeRow cubeOperations[] = {
    {"tile.matmul", {MemorySpace::Left, MemorySpace::Right, MemorySpace::Unset}},
    {"tile.gemv", {MemorySpace::Left, MemorySpace::Right, MemorySpace::Unset}},
    {"tile.matmul_acc", {MemorySpace::Acc, MemorySpace::Left, MemorySpace::Right}},
    {"tile.gemv_acc", {MemorySpace::Acc, MemorySpace::Left, MemorySpace::Right}},
    {"tile.matmul_bias", {MemorySpace::Left, MemorySpace::Right, MemorySpace::Bias}},
    {"tile.gemv_bias", {MemorySpace::Left, MemorySpace::Right, MemorySpace::Bias}},
};

/// Where the operation reads this operand; Unset if anywhere.
MemorySpace readsFrom(BuiltinOp op, unsigned operand) {
  for (const CubeRow &row : cubeOperations)
    if (row.operation == op.getCallee())
      return operand < 3 ? row.operands[operand] : MemorySpace::Unset;
  bool isVector = pipeOf(op) == Pipe::V && op.getCallee() != "tile.move" && op.getCallee() != "tile.assemble";
  return isVector ? MemorySpace::Vec : MemorySpace::Unset;
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

mlir::LogicalResult bring(BuiltinOp op, unsigned operand) {
  Value value = op.getArguments()[operand];
  auto tile = mlir::dyn_cast<prog::TileType>(value.getType());
  MemorySpace wanted = readsFrom(op, operand);
  if (!tile || wanted == MemorySpace::Unset || tile.getMemory() == wanted)
    return mlir::success();
  if (wanted == MemorySpace::Acc)
    return op.emitError() << op.getCallee() << " accumulates into '" << prog::nameOf(value) << "', which lies in "
                          << prog::nameOf(tile.getMemory()) << ": an accumulator lies in Acc, made by a matmul or by "
                          << "pl.create_tile(…, target_memory=pl.Mem.Acc)";
  mlir::OpBuilder builder(op);
  auto word = prog::NameAttr::get(op.getContext(), "Mem." + prog::nameOf(wanted).str());
  auto moved = builder.create<BuiltinOp>(prog::named(op.getLoc(), prog::nameOf(value)),
                                         mlir::TypeRange(prog::withMemory(tile, wanted)), "tile.move", value,
                                         builder.getDenseI32ArrayAttr({-1}),
                                         builder.getDictionaryAttr(builder.getNamedAttr("target_memory", word)));
  op->setOperand(operand, moved.getResult(0));
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
      if (tile && tile.getMemory() == MemorySpace::Unset && statesMemref(value))
        value.setType(prog::withMemory(tile, demands.try_emplace(value, MemorySpace::Vec).first->second));
    });
    mlir::WalkResult result = function.walk([&](BuiltinOp op) {
      for (unsigned i = 0; i < op.getArguments().size(); ++i)
        if (failed(bring(op, i)))
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
