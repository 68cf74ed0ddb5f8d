// Operations that move elements between memories, or from tile to tile, and change their type on the way.
#include "compiler/dialect/Ops.h"
#include "compiler/dialect/tile/Elementwise.h"
#include "compiler/dialect/tile/Move.h"
#include "compiler/dialect/tile/Quantize.h"
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

/// What elements of acc become on their way, as the operation says it; nothing where they stay as they are.
template <class Op>
std::optional<AccConversion> conversionOf(Decoder &decoder, Operation *op, Op move, Type to) {
  Type from = elementOf(move.getSrc());
  ir::ReluPreMode relu = move.getReluPreMode().value_or(ir::ReluPreMode::NoRelu);
  Value scale, scales;
  if constexpr (requires { move.getQuant(); })
    scale = move.getQuant();
  if constexpr (requires { move.getFp(); })
    scales = move.getFp();
  if (from == to && !scale && !scales && relu == ir::ReluPreMode::NoRelu)
    return std::nullopt;
  auto refuse = [&](const llvm::Twine &what) {
    decoder.refuse(op, op->getName().getStringRef() + what + " is not simulated");
    return std::nullopt;
  };
  auto source = cast<ir::TileBufType>(move.getSrc().getType());
  std::optional<FixpipeResult> result = fixpipeResult(to);
  bool isFloat = isa<FloatType>(from);
  if (source.getMemorySpace() != ir::MemorySpace::L0c || !result ||
      (!scale && !scales && isFloat != isa<FloatType>(to)) || (isFloat && *result == FixpipeResult::S32))
    return refuse(" from " + text(from) + " to " + text(to) + (scale || scales ? "" : " without a scale"));
  if (relu != ir::ReluPreMode::NoRelu && relu != ir::ReluPreMode::NormalRelu)
    return refuse(" with " + ir::stringifyReluPreMode(relu));
  AccConversion conversion{
      .rule = {.isInteger = !isFloat,
               .scales = scale || scales,
               .result = *result,
               .relu = relu == ir::ReluPreMode::NormalRelu ? FixpipeRelu::Normal : FixpipeRelu::None}};
  if (scale)
    conversion.scale = decoder.slot(scale);
  if (scales) {
    conversion.scales = operandOf(decoder, op, scales);
    if (conversion.scales->form.bytes != sizeof(uint64_t))
      return refuse(" with scales of " + text(elementOf(scales)));
  }
  return conversion;
}

template <class Op>
void decodeStore(Decoder &decoder, Operation *op) {
  auto store = cast<Op>(op);
  TransferForm form{operandOf(decoder, op, store.getSrc()), decoder.slot(store.getDst())};
  Type element = elementOf(store.getSrc()),
       target = cast<ir::PartitionTensorViewType>(store.getDst().getType()).getElementType();
  form.conversion = conversionOf(decoder, op, store, target);
  if constexpr (requires { store.getAtomicType(); })
    if (store.getAtomicType().value_or(ir::AtomicType::None) == ir::AtomicType::Add) {
      form.atomicType = atomicTypeOf(target);
      if (!form.atomicType)
        return decoder.refuse(op, op->getName().getStringRef() + " that adds " + text(target) + " is not simulated");
    }
  if (!form.conversion && element != target)
    return;
  Pipe pipe = form.tile.form.space == MemorySpace::L0c ? Pipe::Fix : Pipe::Mte3;
  emitTileOp(decoder, op, tiles::store(pipe), form);
}

void emitMove(Decoder &decoder, Operation *op, MoveForm form) {
  if (!form.conversion &&
      (form.source.form.bytes != form.destination.form.bytes || form.source.form.lanes != form.destination.form.lanes))
    return decoder.refuse(op, op->getName().getStringRef() + " from elements of " + name(form.source.form.lanes) +
                                  " to " + name(form.destination.form.lanes) + " is not simulated");
  emitTileOp(decoder, op, tiles::move(pipeBetween(form.source.form.space, form.destination.form.space)),
             std::move(form));
}

template <class Op>
void decodeMove(Decoder &decoder, Operation *op) {
  auto move = cast<Op>(op);
  MoveForm form{operandOf(decoder, op, move.getSrc()), operandOf(decoder, op, move.getDst())};
  form.conversion = conversionOf(decoder, op, move, elementOf(move.getDst()));
  if constexpr (requires { move.getAccToVecMode(); })
    switch (move.getAccToVecMode().value_or(ir::AccToVecMode::SingleVec0)) {
    case ir::AccToVecMode::SingleVec0:
      break;
    case ir::AccToVecMode::SingleVec1:
      form.cores = VectorCores::Second;
      break;
    case ir::AccToVecMode::DualSplitM:
      form.cores = VectorCores::HalfOfRows;
      break;
    case ir::AccToVecMode::DualSplitN:
      form.cores = VectorCores::HalfOfColumns;
      break;
    }
  emitMove(decoder, op, form);
}

