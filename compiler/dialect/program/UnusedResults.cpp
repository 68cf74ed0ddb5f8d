// What scopes and loops hand out and nobody uses.
// The later and the outer ones first: what they do not hand on, the others need not hand out.
#include "compiler/dialect/program/UnusedResults.h"
#include "compiler/dialect/program/Loops.h"
#include "compiler/dialect/program/Names.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/BitVector.h"

namespace pto::prog {

namespace {

/// The location for results, some of which are gone.
mlir::Location renamed(mlir::Operation *op, const llvm::BitVector &unused) {
  llvm::SmallVector<llvm::StringRef, 4> names;
  for (mlir::OpResult result : op->getResults())
    if (!unused.test(result.getResultNumber()))
      names.push_back(nameOf(result));
  return named(op->getLoc(), names);
}

llvm::SmallVector<mlir::Type, 4> typesWithout(mlir::Operation *op, const llvm::BitVector &unused) {
  llvm::SmallVector<mlir::Type, 4> types;
  for (mlir::OpResult result : op->getResults())
    if (!unused.test(result.getResultNumber()))
      types.push_back(result.getType());
  return types;
}

void replace(mlir::Operation *op, mlir::Operation *smaller, const llvm::BitVector &unused) {
  unsigned next = 0;
  for (mlir::OpResult result : op->getResults())
    if (!unused.test(result.getResultNumber()))
      result.replaceAllUsesWith(smaller->getResult(next++));
  op->erase();
}

mlir::Operation *without(ScopeOp scope, const llvm::BitVector &unused) {
  mlir::OpBuilder builder(scope);
  bool isTracked = scope.getTracked() && !unused.test(scope.getNumResults() - 1);
  auto smaller = builder.create<ScopeOp>(renamed(scope, unused), typesWithout(scope, unused), scope.getKind(),
                                         scope.getExtras(), scope.getExtraNamesAttr(), scope.getKeywords(), isTracked);
  mlir::Operation *yield = scope.getBody().front().getTerminator();
  llvm::BitVector yielded = unused;
  yielded.resize(yield->getNumOperands());
  yield->eraseOperands(yielded);
  smaller.getBody().takeBody(scope.getBody());
  replace(scope, smaller, unused);
  return smaller;
}

mlir::Operation *without(ForOp loop, const llvm::BitVector &unused) {
  llvm::SmallVector<mlir::Value, 4> inits;
  for (auto [i, init] : llvm::enumerate(loop.getInits()))
    if (!unused.test(static_cast<unsigned>(i)))
      inits.push_back(init);
  mlir::OpBuilder builder(loop);
  auto smaller = builder.create<ForOp>(renamed(loop, unused), typesWithout(loop, unused), loop.getKind(),
                                       loop.getLower(), loop.getUpper(), loop.getStep(), inits, loop.getKeywords());
  llvm::SmallVector<mlir::Operation *, 2> handsOn = leavesOf(loop);
  handsOn.push_back(loop.getBody().front().getTerminator());
  for (mlir::Operation *op : handsOn)
    if (op->getNumOperands())
      op->eraseOperands(unused);
  smaller.getBody().takeBody(loop.getBody());
  llvm::BitVector arguments(1);
  arguments.resize(unused.size() + 1);
  for (unsigned i : unused.set_bits())
    arguments.set(i + 1);
  smaller.getBody().front().eraseArguments(arguments);
  replace(loop, smaller, unused);
  return smaller;
}

mlir::Operation *withoutUnused(mlir::Operation *op) {
  auto loop = mlir::dyn_cast<ForOp>(op);
  auto scope = mlir::dyn_cast<ScopeOp>(op);
  llvm::BitVector unused(op->getNumResults());
  for (mlir::OpResult result : op->getResults())
    if (unsigned index = result.getResultNumber();
        result.use_empty() && (scope || (loop && loop.getInits()[index].getDefiningOp<UnsetOp>())))
      unused.set(index);
  if (unused.none())
    return op;
  return loop ? without(loop, unused) : without(scope, unused);
}

void drop(mlir::Block &block) {
  for (mlir::Operation *op = block.empty() ? nullptr : &block.back(); op; op = op->getPrevNode()) {
    op = withoutUnused(op);
    for (mlir::Region &region : op->getRegions())
      drop(region.front());
  }
}

} // namespace

void dropUnusedResults(FuncOp function) {
  drop(function.getBlock());
  function.walk([](UnsetOp op) {
    if (op->use_empty())
      op->erase();
  });
}

} // namespace pto::prog
