// Operations that move elements between memories, or from tile to tile, and change their type on the way.
#include "compiler/dialect/Ops.h"
#include "compiler/dialect/tile/Elementwise.h"
#include "compiler/dialect/tile/Move.h"
#include "compiler/dialect/tile/View.h"
#include "sim/decode/Tiles.h"
#include "sim/ops/Conversions.h"

using namespace mlir;

namespace pto::sim {

namespace {

/// What the hardware moves from one memory to another with.
Pipe pipeBetween(MemorySpace from, MemorySpace to) {
  if (from == MemorySpace::L0c)
    return Pipe::Fix;
  if (from == MemorySpace::L1)
    return Pipe::Mte1;
  return from == MemorySpace::Ub && to != MemorySpace::Ub ? Pipe::Mte3 : Pipe::V;
}

void decodeLoad(Decoder &decoder, Operation *op) {
  auto load = cast<ir::TloadOp>(op);
  emitTileOp(decoder, op, tiles::load(Pipe::Mte2),
             TransferForm{operandOf(decoder, op, load.getDst()), decoder.slot(load.getSrc())});
}

void decodeStore(Decoder &decoder, Operation *op) {
  auto store = cast<ir::TstoreOp>(op);
  TileOperand tile = operandOf(decoder, op, store.getSrc());
  Type element = cast<ir::TileBufType>(store.getSrc().getType()).getElementType(),
       target = cast<ir::PartitionTensorViewType>(store.getDst().getType()).getElementType();
  if (store.getQuant() || store.getFp() ||
      store.getAtomicType().value_or(ir::AtomicType::None) != ir::AtomicType::None ||
      store.getReluPreMode().value_or(ir::ReluPreMode::NoRelu) != ir::ReluPreMode::NoRelu || element != target)
    return decoder.refuse(op, "pto.tstore that converts, quantizes, has a relu or adds is not simulated");
  Pipe pipe = tile.form.space == MemorySpace::L0c ? Pipe::Fix : Pipe::Mte3;
  emitTileOp(decoder, op, tiles::store(pipe), TransferForm{tile, decoder.slot(store.getDst())});
}

void emitMove(Decoder &decoder, Operation *op, MoveForm form) {
  if (form.source.form.bytes != form.destination.form.bytes || form.source.form.lanes != form.destination.form.lanes)
    return decoder.refuse(op, op->getName().getStringRef() + " from elements of " + name(form.source.form.lanes) +
                                  " to " + name(form.destination.form.lanes) + " is not simulated");
  emitTileOp(decoder, op, tiles::move(pipeBetween(form.source.form.space, form.destination.form.space)),
             std::move(form));
}

void decodeMove(Decoder &decoder, Operation *op) {
  auto move = cast<ir::TmovOp>(op);
  if (move.getFp() || move.getQuant() || move.getAccToVecMode() ||
      move.getReluPreMode().value_or(ir::ReluPreMode::NoRelu) != ir::ReluPreMode::NoRelu)
    return decoder.refuse(op, "pto.tmov that quantizes, has a relu or names vector cores is not simulated");
  emitMove(decoder, op, {operandOf(decoder, op, move.getSrc()), operandOf(decoder, op, move.getDst())});
}

template <class Op, bool IntoPart>
void decodePart(Decoder &decoder, Operation *op) {
  auto move = cast<Op>(op);
  if (move.getQuant() || move.getReluPreMode().value_or(ir::ReluPreMode::NoRelu) != ir::ReluPreMode::NoRelu)
    return decoder.refuse(op, op->getName().getStringRef() + " that quantizes or has a relu is not simulated");
  MoveForm form{operandOf(decoder, op, move.getSrc()), operandOf(decoder, op, move.getDst())};
  form.row = decoder.slot(move.getRow()), form.column = decoder.slot(move.getColumn());
  form.intoPart = IntoPart;
  emitMove(decoder, op, form);
}

void decodeTranspose(Decoder &decoder, Operation *op) {
  auto transpose = cast<ir::TtransOp>(op);
  MoveForm form{operandOf(decoder, op, transpose.getSrc()), operandOf(decoder, op, transpose.getDst())};
  form.transposes = true;
  emitMove(decoder, op, form);
}

template <class Op>
void decodeFillPad(Decoder &decoder, Operation *op) {
  auto fill = cast<Op>(op);
  MoveForm form{operandOf(decoder, op, fill.getSrc()), operandOf(decoder, op, fill.getDst())};
  emitTileOp(decoder, op, tiles::fillPad(pipeBetween(form.source.form.space, form.destination.form.space)), form);
}

/// What the assembler of August passes on where nothing is said is OFF. A2 and A3 obey that for some types only.
bool saturates(const Decoder &decoder, ir::TcvtOp convert, LaneType from, LaneType to) {
  ir::SaturationMode mode = convert.getSatmode().value_or(ir::SaturationMode::Off);
  if (mode == ir::SaturationMode::On)
    return true;
  using enum LaneType;
  bool canWrap = (from == F16 && (to == S8 || to == U8 || to == S16)) || (from == F32 && to == S16) ||
                 (from == S64 && to == S32) || (from == S32 && to == S16);
  return decoder.arch().name != defaultArch().name && !canWrap;
}

void decodeConvert(Decoder &decoder, Operation *op) {
  auto convert = cast<ir::TcvtOp>(op);
  TileOperand source = operandOf(decoder, op, convert.getA()), destination = operandOf(decoder, op, convert.getDst());
  // NONE is the nearest one, but towards zero where an integer is made of a float.
  auto isFloat = [](Value tile) { return isa<FloatType>(cast<ir::TileBufType>(tile.getType()).getElementType()); };
  llvm::StringRef mode;
  switch (convert.getRmode().value_or(ir::RoundMode::Rint)) {
  case ir::RoundMode::None:
    mode = isFloat(convert.getA()) && !isFloat(convert.getDst()) ? "Z" : "R";
    break;
  case ir::RoundMode::Rint:
  case ir::RoundMode::CastRint:
    mode = "R";
    break;
  case ir::RoundMode::Round:
    mode = "A";
    break;
  case ir::RoundMode::Floor:
    mode = "F";
    break;
  case ir::RoundMode::Ceil:
    mode = "C";
    break;
  case ir::RoundMode::Trunc:
    mode = "Z";
    break;
  case ir::RoundMode::Odd:
    mode = "O";
    break;
  }
  std::string result = name(destination.form.lanes).str();
  const Code *code = opTable().find("pto.vcvt", result + " " + mode.str(), source.form.lanes);
  if (!code)
    code = opTable().find("pto.vcvt", result, source.form.lanes);
  if (!code)
    return decoder.refuse(op, "pto.tcvt from " + name(source.form.lanes) + " to " + result + " with rounding " + mode +
                                  " is not simulated");
  TileConversionForm form(*code);
  form.source = source, form.destination = destination;
  giveRegisters(decoder, form.vector, 2);
  form.vector.carry(ConversionForm{0, saturates(decoder, convert, source.form.lanes, destination.form.lanes)});
  emitTileOp(decoder, op, tiles::convert, std::move(form));
}

} // namespace

void addTileMoves(DecodeTable &table) {
  using namespace ir;
  add<TloadOp>(table, ordered<decodeLoad>);
  add<TstoreOp>(table, ordered<decodeStore>);
  add<TmovOp>(table, ordered<decodeMove>);
  add<TextractOp>(table, ordered<decodePart<TextractOp, false>>);
  add<TinsertOp>(table, ordered<decodePart<TinsertOp, true>>);
  add<TtransOp>(table, ordered<decodeTranspose>);
  add<TfillpadOp>(table, ordered<decodeFillPad<TfillpadOp>>);
  add<TfillpadInplaceOp>(table, ordered<decodeFillPad<TfillpadInplaceOp>>);
  add<TfillpadExpandOp>(table, ordered<decodeFillPad<TfillpadExpandOp>>);
  add<TcvtOp>(table, ordered<decodeConvert>);
}

} // namespace pto::sim