template <class Op, bool IntoPart>
void decodePart(Decoder &decoder, Operation *op) {
  auto move = cast<Op>(op);
  MoveForm form{operandOf(decoder, op, move.getSrc()), operandOf(decoder, op, move.getDst())};
  form.conversion = conversionOf(decoder, op, move, elementOf(move.getDst()));
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

void decodeConcat(Decoder &decoder, Operation *op) {
  auto concat = cast<ir::TconcatOp>(op);
  emitTileOp(decoder, op, tiles::concat,
             ConcatForm{{operandOf(decoder, op, concat.getA()), operandOf(decoder, op, concat.getB())},
                        operandOf(decoder, op, concat.getDst())});
}

template <class Op>
void decodeQuantize(Decoder &decoder, Operation *op) {
  auto quantize = cast<Op>(op);
  QuantizeForm form{operandOf(decoder, op, quantize.getSrc()), operandOf(decoder, op, quantize.getScale()),
                    operandOf(decoder, op, quantize.getDst())};
  if (quantize.getOffset())
    form.offsets = operandOf(decoder, op, quantize.getOffset());
  if constexpr (requires { quantize.getQuantType(); })
    form.isSigned = quantize.getQuantType() == ir::QuantType::Int8Sym;
  else
    form.toFloat = true;
  emitTileOp(decoder, op, tiles::quantize, form);
}

template <class Op>
void decodeFillPad(Decoder &decoder, Operation *op) {
  auto fill = cast<Op>(op);
  MoveForm form{operandOf(decoder, op, fill.getSrc()), operandOf(decoder, op, fill.getDst())};
  emitTileOp(decoder, op, tiles::fillPad(pipeBetween(form.source.form.space, form.destination.form.space)), form);
}

/// What the assembler of August passes on where nothing is said is OFF; before, it was what A2 and A3 make of OFF,
/// which they obey for some types only.
bool saturates(const Decoder &decoder, ir::TcvtOp convert, LaneType from, LaneType to) {
  ir::SaturationMode mode = convert.getSatmode().value_or(ir::SaturationMode::Off);
  if (mode == ir::SaturationMode::On)
    return true;
  using enum LaneType;
  bool canWrap = (from == F16 && (to == S8 || to == U8 || to == S16)) || (from == F32 && to == S16) ||
                 (from == S64 && to == S32) || (from == S32 && to == S16);
  bool isByType = !convert.getSatmode() && decoder.conventions.isOther(Conventions::Saturation);
  return (isByType || decoder.arch().name != defaultArch().name) && !canWrap;
}

void decodeConvert(Decoder &decoder, Operation *op) {
  auto convert = cast<ir::TcvtOp>(op);
  TileOperand source = operandOf(decoder, op, convert.getA()), destination = operandOf(decoder, op, convert.getDst());
  // NONE is the nearest one, but towards zero where an integer is made of a float.
  auto isFloat = [](Value tile) { return isa<FloatType>(elementOf(tile)); };
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
  // A float stays one, without a fraction.
  if (!code && source.form.lanes == destination.form.lanes)
    code = opTable().find("pto.vtrc", mode, source.form.lanes);
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
  add<TstoreOp>(table, ordered<decodeStore<TstoreOp>>);
  add<TstoreFpOp>(table, ordered<decodeStore<TstoreFpOp>>);
  add<TmovOp>(table, ordered<decodeMove<TmovOp>>);
  add<TmovFpOp>(table, ordered<decodeMove<TmovFpOp>>);
  add<TextractFpOp>(table, ordered<decodePart<TextractFpOp, false>>);
  add<TinsertFpOp>(table, ordered<decodePart<TinsertFpOp, true>>);
  add<TextractOp>(table, ordered<decodePart<TextractOp, false>>);
  add<TinsertOp>(table, ordered<decodePart<TinsertOp, true>>);
  add<TtransOp>(table, ordered<decodeTranspose>);
  add<TfillpadOp>(table, ordered<decodeFillPad<TfillpadOp>>);
  add<TfillpadInplaceOp>(table, ordered<decodeFillPad<TfillpadInplaceOp>>);
  add<TfillpadExpandOp>(table, ordered<decodeFillPad<TfillpadExpandOp>>);
  add<TconcatOp>(table, ordered<decodeConcat>);
  add<TquantOp>(table, ordered<decodeQuantize<TquantOp>>);
  add<TdequantOp>(table, ordered<decodeQuantize<TdequantOp>>);
  add<TcvtOp>(table, ordered<decodeConvert>);
}

} // namespace pto::sim
