// Which values have to lie in one place.
// Views and changes in place lie where their operand lies, a loop's values where its initial value lies, both branches'
// values where the branch's result lies. Where that would destroy what is still needed, a copy has to be made.
#pragma once

#include "compiler/passes/Lifetimes.h"

namespace pto::passes {

/// An operand that cannot lie where it has to: the value has to be copied first.
struct Conflict {
  mlir::Operation *user;
  unsigned operand;
};

class Storage {
public:
  explicit Storage(prog::FuncOp function);

  /// Stands for all values in one place; the first of them in the program.
  mlir::Value placeOf(mlir::Value value) const;
  /// Those of one operation, the first in the program that has any; empty if all is well.
  llvm::ArrayRef<Conflict> conflicts() const { return found; }

private:
  void unite(mlir::Operation *op);
  void share(mlir::Operation *op);
  void join(mlir::Value left, mlir::Value right);
  /// False if the two are needed at the same time.
  bool tryJoin(mlir::Value left, mlir::Value right);
  bool isLastWrite(mlir::Value value, mlir::Value place, mlir::Operation *user) const;
  void require(mlir::Value place, mlir::Operation *user, unsigned operand);
  void handOver(mlir::Operation *from, mlir::ValueRange places);

  Lifetimes lifetimes;
  llvm::DenseMap<mlir::Value, mlir::Value> places;
  llvm::DenseMap<mlir::Value, llvm::SmallVector<mlir::Value, 2>> members;
  llvm::SmallVector<Conflict, 2> found;
};

} // namespace pto::passes
