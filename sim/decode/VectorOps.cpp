// Vector and predicate instructions whose form depends on more than their lanes, and flags.
#include "compiler/dialect/Ops.h"
#include "sim/decode/Decoder.h"
#include "sim/machine/Choices.h"
#include "sim/machine/Control.h"
#include "sim/machine/Flags.h"
#include "sim/machine/MemBar.h"
#include "sim/machine/Semaphores.h"
#include "sim/ops/Conversions.h"
#include "sim/ops/Predicates.h"

using namespace mlir;

namespace pto::sim {

static LaneType firstLanes(Operation *op) {
  for (Type type : op->getOperandTypes())
    if (laneBits(type) != 0)
      return laneType(type);
  return laneType(op->getResult(0).getType());
}

// An attribute picks the variant: vcmp's mode, vexpdif's part.
template <class Op, llvm::StringRef (Op::*token)()>
static void decodeByToken(Decoder &decoder, Operation *op) {
  auto typed = cast<Op>(op);
  decoder.emitPlain(op, decoder.lookUp(op, (typed.*token)(), firstLanes(op)));
}

// The rounding mode picks the variant only where something can get lost; the part and what is said of saturation go
// along.
static void decodeVcvt(Decoder &decoder, Operation *op) {
  auto convert = cast<ir::VcvtOp>(op);
  LaneType from = laneType(convert.getInput().getType());
  std::string variant = name(laneType(convert.getResult().getType())).str();
  if (llvm::StringRef mode = ir::roundingOf(convert); !mode.empty())
    variant += (" " + mode).str();
  Instruction *added = decoder.emitPlain(op, decoder.lookUp(op, variant, from));
  if (!added)
    return;
  if (convert.getSat())
    decoder.clearControl(Control::rulesConversions);
  llvm::StringRef part = convert.getPart().value_or("");
  unsigned number = part == "ODD" ? 1 : 0;
  if (part.consume_front("P"))
    part.getAsInteger(10, number);
  added->carry(ConversionForm{uint8_t(number), convert.getSat() == "SAT"});
}

// "b16": instructions that move bits look at nothing but the width of lanes.
static std::string width(Type type) {
  return "b" + std::to_string(laneBits(type));
}

static void decodeByWidth(Decoder &decoder, Operation *op) {
  decoder.emitPlain(op, decoder.lookUp(op, width(op->getOperand(0).getType())));
}

static void decodeVpack(Decoder &decoder, Operation *op) {
  auto pack = cast<ir::VpackOp>(op);
  decoder.emitPlain(op, decoder.lookUp(op, width(pack.getResult().getType()) + " " + pack.getPart().str()));
}

static void decodeVci(Decoder &decoder, Operation *op) {
  auto count = cast<ir::VciOp>(op);
  decoder.emitPlain(op, decoder.lookUp(op, count.getOrder().value_or("ASC"), laneType(count.getResult().getType())));
}

static void decodeVdup(Decoder &decoder, Operation *op) {
  auto duplicate = cast<ir::VdupOp>(op);
  bool fromVector = laneBits(duplicate.getInput().getType()) != 0;
  llvm::StringRef variant = fromVector ? duplicate.getPosition().value_or("LOWEST") : "scalar";
  if (variant == "HIGHEST" && !choices::vdupHasHighest)
    return decoder.refuse(op,
                          "pto.vdup with \"HIGHEST\" is not simulated: the hardware duplicates the lowest lane only");
  decoder.emitPlain(op, decoder.lookUp(op, variant, laneType(duplicate.getResult().getType())));
}

// pset, pge carry their pattern.
template <class Op, unsigned Lanes>
static void decodePattern(Decoder &decoder, Operation *op) {
  std::optional<PredicatePattern> pattern = parsePattern(cast<Op>(op).getPattern(), Lanes);
  if (!pattern)
    return decoder.refuse(op, op->getName().getStringRef() + " with \"" + cast<Op>(op).getPattern() +
                                  "\" is not simulated");
  if (Instruction *added = decoder.emitPlain(op, decoder.lookUp(op)))
    added->carry(*pattern);
}

// A pipe or an event of the language that the machine has as well; all others are refused.
template <class T>
static T known(Decoder &decoder, Operation *op, std::optional<T> found) {
  if (!found)
    decoder.refuse(op, op->getName().getStringRef() + " with this pipe, event or kind is not simulated");
  return found.value_or(T());
}

static Pipe pipeOf(Decoder &decoder, Operation *op, ir::Pipe pipe) {
  return known(decoder, op, parsePipe(ir::stringifyPipe(pipe)));
}

template <class Payload>
static void emitCarrying(Decoder &decoder, Operation *op, Payload payload) {
  if (Instruction *added = decoder.emitPlain(op, decoder.lookUp(op)))
    added->carry(payload);
}

template <class Op>
static void decodeFlag(Decoder &decoder, Operation *op) {
  auto flag = cast<Op>(op);
  unsigned event = 0;
  if constexpr (requires { ir::stringifyEvent(flag.getEventId()); })
    event = known(decoder, op, parseEvent(ir::stringifyEvent(flag.getEventId())));
  emitCarrying(decoder, op,
               Flag{pipeOf(decoder, op, flag.getSrcPipe()), pipeOf(decoder, op, flag.getDstPipe()), event});
}

template <class Op>
static void decodeBufferToken(Decoder &decoder, Operation *op) {
  auto token = cast<Op>(op);
  emitCarrying(decoder, op,
               BufferToken{pipeOf(decoder, op, token.getOpType()), uint8_t(token.getBufId()), token.getMode() == 0});
}

// Of a number that is an attribute, or a register.
template <class Op>
static void decodeSignal(Decoder &decoder, Operation *op) {
  auto signal = cast<Op>(op);
  if (decoder.arch().name != defaultArch().name)
    return decoder.refuse(op, op->getName().getStringRef() + " on " + decoder.arch().name +
                                  ", where a signal of the cube core reaches both vector cores, is not simulated");
  bool isDynamic = bool(signal.getEventIdDyn());
  if (Instruction *added = decoder.emitPlain(op, decoder.lookUp(op, isDynamic ? "dynamic" : "")))
    added->carry(Signal{pipeOf(decoder, op, signal.getPipe()), unsigned(signal.getEventId().value_or(0))});
}

static void decodeBarrier(Decoder &decoder, Operation *op) {
  emitCarrying(decoder, op, pipeOf(decoder, op, cast<ir::BarrierOp>(op).getPipe()));
}

static void decodeMemBar(Decoder &decoder, Operation *op) {
  emitCarrying(decoder, op, known(decoder, op, parseMemBar(ir::stringifyMemBar(cast<ir::MemBarOp>(op).getKind()))));
}

void addVectorOps(DecodeTable &table) {
  table["pto.vcmp"] = decodeByToken<ir::VcmpOp, &ir::VcmpOp::getCmpMode>;
  table["pto.vcmps"] = decodeByToken<ir::VcmpsOp, &ir::VcmpsOp::getCmpMode>;
  table["pto.vexpdif"] = decodeByToken<ir::VexpdifOp, &ir::VexpdifOp::getPart>;
  table["pto.vtrc"] = decodeByToken<ir::VtrcOp, &ir::VtrcOp::getRoundMode>;
  table["pto.vcvt"] = decodeVcvt;
  table["pto.vci"] = decodeVci;
  table["pto.vpack"] = decodeVpack;
  for (llvm::StringRef op :
       {"pto.vselr", "pto.vintlv", "pto.vdintlv", "pto.vsunpack", "pto.vzunpack", "pto.vsqz", "pto.vusqz"})
    table[op] = decodeByWidth;
  table["pto.vbitcast"] = table["pto.dhistv2"] =
      table["pto.chistv2"] = [](Decoder &decoder, Operation *op) { decoder.emitPlain(op, decoder.lookUp(op)); };
  table["pto.vdup"] = decodeVdup;
  table["pto.ppack"] = [](Decoder &decoder, Operation *op) {
    decoder.emitPlain(op, decoder.lookUp(op, cast<ir::PpackOp>(op).getPart()));
  };
  table["pto.punpack"] = [](Decoder &decoder, Operation *op) {
    decoder.emitPlain(op, decoder.lookUp(op, cast<ir::PunpackOp>(op).getPart()));
  };
  table["pto.pset_b8"] = decodePattern<ir::PsetB8Op, 256>;
  table["pto.pset_b16"] = decodePattern<ir::PsetB16Op, 128>;
  table["pto.pset_b32"] = decodePattern<ir::PsetB32Op, 64>;
  table["pto.pge_b8"] = decodePattern<ir::PgeB8Op, 256>;
  table["pto.pge_b16"] = decodePattern<ir::PgeB16Op, 128>;
  table["pto.pge_b32"] = decodePattern<ir::PgeB32Op, 64>;
  table["pto.set_flag"] = decodeFlag<ir::SetFlagOp>;
  table["pto.wait_flag"] = decodeFlag<ir::WaitFlagOp>;
  table["pto.set_flag_dyn"] = decodeFlag<ir::SetFlagDynOp>;
  table["pto.wait_flag_dyn"] = decodeFlag<ir::WaitFlagDynOp>;
  table["pto.get_buf"] = decodeBufferToken<ir::GetBufOp>;
  table["pto.rls_buf"] = decodeBufferToken<ir::RlsBufOp>;
  table["pto.sync.set"] = decodeSignal<ir::SyncSetOp>;
  table["pto.sync.wait"] = decodeSignal<ir::SyncWaitOp>;
  table["pto.set_intra_block"] = decodeSignal<ir::SetIntraBlockOp>;
  table["pto.wait_intra_block"] = decodeSignal<ir::WaitIntraBlockOp>;
  table["pto.barrier"] = decodeBarrier;
  table["pto.mem_bar"] = decodeMemBar;
}

} // namespace pto::sim
