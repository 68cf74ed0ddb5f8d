// Loads, stores, DMA and pointers.
#include "compiler/dialect/Ops.h"
#include "sim/decode/Decoder.h"
#include "sim/ops/DmaTransfer.h"
#include "sim/ops/Pointers.h"
#include "sim/ops/Scalars.h"

using namespace mlir;

namespace pto::sim {

// The size of what a pointer counts in; refused where it is no whole number of bytes.
static unsigned elementBytes(Decoder &decoder, Operation *op, Value pointer) {
  PointerType type = *pointerType(pointer.getType());
  if (type.elementBytes == 0)
    decoder.refuse(op, op->getName().getStringRef() + " through " + text(pointer.getType()) + " is not simulated");
  return type.elementBytes;
}

static Instruction *emitThroughPointer(Decoder &decoder, Operation *op, Value pointer, llvm::StringRef variant,
                                       bool isPostUpdate = false) {
  Instruction *added = decoder.emitPlain(op, decoder.lookUp(op, variant));
  if (added)
    added->carry(PointerStep{elementBytes(decoder, op, pointer), isPostUpdate});
  return added;
}

// The predicate that leaves out lanes of what an operation makes or stores; null where there is none, or where it says
// something else.
static Value predicateOf(Operation *op) {
  auto isMask = [](Value value) { return isa<ir::MaskType>(value.getType()); };
  auto store = dyn_cast<ir::VstsOp>(op);
  if (isa<ir::VselOp>(op) || llvm::count_if(op->getOperands(), isMask) != 1 ||
      (store && !store.getDist().value_or("NORM").starts_with("NORM")))
    return nullptr;
  return *llvm::find_if(op->getOperands(), isMask);
}

// The one predicate of all that use a loaded register, if the load comes after it.
static Value predicateOfUsers(Operation *load, Value loaded) {
  Value predicate;
  for (Operation *user : loaded.getUsers()) {
    Value its = user->getBlock() == load->getBlock() ? predicateOf(user) : nullptr;
    if (!its || (predicate && its != predicate))
      return nullptr;
    predicate = its;
  }
  Operation *made = predicate ? predicate.getDefiningOp() : nullptr;
  return made && made->getBlock() == load->getBlock() && !made->isBeforeInBlock(load) ? nullptr : predicate;
}

static void decodeVlds(Decoder &decoder, Operation *op) {
  auto load = cast<ir::VldsOp>(op);
  llvm::StringRef dist = load.getDist().value_or("NORM");
  Instruction *added = emitThroughPointer(decoder, op, load.getSource(), dist, bool(load.getUpdatedBase()));
  Value predicate = added && dist == "NORM" ? predicateOfUsers(op, op->getResult(0)) : nullptr;
  if (!predicate)
    return;
  added->operand[2] = decoder.slot(predicate);
  auto step = added->carried<PointerStep>();
  step.maskedLaneBytes = uint8_t(laneBits(op->getResult(0).getType()) / 8);
  added->carry(step);
}

static void decodeVsts(Decoder &decoder, Operation *op) {
  auto store = cast<ir::VstsOp>(op);
  if (!store.getDist() && laneBits(store.getValue().getType()) == 64)
    return decoder.refuse(op, "pto.vsts of 64-bit lanes needs a dist: the hardware stores them with PK_B64 only");
  std::string contiguous = "NORM_B" + std::to_string(laneBits(store.getValue().getType()));
  emitThroughPointer(decoder, op, store.getDestination(), store.getDist().value_or(contiguous),
                     bool(store.getUpdatedBase()));
}

template <class Op>
static void decodePredicateAccess(Decoder &decoder, Operation *op) {
  decoder.emitPlain(op, decoder.lookUp(op, cast<Op>(op).getDist()));
}

// load, store and their older names: base, offset, and for a store the value.
static void decodeElementAccess(Decoder &decoder, Operation *op) {
  Value pointer = op->getOperand(0);
  emitThroughPointer(decoder, op, pointer, name(pointerType(pointer.getType())->space));
}

static void decodeAddPtr(Decoder &decoder, Operation *op) {
  Value pointer = op->getOperand(0);
  bool isGm = pointerType(pointer.getType())->space == MemorySpace::Gm;
  emitThroughPointer(decoder, op, pointer, isGm ? "gm" : "local");
}

static void decodeCastPtr(Decoder &decoder, Operation *op) {
  auto bits = [](Type type) {
    std::optional<ScalarType> scalar = scalarType(type);
    return uint8_t(scalar ? scalar->bits : 64);
  };
  if (Instruction *added = decoder.emitPlain(op, decoder.lookUp(op)))
    added->carry(ConversionTypes{.from = bits(op->getOperand(0).getType()), .to = bits(op->getResult(0).getType())});
}

static void emitTransfer(Decoder &decoder, Operation *op, DmaOperands operands) {
  operands.elementBytes = elementBytes(decoder, op, op->getOperand(0));
  if (const Code *code = decoder.lookUp(op))
    decoder.emit(op, *code).carry(decoder.keep(std::move(operands)));
}

// A transfer with strides, and loops around it.
template <class Op>
static DmaOperands transferOperands(Decoder &decoder, Op op) {
  auto level = [&](Value count, Value source, Value destination) {
    return DmaOperands::Level{decoder.slot(count), decoder.slot(source), decoder.slot(destination)};
  };
  DmaOperands operands{decoder.slot(op.getSource()), decoder.slot(op.getDestination()), decoder.slot(op.getLenBurst())};
  operands.levels.push_back(level(op.getNBurst(), op.getNburstSrcStride(), op.getNburstDstStride()));
  for (auto [count, source, destination] :
       llvm::zip_equal(op.getLoopCounts(), op.getLoopSrcStrides(), op.getLoopDstStrides()))
    operands.levels.push_back(level(count, source, destination));
  return operands;
}

static void decodeMteGmUb(Decoder &decoder, Operation *op) {
  auto copy = cast<ir::MteGmUbOp>(op);
  DmaOperands operands = transferOperands(decoder, copy);
  auto slot = [&](Value count) { return count ? std::optional(decoder.slot(count)) : std::nullopt; };
  if (Value pad = copy.getPadValue())
    operands.pad = {decoder.slot(pad), pad.getType().getIntOrFloatBitWidth() / 8, slot(copy.getLeftPaddingCount()),
                    slot(copy.getRightPaddingCount())};
  emitTransfer(decoder, op, std::move(operands));
}

static void decodeMteUbGm(Decoder &decoder, Operation *op) {
  emitTransfer(decoder, op, transferOperands(decoder, cast<ir::MteUbGmOp>(op)));
}

static void decodeMteUbUb(Decoder &decoder, Operation *op) {
  auto copy = cast<ir::MteUbUbOp>(op);
  DmaOperands operands{decoder.slot(copy.getSource()), decoder.slot(copy.getDestination()),
                       decoder.slot(copy.getLenBurst())};
  operands.levels.push_back(
      {decoder.slot(copy.getNBurst()), decoder.slot(copy.getSrcStride()), decoder.slot(copy.getDstStride())});
  emitTransfer(decoder, op, std::move(operands));
}

void addMemoryOps(DecodeTable &table) {
  table["pto.vlds"] = decodeVlds;
  table["pto.vsts"] = decodeVsts;
  table["pto.plds"] = decodePredicateAccess<ir::PldsOp>;
  table["pto.pldi"] = decodePredicateAccess<ir::PldiOp>;
  table["pto.psts"] = decodePredicateAccess<ir::PstsOp>;
  table["pto.psti"] = decodePredicateAccess<ir::PstiOp>;
  for (llvm::StringRef access : {"pto.load", "pto.load_scalar", "pto.store", "pto.store_scalar"})
    table[access] = decodeElementAccess;
  table["pto.addptr"] = decodeAddPtr;
  table["pto.castptr"] = decodeCastPtr;
  table["pto.mte_gm_ub"] = decodeMteGmUb;
  table["pto.mte_ub_gm"] = decodeMteUbGm;
  table["pto.mte_ub_ub"] = decodeMteUbUb;
}

} // namespace pto::sim
