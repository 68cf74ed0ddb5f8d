// The tensors of one kernel: which of them are global memory, which become tiles.
// A parameter is global memory, and so is what is stored into it. What a kernel computes is a tile, and so is a loop's
// or branch's value that may be one.
#pragma once

#include "compiler/passes/Lineage.h"
#include "compiler/passes/TensorOps.h"

namespace pto::passes {

/// Does it give another look at the same global memory?
bool isView(prog::BuiltinOp op);

class KernelTiles {
public:
  KernelTiles(prog::FuncOp function, Lineage &lineage) : function(function), lineage(lineage) {}

  /// False after an error.
  bool run();

  /// Results of the function that are written into new Out parameters, one after the other at the end.
  llvm::ArrayRef<unsigned> newOutputs() const { return outputs; }
  /// Adds such a parameter.
  static mlir::BlockArgument addOutput(prog::FuncOp function, mlir::Type type, llvm::StringRef name,
                                       mlir::Location location);

private:
  bool isLocal(mlir::Value tensor);
  bool scattersInto(mlir::Value root);
  bool promote(unsigned result);
  bool isGivenBack(mlir::Value value);
  bool giveBack(unsigned result);

  void setDirections();

  /// What the block yields goes to `targets`.
  bool visit(mlir::Block &block, mlir::ValueRange targets);
  bool visit(mlir::Operation *op);
  bool convert(prog::BuiltinOp op);
  bool answer(prog::BuiltinOp op, TileBuilder &builder);
  bool readsGlobal(prog::BuiltinOp op);
  bool create(prog::BuiltinOp op);
  bool store(prog::BuiltinOp op);
  bool fill(prog::BuiltinOp op);
  /// Into global memory; what comes out takes the operation's place.
  bool store(prog::BuiltinOp op, TileBuilder &builder, mlir::Value source, const prog::Argument &offsets,
             const prog::Argument &target);
  bool loop(mlir::Operation *op, unsigned firstInit);
  bool branch(prog::IfOp op);
  bool handOver(mlir::Operation *from, mlir::ValueRange targets);
  bool loadView(prog::BuiltinOp view);

  /// The tile that stands for a tensor or is loaded from it, before `user`. Null, reported, if there is none.
  mlir::Value tileOf(mlir::Value tensor, mlir::Operation *user, Bringing how = {});
  mlir::Value load(mlir::Value tensor, TileBuilder &builder, Bringing how);
  bool isTile(mlir::Value value) const { return mlir::isa<prog::TileType>(value.getType()) || tiles.contains(value); }
  std::optional<Bringing> demandOf(mlir::OpOperand &use);

  prog::FuncOp function;
  Lineage &lineage;
  llvm::DenseSet<mlir::Value> local, written;
  llvm::DenseMap<mlir::Value, mlir::Value> tiles;
  struct Loaded {
    mlir::Block *home;
    mlir::Value tensor;
    Bringing how;
    mlir::Value tile;
  };
  /// Of the blocks around; what is never written into is loaded once.
  std::vector<Loaded> loaded;
  std::vector<mlir::Operation *> loops;
  std::vector<mlir::Operation *> dead;
  std::vector<unsigned> outputs;
};

} // namespace pto::passes
