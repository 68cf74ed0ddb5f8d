// Which values have to lie in one place.
// Views and changes in place lie where their operand lies, a loop's values where its initial value lies, both branches'
// values where the branch's result lies. Where that would destroy what is still needed, a copy has to be made.
#pragma once

#include "compiler/passes/Lifetimes.h"
#include "llvm/ADT/MapVector.h"
#include <deque>

namespace pto::passes {

/// An operand that cannot lie where it has to: the value has to be copied first.
struct Conflict {
  mlir::Operation *user;
  unsigned operand;
};

class Storage {
public:
  explicit Storage(prog::FuncOp function);

  /// Stands for all values in one place.
  mlir::Value placeOf(mlir::Value value) const { return places.lookup(value)->name; }
  using Conflicts = llvm::SmallVector<Conflict, 2>;
  /// Of each operation that gives rise to any and can be settled without the others; empty if all is well.
  const llvm::MapVector<mlir::Operation *, Conflicts> &conflicts() const { return found; }

private:
  void unite(mlir::Operation *op);
  void share(mlir::Operation *op);
  void join(mlir::Value left, mlir::Value right);
  /// False if the two are needed at the same time.
  bool tryJoin(mlir::Value left, mlir::Value right);
  bool isLastWrite(mlir::Value value, mlir::Value place, mlir::Operation *user) const;
  /// `cause` is the operation that asks for it.
  void require(mlir::Value place, mlir::Operation *user, unsigned operand, mlir::Operation *cause);
  void handOver(mlir::Operation *from, mlir::ValueRange places, mlir::Operation *cause);

  struct Place {
    mlir::Value name;
    llvm::SmallVector<mlir::Value, 2> members;
    Lifespan needed;
  };

  Lifetimes lifetimes;
  std::deque<Place> all;
  llvm::DenseMap<mlir::Value, Place *> places;
  llvm::MapVector<mlir::Operation *, Conflicts> found;
};

} // namespace pto::passes
