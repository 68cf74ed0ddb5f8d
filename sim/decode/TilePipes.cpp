// Pipes between the cube core and the vector cores of a cluster: what a push, a pop and a free become. A slot is the
// next one in turn; two semaphores count those that are full and those that are free again.
#include "compiler/dialect/Ops.h"
#include "compiler/dialect/tile/Exchange.h"
#include "sim/decode/Tiles.h"
#include "sim/machine/Semaphores.h"
#include "sim/ops/tiles/Slots.h"
#include "sim/run/Control.h"

using namespace mlir;

namespace pto::sim {

namespace {

enum Split : int8_t { whole = 0, byRows = 1, byColumns = 2 };

/// Where the other core reserved memory, or this one.
ir::ReserveBufferOp reserved(func::FuncOp function, StringRef name) {
  ir::ReserveBufferOp found;
  function.walk([&](ir::ReserveBufferOp reserve) {
    if (reserve.getName() == name)
      found = reserve;
  });
  return found;
}

uint64_t addressOf(Decoder &decoder, ir::ReserveBufferOp reserve) {
  auto [known, isNew] = decoder.reserved.try_emplace(reserve, 0);
  if (isNew)
    known->second = reserve.getBase()
                        ? *reserve.getBase()
                        : decoder.allocate(memorySpace(reserve.getLocation().getValue()), reserve.getSize());
  return known->second;
}

void decodeReserve(Decoder &decoder, Operation *op) {
  auto reserve = cast<ir::ReserveBufferOp>(op);
  decoder.presetScalar(reserve.getAddr(), addressOf(decoder, reserve));
}

void decodeImport(Decoder &decoder, Operation *op) {
  auto import = cast<ir::ImportReservedBufferOp>(op);
  auto peer = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(op, import.getPeerFuncAttr());
  ir::ReserveBufferOp reserve = peer ? reserved(peer, import.getName()) : ir::ReserveBufferOp();
  if (!reserve)
    return decoder.refuse(op, "pto.import_reserved_buffer of '" + import.getName() + "', which @" +
                                  import.getPeerFunc() + " does not reserve, is not simulated");
  decoder.presetScalar(import.getAddr(), addressOf(decoder, reserve));
}

template <class Op, CoreKind Kind>
void decodeInitialize(Decoder &decoder, Operation *op) {
  auto init = cast<Op>(op);
  int32_t id = int32_t(init.getId().value_or(0));
  auto mask = int8_t(init.getDirMask());
  PipeEnd end{.slotBytes = init.getSlotSize(), .slots = init.getSlotNum().value_or(mask == 3 ? 4 : 8), .localSlots = 0};
  if (init.getGmSlotTensor())
    return decoder.refuse(op, op->getName().getStringRef() + " with slots in a tensor is not simulated");
  // Only the A5 hands tiles on without a way through global memory.
  if (init.getGmSlotBuffer())
    end.gm = decoder.slot(init.getGmSlotBuffer());
  else if (decoder.arch().name != defaultArch().name)
    return decoder.refuse(op, op->getName().getStringRef() + " without gm_slot_buffer on " + decoder.arch().name +
                                  " is not simulated");
  if (Value buffer = init.getC2vConsumerBuf())
    end.toVector = decoder.slot(buffer);
  if (Value buffer = init.getV2cConsumerBuf())
    end.toCube = decoder.slot(buffer);
  // There, the slots to the cube core come behind the others.
  end.toCubeInGm = mask == 3 ? uint64_t(end.slots) * end.slotBytes : 0;
  end.localSlots = init.getLocalSlotNum().value_or(end.slots);
  end.pushed = decoder.newScalar(), end.popped = decoder.newScalar();
  for (uint32_t counter : {end.pushed, end.popped})
    emitCopy(decoder, op, decoder.constant(0), counter);
  std::optional<unsigned> semaphores = decoder.pipeSemaphores(id, mask == 3 ? 4 : 2);
  if (!semaphores)
    return decoder.refuse(op, "pipes that need more than " + llvm::Twine(Semaphores::perVectorCore) +
                                  " signals are not simulated");
  // Of each direction: that a slot is full, that one is free.
  end.semaphoresToVector = *semaphores;
  end.semaphoresToCube = *semaphores + (mask == 3 ? 2 : 0);
  decoder.pipes[{Kind, id}] = end;
}

PipeEnd *endOf(Decoder &decoder, Operation *op, CoreKind kind, std::optional<uint32_t> id) {
  auto found = decoder.pipes.find({kind, int32_t(id.value_or(0))});
  if (found != decoder.pipes.end())
    return &found->second;
  decoder.refuse(op, op->getName().getStringRef() + " of a pipe that is not initialized before it is not simulated");
  return nullptr;
}

/// Signals go to, or come from, both vector cores where a tile is split.
void emitSignals(Decoder &decoder, Operation *op, CoreKind kind, bool isSplit, StringRef like, Pipe pipe,
                 unsigned semaphore) {
  emitOrder(decoder, op, like, Signal{pipe, semaphore});
  if (kind == CoreKind::Cube && isSplit)
    emitOrder(decoder, op, like, Signal{pipe, semaphore + Semaphores::perVectorCore});
}

/// A tile's registers that only this operation uses, but for the base.
TileOperand newTile(Decoder &decoder, Operation *op, TileForm form, int64_t rows, int64_t columns) {
  TileOperand tile{decoder.newScalars(tileRegisters), form};
  emitCopy(decoder, op, decoder.constant(uint64_t(rows)), tile.at(TileRegister::Rows));
  emitCopy(decoder, op, decoder.constant(uint64_t(columns)), tile.at(TileRegister::Columns));
  return tile;
}

/// The slot that is next, and, of a push, a wait for it where it was used before.
void emitNextSlot(Decoder &decoder, Operation *op, SlotForm form, CoreKind kind, bool isSplit, Pipe pipe,
                  std::optional<unsigned> freed) {
  form.mustWait = decoder.newScalar();
  decoder.emit(op, tiles::nextSlot).carry(decoder.keep(form));
  if (!freed)
    return;
  size_t test = decoder.position();
  decoder.emit(op, control::jumpUnless).operand[0] = form.mustWait;
  emitSignals(decoder, op, kind, isSplit, "pto.sync.wait", pipe, *freed);
  decoder.at(test).carry(control::Jump{int32_t(decoder.position() - test)});
}

bool checkSplit(Decoder &decoder, Operation *op, int8_t split) {
  if (split <= byColumns)
    return true;
  decoder.refuse(op, op->getName().getStringRef() + " with split = " + llvm::Twine(int(split)) + " is not simulated");
  return false;
}

template <class Op, CoreKind Kind>
void decodePush(Decoder &decoder, Operation *op) {
  auto push = cast<Op>(op);
  auto split = int8_t(push.getSplit());
  auto type = dyn_cast<ir::TileBufType>(push.getEntry().getType());
  PipeEnd *end = endOf(decoder, op, Kind, push.getId());
  if (!type)
    return decoder.refuse(op, op->getName().getStringRef() + " of a view is not simulated");
  if (!end || !checkSplit(decoder, op, split))
    return;
  decoder.splitsPipes |= split != whole;
  constexpr bool toVector = Kind == CoreKind::Cube;
  TileOperand source = operandOf(decoder, op, push.getEntry());
  Pipe pipe = toVector ? Pipe::Fix : Pipe::Mte3;
  unsigned full = toVector ? end->semaphoresToVector : end->semaphoresToCube;
  SlotForm slot{.counter = end->pushed, .slotBytes = end->slotBytes, .slots = end->slots, .tile = source};
  slot.split = SlotSplit(split);
  if (end->gm) {
    // All of the tile, row by row; of a split one, each vector core writes its part.
    slot.base = *end->gm, slot.view = decoder.newScalars(ViewRegisters::count);
    slot.isPartOfSlot = !toVector;
    slot.firstByte = toVector ? 0 : end->toCubeInGm;
    emitNextSlot(decoder, op, slot, Kind, split != whole, pipe, full + 1);
    emitTileOp(decoder, op, tiles::store(pipe), TransferForm{source, *slot.view});
  } else {
    std::optional<uint32_t> buffer = toVector ? end->toVector : end->toCube;
    if (!buffer)
      return decoder.refuse(op,
                            op->getName().getStringRef() + " through a pipe without memory for it is not simulated");
    // On a vector core the rows of the other one come before or after its own.
    TileForm form = source.form;
    int64_t rows = type.getRows(), columns = type.getColumns();
    form.pad = TilePad::Null;
    if (toVector) {
      form.space = MemorySpace::Ub, form.order = {};
      (split == byRows ? rows : columns) /= split == whole ? 1 : 2;
    } else {
      form.space = MemorySpace::L1;
      form.order = {.boxesDown = true, .boxRows = 16, .boxColumns = uint16_t(blockBytes / form.bytes)};
      (split == byRows ? rows : columns) *= split == whole ? 1 : 2;
    }
    TileOperand destination = newTile(decoder, op, form, rows, columns);
    slot.base = *buffer, slot.address = destination.slot;
    slot.halves = toVector;
    emitNextSlot(decoder, op, slot, Kind, split != whole, pipe, full + 1);
    if (!toVector) {
      emitCopy(decoder, op, decoder.constant(uint64_t(rows)), destination.at(TileRegister::ValidRows));
      emitCopy(decoder, op, decoder.constant(uint64_t(columns)), destination.at(TileRegister::ValidColumns));
    }
    MoveForm move{source, destination};
    move.intoPart = !toVector;
    move.cores = split == byRows      ? VectorCores::HalfOfRows
                 : split == byColumns ? VectorCores::HalfOfColumns
                                      : VectorCores::First;
    emitTileOp(decoder, op, tiles::move(pipe), move);
  }
  emitSignals(decoder, op, Kind, split != whole, "pto.sync.set", pipe, full);
  orderAfter(decoder, op);
}

template <class Op, CoreKind Kind>
void decodePop(Decoder &decoder, Operation *op) {
  auto pop = cast<Op>(op);
  auto split = int8_t(pop.getSplit());
  auto type = dyn_cast<ir::TileBufType>(pop.getEntry().getType());
  PipeEnd *end = endOf(decoder, op, Kind, pop.getId());
  if (!type)
    return decoder.refuse(op, op->getName().getStringRef() + " of a view is not simulated");
  if (!end || !checkSplit(decoder, op, split))
    return;
  decoder.splitsPipes |= split != whole;
  constexpr bool fromCube = Kind == CoreKind::Vector;
  std::optional<uint32_t> buffer = fromCube ? end->toVector : end->toCube;
  if (!buffer)
    return decoder.refuse(op, op->getName().getStringRef() + " from a pipe without memory for it is not simulated");
  TileOperand tile = operandOf(decoder, op, pop.getEntry());
  decoder.noteTile(tile.form.space);
  auto set = [&](TileRegister which, Value value, int64_t known) {
    emitCopy(decoder, op, value ? decoder.slot(value) : decoder.constant(uint64_t(known)), tile.at(which));
  };
  set(TileRegister::Rows, {}, type.getRows());
  set(TileRegister::Columns, {}, type.getColumns());
  auto valid = [](int64_t valid, int64_t all) { return ShapedType::isDynamic(valid) ? all : valid; };
  set(TileRegister::ValidRows, pop.getValidRow(), valid(type.getValidRows(), type.getRows()));
  set(TileRegister::ValidColumns, pop.getValidCol(), valid(type.getValidColumns(), type.getColumns()));
  unsigned full = fromCube ? end->semaphoresToVector : end->semaphoresToCube;
  SlotForm slot{.counter = end->popped,
                .slotBytes = end->slotBytes,
                .slots = end->gm ? end->localSlots : end->slots,
                .tile = tile};
  slot.split = SlotSplit(split);
  slot.base = *buffer, slot.address = tile.slot;
  slot.keepsCounter = end->gm.has_value();
  Pipe pipe = end->gm ? Pipe::Mte2 : fromCube ? Pipe::V : Pipe::Mte1;
  emitNextSlot(decoder, op, slot, Kind, split != whole, pipe, std::nullopt);
  emitSignals(decoder, op, Kind, split != whole, "pto.sync.wait", pipe, full);
  if (end->gm) {
    SlotForm from{.counter = end->popped, .slotBytes = end->slotBytes, .slots = end->slots, .tile = tile};
    from.split = SlotSplit(split);
    from.base = *end->gm, from.view = decoder.newScalars(ViewRegisters::count);
    from.isPartOfSlot = fromCube;
    from.firstByte = fromCube ? 0 : end->toCubeInGm;
    emitNextSlot(decoder, op, from, Kind, split != whole, pipe, std::nullopt);
    emitTileOp(decoder, op, tiles::load(Pipe::Mte2), TransferForm{tile, *from.view});
  }
  orderAfter(decoder, op);
}

template <class Op, CoreKind Kind>
void decodeFree(Decoder &decoder, Operation *op) {
  auto free = cast<Op>(op);
  PipeEnd *end = endOf(decoder, op, Kind, free.getId());
  if (!end)
    return;
  unsigned full = Kind == CoreKind::Vector ? end->semaphoresToVector : end->semaphoresToCube;
  Pipe pipe = end->gm ? Pipe::Mte2 : Kind == CoreKind::Vector ? Pipe::V : Pipe::Mte1;
  emitSignals(decoder, op, Kind, int8_t(free.getSplit()) != whole, "pto.sync.set", pipe, full + 1);
}

} // namespace

void addTilePipes(DecodeTable &table) {
  using namespace ir;
  add<ReserveBufferOp>(table, decodeReserve);
  add<ImportReservedBufferOp>(table, decodeImport);
  add<AicInitializePipeOp>(table, decodeInitialize<AicInitializePipeOp, CoreKind::Cube>);
  add<AivInitializePipeOp>(table, decodeInitialize<AivInitializePipeOp, CoreKind::Vector>);
  add<TpushToAivOp>(table, decodePush<TpushToAivOp, CoreKind::Cube>);
  add<TpushToAicOp>(table, decodePush<TpushToAicOp, CoreKind::Vector>);
  add<TpopFromAicOp>(table, decodePop<TpopFromAicOp, CoreKind::Vector>);
  add<TpopFromAivOp>(table, decodePop<TpopFromAivOp, CoreKind::Cube>);
  add<TfreeFromAicOp>(table, decodeFree<TfreeFromAicOp, CoreKind::Vector>);
  add<TfreeFromAivOp>(table, decodeFree<TfreeFromAivOp, CoreKind::Cube>);
}

} // namespace pto::sim
