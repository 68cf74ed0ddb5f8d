// Which values have to lie in one place.
// Sharing within straight code is settled first, because what loops and branches hand on depends on it.
#include "compiler/passes/Storage.h"
#include "compiler/dialect/program/Loops.h"
#include "compiler/dialect/program/OpTable.h"
#include "compiler/passes/Effects.h"
#include "compiler/passes/Memref.h"

namespace pto::passes {

using prog::operator""_op;

namespace {

using mlir::Operation;
using mlir::Value;

bool isTile(Value value) {
  return mlir::isa<prog::TileType>(value.getType());
}

} // namespace

Storage::Storage(prog::FuncOp function) : lifetimes(function) {
  forEachValue(function, [&](Value value) {
    Place &place = all.emplace_back(Place{value, {value}, {}});
    place.needed.add(lifetimes.of(value));
    places[value] = &place;
  });
  // What is one place whatever else happens, then what should be, the inner blocks first.
  function.getBody().walk<mlir::WalkOrder::PreOrder>([&](Operation *op) { unite(op); });
  function.getBody().walk<mlir::WalkOrder::PreOrder>([&](prog::BuiltinOp op) {
    std::optional<Sharing> sharing = sharingOf(op);
    if (sharing && sharing->overwrites && !sharing->isIntended)
      require(op.getResult(0), op, 0, op);
  });
  if (!found.empty())
    return;
  // A loop or branch around one with a conflict depends on how that is settled.
  llvm::DenseSet<Operation *> unsettled;
  function.getBody().walk<mlir::WalkOrder::PostOrder>([&](Operation *op) {
    if (!unsettled.contains(op))
      share(op);
    if (found.contains(op) || unsettled.contains(op))
      unsettled.insert(op->getParentOp());
  });
}

void Storage::join(Value left, Value right) {
  Place *kept = places.lookup(left), *gone = places.lookup(right);
  if (kept == gone)
    return;
  if (kept->members.size() < gone->members.size()) {
    std::swap(kept->name, gone->name);
    std::swap(kept, gone);
  }
  for (Value value : gone->members)
    places[value] = kept;
  kept->members.append(gone->members);
  kept->needed.add(gone->needed);
  *gone = {};
}

bool Storage::tryJoin(Value left, Value right) {
  const Place *one = places.lookup(left), *other = places.lookup(right);
  if (one == other)
    return true;
  if (one->needed.overlaps(other->needed))
    return false;
  auto memoryOf = [](Value value) { return mlir::cast<prog::TileType>(value.getType()).getMemory(); };
  if (memoryOf(left) != memoryOf(right))
    return false;
  join(left, right);
  return true;
}

/// A copy right before a break or continue. What the rest of the round reads there is not reached from here, although
/// it stands further down, so that lifetimes would not allow it.
bool Storage::isLastWrite(Value value, Value place, Operation *user) const {
  auto copy = value.getDefiningOp<prog::BuiltinOp>();
  if (!mlir::isa<prog::BreakOp, prog::ContinueOp>(user) || !copy || !copy.is("tile.move"_op) ||
      copy->getBlock() != user->getBlock() || !value.hasOneUse())
    return false;
  for (Operation *op = copy->getNextNode(); op != user; op = op->getNextNode())
    if (op->getNumRegions() ||
        llvm::any_of(op->getOperands(), [&](Value read) { return placeOf(read) == placeOf(place); }))
      return false;
  return llvm::none_of(user->getOperands(),
                       [&](Value handed) { return handed != value && placeOf(handed) == placeOf(place); });
}

void Storage::require(Value place, Operation *user, unsigned operand, Operation *cause) {
  Value value = user->getOperand(operand);
  if (isTile(value)) {
    if (isLastWrite(value, place, user))
      join(place, value);
    else if (!tryJoin(value, place))
      found[cause].push_back({user, operand});
    return;
  }
  // A tensor cannot be copied: of those that a branch or a round may hand on, the first names the place.
  // What a loop sets before anybody reads it starts nowhere: the round's own tensor names the place.
  auto around = mlir::dyn_cast_if_present<prog::ForOp>(user->getParentOp());
  bool isOwn = mlir::isa<prog::YieldOp>(user) && around && around.getInits()[operand].getDefiningOp<prog::UnsetOp>();
  bool isInitial = mlir::isa<prog::ForOp, prog::WhileOp>(user);
  bool isFirst = mlir::isa<prog::IfOp>(user->getParentOp()) && places.lookup(place)->members.size() == 1;
  if (isInitial || isFirst || isOwn)
    join(value, place);
}

void Storage::handOver(Operation *from, mlir::ValueRange handed, Operation *cause) {
  for (unsigned i = 0; i < from->getNumOperands(); ++i)
    require(handed[i], from, i, cause);
}

void Storage::unite(Operation *op) {
  if (auto builtin = mlir::dyn_cast<prog::BuiltinOp>(op)) {
    std::optional<Sharing> sharing = sharingOf(builtin);
    if (sharing && (!sharing->overwrites || sharing->isIntended))
      join(sharing->operand, builtin.getResult(0));
  } else if (auto scope = mlir::dyn_cast<prog::ScopeOp>(op)) {
    for (auto [result, value] : llvm::zip(op->getResults(), scope.getBody().front().back().getOperands()))
      join(value, result);
  } else if (auto counted = mlir::dyn_cast<prog::ForOp>(op)) {
    for (auto [argument, result] : llvm::zip(counted.getCarried(), op->getResults()))
      join(argument, result);
  } else if (auto conditional = mlir::dyn_cast<prog::WhileOp>(op)) {
    for (auto [asked, argument, result] :
         llvm::zip(conditional.getCondition().getArguments(), conditional.getBody().getArguments(), op->getResults())) {
      join(argument, asked);
      join(argument, result);
    }
  }
}

void Storage::share(Operation *op) {
  if (auto branch = mlir::dyn_cast<prog::IfOp>(op)) {
    for (mlir::Region *region : {&branch.getThenRegion(), &branch.getElseRegion()})
      handOver(&region->front().back(), op->getResults(), op);
    return;
  }
  auto counted = mlir::dyn_cast<prog::ForOp>(op);
  auto conditional = mlir::dyn_cast<prog::WhileOp>(op);
  if (!counted && !conditional)
    return;
  mlir::ValueRange carried =
      counted ? mlir::ValueRange(counted.getCarried()) : mlir::ValueRange(conditional.getBody().getArguments());
  for (unsigned i = 0; i < carried.size(); ++i)
    require(carried[i], op, i + (counted ? 3 : 0), op);
  if (found.contains(op))
    return;
  handOver(&(counted ? counted.getBody() : conditional.getBody()).front().back(), carried, op);
  for (Operation *leave : prog::leavesOf(op))
    handOver(leave, carried, op);
}

} // namespace pto::passes
