// Mutations of what orders the pipes: flags, barriers, buffer ids, signals.
#include "compiler/dialect/ops/Simt.h"
#include "compiler/dialect/ops/Sync.h"
#include "compiler/mutate/Mutator.h"
#include "compiler/sync/SyncOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace pto::ir;

namespace pto::mutate {

using sync::Operations;

// Those of pipes and cores, and the barriers of threads.
static Operations syncsOf(const Mutator &mutator) {
  Operations syncs = sync::syncsAmong(mutator.operations());
  llvm::copy_if(mutator.operations(), std::back_inserter(syncs), llvm::IsaPred<SyncthreadsOp>);
  return syncs;
}

void dropSync(Mutator &mutator) {
  for (Operation *op : syncsOf(mutator))
    mutator.change(op, "drop " + nameOf(op), [&](const Copy &copy) { copy.of(op)->erase(); });
}

void dropSyncPair(Mutator &mutator) {
  for (const Operations &sides : sync::sidesByToken(syncsOf(mutator))) {
    for (auto [first, second] : sync::pairsOf(sides))
      mutator.change(first, "drop " + nameOf(first) + " and " + nameOf(second), [&](const Copy &copy) {
        copy.of(first)->erase();
        copy.of(second)->erase();
      });
    mutator.change(sides.front(), "drop every " + nameOf(sides.front()) + " of its kind, and what belongs to it",
                   [&](const Copy &copy) {
                     for (Operation *op : sides)
                       copy.of(op)->erase();
                   });
  }
}

// Those that the vector core hands work to.
static constexpr Pipe pipes[] = {Pipe::V, Pipe::Mte2, Pipe::Mte3, Pipe::S};

// Each pipe that these operations name in the same attribute becomes each other pipe.
static void changePipes(Mutator &mutator, llvm::ArrayRef<Operation *> sides) {
  Operation *first = sides.front();
  std::string names = llvm::join(llvm::map_range(sides, nameOf), " and ");
  for (NamedAttribute attribute : first->getAttrDictionary()) {
    auto now = dyn_cast<PipeAttr>(attribute.getValue());
    if (!now)
      continue;
    for (Pipe pipe : pipes)
      if (pipe != now.getValue())
        mutator.change(first, "let " + names + " name " + stringifyPipe(pipe) + " for " + stringifyPipe(now.getValue()),
                       [&](const Copy &copy) {
                         for (Operation *side : sides)
                           copy.of(side)->setAttr(attribute.getName(), PipeAttr::get(side->getContext(), pipe));
                       });
  }
}

// Adds one to the value that an operand has when the operation is executed.
static void addOne(Operation *op, OpOperand &operand) {
  OpBuilder builder(op);
  Value one = builder.create<arith::ConstantIndexOp>(op->getLoc(), 1);
  operand.set(builder.create<arith::AddIOp>(op->getLoc(), operand.get(), one));
}

void retargetSync(Mutator &mutator) {
  for (const Operations &sides : sync::sidesByToken(syncsOf(mutator)))
    for (auto [first, second] : sync::pairsOf(sides))
      changePipes(mutator, {first, second});
  for (Operation *op : syncsOf(mutator)) {
    changePipes(mutator, {op});
    llvm::TypeSwitch<Operation *>(op)
        .Case<SetFlagOp, WaitFlagOp>([&](auto flag) {
          Event next =
              static_cast<Event>((static_cast<uint32_t>(flag.getEventId()) + 1) % (getMaxEnumValForEvent() + 1));
          mutator.change(op, "let " + nameOf(op) + " name " + stringifyEvent(next),
                         [&](const Copy &copy) { cast<decltype(flag)>(copy.of(op)).setEventId(next); });
        })
        .Case<SetFlagDynOp, WaitFlagDynOp>([&](auto flag) {
          mutator.change(op, "let " + nameOf(op) + " name the next event",
                         [&](const Copy &copy) { addOne(copy.of(op), copy.of(op)->getOpOperand(0)); });
        })
        .Case<GetBufOp, RlsBufOp>([&](auto buffer) {
          mutator.change(
              op, "let " + nameOf(op) + " name buffer id " + llvm::Twine(buffer.getBufId() + 1),
              [&](const Copy &copy) { cast<decltype(buffer)>(copy.of(op)).setBufId(buffer.getBufId() + 1); });
        })
        .Case([&](MemBarOp barrier) {
          for (uint32_t kind = 0; kind <= getMaxEnumValForMemBar(); ++kind)
            mutator.change(op, "make " + nameOf(op) + " " + stringifyMemBar(static_cast<MemBar>(kind)),
                           [&](const Copy &copy) { cast<MemBarOp>(copy.of(op)).setKind(static_cast<MemBar>(kind)); });
        });
  }
}

// The nearest operation before it or after it that does something: what is only computed is ordered by nothing.
static Operation *neighbour(Operation *op, bool isBefore) {
  auto step = [&](Operation *from) { return isBefore ? from->getPrevNode() : from->getNextNode(); };
  Operation *found = step(op);
  while (found && isMemoryEffectFree(found) && !found->hasTrait<OpTrait::IsTerminator>())
    found = step(found);
  return found && !found->hasTrait<OpTrait::IsTerminator>() ? found : nullptr;
}

void moveSync(Mutator &mutator) {
  for (Operation *op : syncsOf(mutator)) {
    Operation *before = sync::isWait(op) ? nullptr : neighbour(op, true);
    Operation *after = sync::isRelease(op) ? nullptr : neighbour(op, false);
    if (before)
      mutator.change(op, "move " + nameOf(op) + " before " + nameOf(before),
                     [&](const Copy &copy) { copy.of(op)->moveBefore(copy.of(before)); });
    if (after)
      mutator.change(op, "move " + nameOf(op) + " after " + nameOf(after),
                     [&](const Copy &copy) { copy.of(op)->moveAfter(copy.of(after)); });
  }
}

void swapSync(Mutator &mutator) {
  for (Operation *op : syncsOf(mutator)) {
    Operation *next = neighbour(op, false);
    if (next && !sync::syncsAmong(next).empty())
      mutator.change(op, "swap " + nameOf(op) + " and " + nameOf(next),
                     [&](const Copy &copy) { copy.of(next)->moveBefore(copy.of(op)); });
  }
}

} // namespace pto::mutate
