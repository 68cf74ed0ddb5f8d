// Mutations of what orders the pipes: flags, barriers, buffer ids, signals.
#include "compiler/dialect/ops/Sync.h"
#include "compiler/mutate/Mutator.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include <map>

using namespace mlir;
using namespace pto::ir;

namespace pto::mutate {

// One of two that belong together lets others go on: it can come too early. The other one waits: it can come too late.
static bool isRelease(Operation *op) {
  return isa<SetFlagOp, SetFlagDynOp, RlsBufOp, SyncSetOp, SetIntraBlockOp>(op);
}
static bool isWait(Operation *op) {
  return isa<WaitFlagOp, WaitFlagDynOp, GetBufOp, SyncWaitOp, WaitIntraBlockOp>(op);
}
static bool isSync(Operation *op) {
  return isRelease(op) || isWait(op) || isa<BarrierOp, MemBarOp>(op);
}

using Operations = llvm::SmallVector<Operation *, 0>;

static Operations syncsOf(const Mutator &mutator) {
  return llvm::to_vector<0>(llvm::make_filter_range(mutator.operations(), isSync));
}

void dropSync(Mutator &mutator) {
  for (Operation *op : syncsOf(mutator))
    mutator.change(op, "drop " + nameOf(op), [&](const Copy &copy) { copy.of(op)->erase(); });
}

// What the two sides of a flag, of a buffer id or of a signal have in common.
static std::string tokenOf(Operation *op) {
  std::string token;
  llvm::raw_string_ostream os(token);
  llvm::TypeSwitch<Operation *>(op)
      .Case<SetFlagOp, WaitFlagOp>(
          [&](auto flag) { os << flag.getSrcPipeAttr() << flag.getDstPipeAttr() << flag.getEventIdAttr(); })
      .Case<SetFlagDynOp, WaitFlagDynOp>([&](auto flag) {
        os << flag.getSrcPipeAttr() << flag.getDstPipeAttr() << flag.getEventId().getAsOpaquePointer();
      })
      .Case<GetBufOp, RlsBufOp>([&](auto buffer) { os << "buffer" << buffer.getOpTypeAttr() << buffer.getBufId(); })
      .Case<SyncSetOp, SyncWaitOp, SetIntraBlockOp, WaitIntraBlockOp>([&](auto signal) {
        os << "signal" << signal.getEventIdAttr() << signal.getEventIdDyn().getAsOpaquePointer();
      });
  return token;
}

// All sides of one token after another.
static llvm::SmallVector<Operations, 0> sidesByToken(const Mutator &mutator) {
  llvm::MapVector<std::string, Operations, std::map<std::string, unsigned>> byToken;
  for (Operation *op : syncsOf(mutator))
    if (isRelease(op) || isWait(op))
      byToken[tokenOf(op)].push_back(op);
  return llvm::to_vector<0>(llvm::make_second_range(byToken));
}

// Two of one token that follow each other and are of different kinds are taken for a pair.
static std::vector<std::pair<Operation *, Operation *>> pairsOf(llvm::ArrayRef<Operation *> sides) {
  std::vector<std::pair<Operation *, Operation *>> pairs;
  for (size_t i = 0; i + 1 < sides.size(); ++i)
    if (sides[i]->getName() != sides[i + 1]->getName())
      pairs.push_back({sides[i], sides[i + 1]});
  return pairs;
}

void dropSyncPair(Mutator &mutator) {
  for (const Operations &sides : sidesByToken(mutator)) {
    for (auto [first, second] : pairsOf(sides))
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
  for (const Operations &sides : sidesByToken(mutator))
    for (auto [first, second] : pairsOf(sides))
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
    Operation *before = isWait(op) ? nullptr : neighbour(op, true);
    Operation *after = isRelease(op) ? nullptr : neighbour(op, false);
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
    if (next && isSync(next))
      mutator.change(op, "swap " + nameOf(op) + " and " + nameOf(next),
                     [&](const Copy &copy) { copy.of(next)->moveBefore(copy.of(op)); });
  }
}

} // namespace pto::mutate
