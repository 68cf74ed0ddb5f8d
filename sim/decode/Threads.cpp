// Launches of threads, and what their functions become: branches and loops that leave out lanes.
#include "compiler/dialect/ops/Simt.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "sim/decode/Decoder.h"
#include "sim/ops/threads/Shuffle.h"
#include "sim/ops/threads/Slot.h"
#include "sim/run/Control.h"
#include "sim/run/ThreadControl.h"
#include "sim/run/ThreadUnit.h"

using namespace mlir;

namespace pto::sim {

// Launches.

static void emitLaunch(Decoder &decoder, Operation *op, FunctionOpInterface entry, ValueRange dims,
                       ValueRange arguments) {
  ThreadLaunch launch{decoder.entryOf(entry), {}, {}};
  for (auto [slot, dim] : llvm::zip_equal(launch.dims, dims))
    slot = decoder.slot(dim);
  for (Value argument : arguments)
    launch.arguments.push_back(decoder.slot(argument));
  decoder.emit(op, *opTables().core.find("pto.simt_launch", "", LaneType::None)).carry(decoder.keep(std::move(launch)));
}

static void decodeLaunch(Decoder &decoder, Operation *op) {
  auto launch = cast<ir::SimtLaunchOp>(op);
  emitLaunch(decoder, op, SymbolTable::lookupNearestSymbolFrom<FunctionOpInterface>(op, launch.getCalleeAttr()),
             {launch.getDimX(), launch.getDimY(), launch.getDimZ()}, launch.getArguments());
}

void decodeConfiguredLaunch(Decoder &decoder, Operation *call, FunctionOpInterface entry) {
  if (decoder.entry)
    return decoder.refuse(call, "func.call of the SIMT entry @" + entry.getName() +
                                    " in a function of threads is not simulated");
  auto configuration = cast_or_null<ir::StoreVfsimtInfoOp>(ir::configurationOf(call));
  if (!configuration)
    return decoder.refuse(call, "func.call of the SIMT entry @" + entry.getName() +
                                    " with no pto.store_vfsimt_info in the same function is not simulated");
  // Another one that may come after it, as the turn of a loop or a branch has it, decides only when the kernel runs.
  WalkResult walk = configuration->getBlock()->getParentOp()->walk([&](ir::StoreVfsimtInfoOp other) {
    return other->getBlock() == configuration->getBlock() ? WalkResult::advance() : WalkResult::interrupt();
  });
  if (walk.wasInterrupted())
    return decoder.refuse(call, "func.call of the SIMT entry @" + entry.getName() +
                                    " is not simulated where more than one pto.store_vfsimt_info may have said the "
                                    "threads; use pto.simt_launch");
  emitLaunch(decoder, call, entry, {configuration.getDimX(), configuration.getDimY(), configuration.getDimZ()},
             call->getOperands());
}

void addLaunches(DecodeTable &table) {
  table["pto.simt_launch"] = decodeLaunch;
  // Calls look for it.
  table["pto.store_vfsimt_info"] = [](Decoder &, Operation *) {};
}

// Control flow.

namespace {

/// An instruction that goes somewhere which is not known yet.
class Forward {
public:
  Forward(Decoder &decoder, Operation *op, const Code &code, uint32_t mask, std::optional<Value> condition)
      : decoder(decoder), mask(mask) {
    uint32_t operand = condition ? decoder.slot(*condition) : 0;
    from = decoder.position();
    decoder.emit(op, code).operand[0] = operand;
  }
  void land() { decoder.at(from).carry(threads::Branch{int32_t(decoder.position() - from), mask}); }

private:
  Decoder &decoder;
  uint32_t mask;
  size_t from;
};

} // namespace

static void emitJoin(Decoder &decoder, Operation *op, const Code &code, uint32_t mask) {
  decoder.emit(op, code).carry(threads::Branch{0, mask});
}

static llvm::SmallVector<uint32_t> slotsOf(Decoder &decoder, ValueRange values) {
  return llvm::map_to_vector(values, [&](Value value) { return decoder.slot(value); });
}

// split; then; copies; splitElse; else; copies; join
static void decodeIf(Decoder &decoder, Operation *op) {
  auto branch = cast<scf::IfOp>(op);
  llvm::SmallVector<uint32_t> results = slotsOf(decoder, branch.getResults());
  auto decodeArm = [&](Block &arm) {
    decoder.decodeBody(arm);
    decoder.emitCopies(op, arm.getTerminator()->getOperands(), results);
  };
  uint32_t mask = decoder.entry->maskCount++;
  Forward split(decoder, op, threads::split, mask, branch.getCondition());
  decodeArm(*branch.thenBlock());
  split.land();
  if (branch.elseBlock()) {
    Forward splitElse(decoder, op, threads::splitElse, mask, branch.getCondition());
    decodeArm(*branch.elseBlock());
    splitElse.land();
  }
  emitJoin(decoder, op, threads::join, mask);
}

// copies: iter args <- inits; enter; body; copies: iter args <- yielded; step back to the body; join
static void decodeFor(Decoder &decoder, Operation *op) {
  auto loop = cast<scf::ForOp>(op);
  std::optional<ScalarType> type = scalarType(loop.getInductionVar().getType());
  llvm::SmallVector<uint32_t> carried = slotsOf(decoder, loop.getRegionIterArgs());
  decoder.emitCopies(op, loop.getInitArgs(), carried);
  std::array<uint32_t, 4> bounds = {decoder.slot(loop.getLowerBound()), decoder.slot(loop.getUpperBound()),
                                    decoder.slot(loop.getStep()), 0};
  std::array<uint32_t, 2> variable = {decoder.slot(loop.getInductionVar()), 0};
  uint32_t mask = decoder.entry->maskCount++;
  auto emitEnd = [&](const Code &code) {
    Instruction &end = decoder.emit(op, code);
    end.operand = bounds;
    end.result = variable;
    return decoder.position() - 1;
  };
  auto land = [&](size_t from, size_t to) {
    threads::Branch branch{int32_t(int64_t(to) - int64_t(from)), mask};
    decoder.at(from).carry(decoder.keep(threads::Loop{branch, type ? type->bits : 64}));
  };
  size_t enter = emitEnd(threads::enterLoop);
  decoder.decodeBody(*loop.getBody());
  decoder.emitCopies(op, cast<scf::YieldOp>(loop.getBody()->getTerminator()).getResults(), carried);
  land(emitEnd(threads::stepLoop), enter + 1);
  land(enter, decoder.position());
  emitJoin(decoder, op, threads::join, mask);
  decoder.noteLoop(enter, op);
  for (auto [result, slot] : llvm::zip_equal(loop.getResults(), carried))
    decoder.bind(result, slot);
}

// copies: before args <- inits; keep lanes; before; copies; leave unless the condition holds; after; copies back; jump
// to before; join
static void decodeWhile(Decoder &decoder, Operation *op) {
  auto loop = cast<scf::WhileOp>(op);
  Block &before = *loop.getBeforeBody(), &after = *loop.getAfterBody();
  llvm::SmallVector<uint32_t> beforeArgs = slotsOf(decoder, before.getArguments());
  llvm::SmallVector<uint32_t> afterArgs = slotsOf(decoder, after.getArguments());
  decoder.emitCopies(op, loop.getInits(), beforeArgs);
  uint32_t mask = decoder.entry->maskCount++;
  emitJoin(decoder, op, threads::keepLanes, mask);
  size_t begin = decoder.position();
  decoder.decodeBody(before);
  scf::ConditionOp condition = loop.getConditionOp();
  decoder.emitCopies(op, condition.getArgs(), afterArgs);
  Forward leave(decoder, op, threads::leaveUnless, mask, condition.getCondition());
  decoder.decodeBody(after);
  decoder.emitCopies(op, loop.getYieldOp().getResults(), beforeArgs);
  decoder.emit(op, threads::jump).carry(control::Jump{int32_t(int64_t(begin) - int64_t(decoder.position()) + 1)});
  leave.land();
  emitJoin(decoder, op, threads::join, mask);
  decoder.noteLoop(begin, op);
  for (auto [result, slot] : llvm::zip_equal(loop.getResults(), afterArgs))
    decoder.bind(result, slot);
}

// What lanes tell each other, and keep.

static void decodeShuffle(Decoder &decoder, Operation *op) {
  if (Instruction *added = decoder.emitPlain(op, decoder.lookUp(op)))
    added->carry(ShuffleWidth{uint32_t(op->getAttrOfType<IntegerAttr>("width").getInt())});
}

static void decodeRedux(Decoder &decoder, Operation *op) {
  auto signedness = op->getAttrOfType<StringAttr>("signedness");
  Type type = op->getOperand(0).getType();
  decoder.emitPlain(op, decoder.lookUp(op, signedness               ? signedness.getValue()
                                           : isa<IntegerType>(type) ? "unsigned"
                                                                    : text(type)));
}

template <class Op>
static void decodeSlot(Decoder &decoder, Operation *op) {
  Type type = op->getNumResults() ? op->getResult(0).getType() : op->getOperand(0).getType();
  if (Instruction *added = decoder.emitPlain(op, decoder.lookUp(op)))
    added->carry(
        KeptSlot{uint32_t(cast<Op>(op).getSlot()), uint16_t(type.getIntOrFloatBitWidth()), !isa<IntegerType>(type)});
}

void addThreadOps(DecodeTable &table) {
  for (llvm::StringRef terminator : {"func.return", "scf.yield", "scf.condition"})
    table[terminator] = [](Decoder &, Operation *) {};
  table["scf.for"] = decodeFor;
  table["scf.if"] = decodeIf;
  table["scf.while"] = decodeWhile;
  table["func.call"] = decodeCall;
  for (llvm::StringRef op : {"pto.shuffle_idx", "pto.shuffle_up", "pto.shuffle_down", "pto.shuffle_bfly"})
    table[op] = decodeShuffle;
  for (llvm::StringRef op : {"pto.redux_add", "pto.redux_max", "pto.redux_min"})
    table[op] = decodeRedux;
  table["pto.keep"] = decodeSlot<ir::KeepOp>;
  table["pto.resume"] = decodeSlot<ir::ResumeOp>;
  table["pto.syncthreads"] = [](Decoder &decoder, Operation *op) {
    decoder.entry->hasBarrier = true;
    decoder.emitPlain(op, decoder.lookUp(op));
  };
}

} // namespace pto::sim
