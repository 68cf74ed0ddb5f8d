// When a value is needed.
// Operations are numbered in the order of the text; one with regions when it is entered and again when it is left.
#include "compiler/passes/Lifetimes.h"
#include "compiler/dialect/program/OpRecord.h"
#include "compiler/passes/Effects.h"
#include "compiler/passes/Memref.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"

namespace pto::passes {

namespace {

using mlir::Operation;
using mlir::Value;

/// Nothing is written before all that it would destroy has been read.
bool mayWriteLate(Operation *op) {
  auto builtin = mlir::dyn_cast<prog::BuiltinOp>(op);
  return builtin && (sharingOf(builtin) || builtin.record().place == prog::Place::VecInPlace);
}

/// Read until the last element is written, whatever the operation may do in place.
bool isReadToTheEnd(mlir::OpOperand &use) {
  auto op = mlir::dyn_cast<prog::BuiltinOp>(use.getOwner());
  if (!op || op.record().place != prog::Place::VecInPlace || !prog::isShaped(use.get().getType()))
    return false;
  mlir::Type operand = use.get().getType(), result = op.getResult(0).getType();
  return prog::parameterOf(op, use.getOperandNumber()).role != prog::Role::In ||
         prog::shapeOf(operand) != prog::shapeOf(result) || prog::elementTypeOf(operand) != prog::elementTypeOf(result);
}

/// The branches around uses of the value of which only the second side has any.
llvm::SmallVector<prog::IfOp, 1> secondBranchesReading(Value value) {
  mlir::Region *home = value.getParentRegion();
  llvm::SmallSetVector<Operation *, 1> second;
  llvm::DenseSet<Operation *> first;
  for (Operation *user : value.getUsers()) {
    for (mlir::Region *region = user->getParentRegion(); region != home; region = region->getParentRegion())
      if (auto branch = mlir::dyn_cast<prog::IfOp>(region->getParentOp())) {
        if (region == &branch.getThenRegion())
          first.insert(branch);
        else
          second.insert(branch);
      }
  }
  llvm::SmallVector<prog::IfOp, 1> found;
  for (Operation *branch : second)
    if (!first.contains(branch))
      found.push_back(mlir::cast<prog::IfOp>(branch));
  return found;
}

template <typename Visit>
void number(mlir::Region &region, unsigned &next, Visit visit) {
  for (Operation &op : region.getOps()) {
    unsigned enter = next++;
    for (mlir::Region &inner : op.getRegions())
      number(inner, next, visit);
    visit(&op, enter, op.getNumRegions() ? next++ : enter);
  }
}

} // namespace

void Lifespan::add(Lifetime lifetime) {
  auto [begin, end] = lifetime;
  auto first = ends.upper_bound(begin);
  if (first != ends.begin() && std::prev(first)->second >= begin)
    begin = (--first)->first;
  auto last = first;
  for (; last != ends.end() && last->first <= end; ++last)
    end = std::max(end, last->second);
  ends.erase(first, last);
  ends.emplace(begin, end);
}

void Lifespan::add(const Lifespan &other) {
  for (auto [begin, end] : other.ends)
    add({begin, end});
}

bool Lifespan::overlaps(const Lifespan &other) const {
  if (ends.size() > other.ends.size())
    return other.overlaps(*this);
  return llvm::any_of(ends, [&](std::pair<unsigned, unsigned> mine) {
    auto behind = other.ends.lower_bound(mine.second);
    return behind != other.ends.begin() && std::prev(behind)->second > mine.first;
  });
}

Lifetimes::Lifetimes(prog::FuncOp function) {
  unsigned next = 1;
  number(function.getBody(), next, [&](Operation *op, unsigned enter, unsigned leave) {
    extents[op] = {enter, leave};
  });
  forEachValue(function, [&](Value value) { lifespans[value] = spanOf(value); });
}

Lifespan Lifetimes::spanOf(Value value) const {
  unsigned begin = beginOf(value), end = endOf(value, begin);
  Lifespan span;
  llvm::SmallVector<prog::IfOp, 1> branches = secondBranchesReading(value);
  llvm::sort(branches, [&](prog::IfOp left, prog::IfOp right) {
    return extents.find(left)->second.enter < extents.find(right)->second.enter;
  });
  for (prog::IfOp branch : branches) {
    Operation *first = &branch.getThenRegion().front().front(), *last = &branch.getThenRegion().front().back();
    bool isNeededAfter = end > 2 * extents.find(branch)->second.leave;
    unsigned enter = 2 * extents.find(first)->second.enter, leave = 2 * extents.find(last)->second.leave + 2;
    if (isNeededAfter || enter < begin)
      continue;
    span.add({begin, enter});
    begin = leave;
  }
  span.add({begin, end});
  return span;
}

unsigned Lifetimes::beginOf(Value value) const {
  if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(value)) {
    auto owner = extents.find(argument.getOwner()->getParentOp());
    return owner == extents.end() ? 0 : 2 * owner->second.enter + 1;
  }
  Operation *op = value.getDefiningOp();
  const Extent &extent = extents.find(op)->second;
  if (op->getNumRegions())
    return 2 * extent.leave + 1;
  return 2 * extent.enter + (mayWriteLate(op) ? 1 : 0);
}

unsigned Lifetimes::endOf(Value value, unsigned begin) const {
  mlir::Region *home = value.getParentRegion();
  // An operation's own write has to fit into the lifetime of a result that nobody reads.
  unsigned end = (begin | 1) + 1;
  for (mlir::OpOperand &use : value.getUses()) {
    Operation *user = use.getOwner();
    unsigned last = 2 * extents.find(user)->second.enter + (isReadToTheEnd(use) ? 2 : 1);
    for (mlir::Region *region = user->getParentRegion(); region != home; region = region->getParentRegion())
      if (mlir::isa<prog::ForOp, prog::WhileOp>(region->getParentOp()))
        last = 2 * extents.find(region->getParentOp())->second.leave + 1;
    end = std::max(end, last);
  }
  return end;
}

} // namespace pto::passes
