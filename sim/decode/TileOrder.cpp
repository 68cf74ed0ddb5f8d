// Order that is said by the operations on both sides, between all cores, and of caches, which the simulator has none
// of.
#include "compiler/dialect/Ops.h"
#include "compiler/dialect/tile/Order.h"
#include "sim/decode/Tiles.h"
#include "sim/machine/Flags.h"

using namespace mlir;

namespace pto::sim {

namespace {

Pipe pipeOf(ir::PipeEventType operation) {
  switch (operation) {
  case ir::PipeEventType::Tload:
    return Pipe::Mte2;
  case ir::PipeEventType::TstoreVec:
    return Pipe::Mte3;
  case ir::PipeEventType::TmovM2l:
  case ir::PipeEventType::TmovM2b:
    return Pipe::Mte1;
  case ir::PipeEventType::TstoreAcc:
  case ir::PipeEventType::TmovM2s:
  case ir::PipeEventType::TmovV2m:
    return Pipe::Fix;
  case ir::PipeEventType::Tmatmul:
    return Pipe::M;
  case ir::PipeEventType::TmovM2v:
  case ir::PipeEventType::Tvec:
  case ir::PipeEventType::TvecWait:
    return Pipe::V;
  }
  llvm_unreachable("every operation has a pipe");
}

void emitBarrier(Decoder &decoder, Operation *op, Pipe pipe) {
  emitOrder(decoder, op, "pto.barrier", pipe);
}

// Within a pipe, the one that waits is a barrier.
template <class Op, bool IsSet>
void decodeEvent(Decoder &decoder, Operation *op) {
  auto event = cast<Op>(op);
  Pipe from = pipeOf(event.getSrcOp()), to = pipeOf(event.getDstOp());
  std::optional<unsigned> id = parseEvent(ir::stringifyEvent(event.getEventId()));
  if (from == to && IsSet)
    return;
  if (from == to)
    return emitBarrier(decoder, op, from);
  if (!id)
    return decoder.refuse(op, op->getName().getStringRef() + " with this event is not simulated");
  emitOrder(decoder, op, IsSet ? "pto.set_flag" : "pto.wait_flag", Flag{from, to, *id});
}

void decodeBarrierSync(Decoder &decoder, Operation *op) {
  emitBarrier(decoder, op, pipeOf(cast<ir::BarrierSyncOp>(op).getOpType()));
}

void decodeTsync(Decoder &decoder, Operation *op) {
  emitBarrier(decoder, op, Pipe::All);
}

// There is no cache, and what is written is seen at once.
void decodeNothing(Decoder &, Operation *) {}

void decodeTrap(Decoder &decoder, Operation *op) {
  decoder.emit(op, tiles::trap);
}

// Blocks run one after the other: a core can meet only itself.
void decodeSyncAll(Decoder &decoder, Operation *op) {
  emitBarrier(decoder, op, Pipe::All);
  decoder.emit(op, tiles::meetAll);
}

/// Registers in a row, one for each number.
template <class Op>
ArrayForm arrayOf(Decoder &decoder, Op op, Value array) {
  ArrayForm form{decoder.slot(array)};
  if (auto type = dyn_cast<ir::LocalArrayType>(array.getType()))
    form.sizes.append(type.getShape().begin(), type.getShape().end());
  else
    form.sizes.push_back(cast<ir::EventIdArrayType>(array.getType()).getSize());
  if constexpr (requires { op.getIndices(); })
    for (Value index : op.getIndices())
      form.indices.push_back(decoder.slot(index));
  else
    form.indices.push_back(decoder.slot(op.getIndex()));
  return form;
}

template <class Op>
void decodeArrayGet(Decoder &decoder, Operation *op) {
  auto get = cast<Op>(op);
  Instruction &read = decoder.emit(op, tiles::pickScalar);
  read.result[0] = decoder.slot(op->getResult(0));
  read.carry(decoder.keep(arrayOf(decoder, get, get.getArray())));
}

template <class Op>
void decodeArraySet(Decoder &decoder, Operation *op) {
  auto set = cast<Op>(op);
  Instruction &written = decoder.emit(op, tiles::putScalar);
  written.operand[0] = decoder.slot(set.getValue());
  written.carry(decoder.keep(arrayOf(decoder, set, set.getArray())));
}

/// The register of the field that a path leads to.
uint32_t fieldOf(Decoder &decoder, Value structure, ArrayRef<int64_t> path) {
  uint32_t slot = decoder.slot(structure);
  Type type = structure.getType();
  for (int64_t step : path) {
    auto fields = cast<ir::StructType>(type).getFields();
    for (Type before : fields.take_front(size_t(step)))
      slot += scalarsOf(before);
    type = fields[size_t(step)];
  }
  return slot;
}

void decodeStructGet(Decoder &decoder, Operation *op) {
  auto get = cast<ir::StructGetOp>(op);
  emitCopy(decoder, op, fieldOf(decoder, get.getStructure(), get.getPath()), decoder.slot(get.getValue()));
}

void decodeStructSet(Decoder &decoder, Operation *op) {
  auto set = cast<ir::StructSetOp>(op);
  emitCopy(decoder, op, decoder.slot(set.getValue()), fieldOf(decoder, set.getStructure(), set.getPath()));
}

// Its registers start at 0.
void decodeDeclaration(Decoder &decoder, Operation *op) {
  Type type = op->getResult(0).getType();
  constexpr unsigned most = 4096;
  unsigned count = scalarsOf(type);
  if (count > most)
    return decoder.refuse(op, "values of type " + text(type) + " are not simulated: they have more than " +
                                  llvm::Twine(most) + " numbers");
  for (unsigned i = 0; i < count; ++i)
    emitCopy(decoder, op, decoder.constant(0), decoder.slot(op->getResult(0)) + i);
}

} // namespace

void addTileOrder(DecodeTable &table) {
  using namespace ir;
  add<RecordEventOp>(table, decodeEvent<RecordEventOp, true>);
  add<WaitEventOp>(table, decodeEvent<WaitEventOp, false>);
  add<BarrierSyncOp>(table, decodeBarrierSync);
  add<TsyncOp>(table, decodeTsync);
  add<SyncAllOp>(table, decodeSyncAll);
  add<SetFftsOp>(table, decodeNothing);
  add<FenceBarrierAllOp>(table, decodeNothing);
  add<CmoCacheInvalidOp>(table, decodeNothing);
  add<TrapOp>(table, decodeTrap);
  for (llvm::StringRef declaration : {DeclareLocalArrayOp::getOperationName(), DeclareStructOp::getOperationName(),
                                      DeclareEventIdArrayOp::getOperationName()})
    table[declaration] = decodeDeclaration;
  add<LocalArrayGetOp>(table, decodeArrayGet<LocalArrayGetOp>);
  add<LocalArraySetOp>(table, decodeArraySet<LocalArraySetOp>);
  add<EventIdArrayGetOp>(table, decodeArrayGet<EventIdArrayGetOp>);
  add<EventIdArraySetOp>(table, decodeArraySet<EventIdArraySetOp>);
  add<StructGetOp>(table, decodeStructGet);
  add<StructSetOp>(table, decodeStructSet);
}

} // namespace pto::sim
