// Loads, stores, DMA and pointers.
#include "compiler/dialect/Ops.h"
#include "sim/decode/Decoder.h"
#include "sim/ops/Scalars.h"

using namespace mlir;

namespace pto::sim {

// The size of what a pointer counts in; refused where it is no whole number of bytes.
static int64_t elementBytes(Decoder &decoder, Operation *op, Value pointer) {
  PointerType type = *pointerType(pointer.getType());
  if (type.elementBytes == 0)
    decoder.refuse(op, op->getName().getStringRef() + " through " + text(pointer.getType()) + " is not simulated");
  return type.elementBytes;
}

static std::string withPost(llvm::StringRef op, Value updatedBase) {
  return (op + (updatedBase ? " post-update" : "")).str();
}

static void decodeVlds(Decoder &decoder, Operation *op) {
  auto load = cast<ir::VldsOp>(op);
  Handlers handlers =
      decoder.lookUp(op, withPost("pto.vlds", load.getUpdatedBase()), load.getDist().value_or("NORM"), LaneType::None);
  if (Instruction *added = decoder.emitPlain(op, handlers))
    added->immediate = elementBytes(decoder, op, load.getSource());
}

static void decodeVsts(Decoder &decoder, Operation *op) {
  auto store = cast<ir::VstsOp>(op);
  if (!store.getDist() && laneBits(store.getValue().getType()) == 64)
    return decoder.refuse(op, "pto.vsts of 64-bit lanes needs a dist: the hardware stores them with PK_B64 only");
  std::string contiguous = "NORM_B" + std::to_string(laneBits(store.getValue().getType()));
  Handlers handlers = decoder.lookUp(op, withPost("pto.vsts", store.getUpdatedBase()),
                                     store.getDist().value_or(contiguous), LaneType::None);
  if (Instruction *added = decoder.emitPlain(op, handlers))
    added->immediate = elementBytes(decoder, op, store.getDestination());
}

template <class Op>
static void decodePredicateAccess(Decoder &decoder, Operation *op) {
  decoder.emitPlain(op, decoder.lookUp(op, cast<Op>(op).getDist()));
}

// load, store and their older names: base, offset, and for a store the value.
static void decodeElementAccess(Decoder &decoder, Operation *op) {
  Value pointer = op->getOperand(0);
  llvm::StringRef space = name(pointerType(pointer.getType())->space);
  if (Instruction *added = decoder.emitPlain(op, decoder.lookUp(op, space)))
    added->immediate = elementBytes(decoder, op, pointer);
}

static void decodeAddPtr(Decoder &decoder, Operation *op) {
  Value pointer = op->getOperand(0);
  bool isGm = pointerType(pointer.getType())->space == MemorySpace::Gm;
  if (Instruction *added = decoder.emitPlain(op, decoder.lookUp(op, isGm ? "gm" : "local")))
    added->immediate = elementBytes(decoder, op, pointer);
}

static void decodeCastPtr(Decoder &decoder, Operation *op) {
  auto bits = [](Type type) {
    std::optional<ScalarType> scalar = scalarType(type);
    return scalar ? scalar->bits : 64;
  };
  ConversionTypes types;
  types.from = bits(op->getOperand(0).getType());
  types.to = bits(op->getResult(0).getType());
  if (Instruction *added = decoder.emitPlain(op, decoder.lookUp(op)))
    added->immediate = types.pack();
}

// The pool entries of a transfer: source, destination, len_burst, then a triple for nburst and for every loop.
template <class Op>
static llvm::SmallVector<uint32_t> transferOperands(Decoder &decoder, Op op) {
  llvm::SmallVector<uint32_t> operands;
  for (Value operand : {Value(op.getSource()), Value(op.getDestination()), Value(op.getLenBurst()),
                        Value(op.getNBurst()), Value(op.getNburstSrcStride()), Value(op.getNburstDstStride())})
    operands.push_back(decoder.slot(operand));
  for (auto [count, source, destination] :
       llvm::zip_equal(op.getLoopCounts(), op.getLoopSrcStrides(), op.getLoopDstStrides()))
    for (Value operand : {count, source, destination})
      operands.push_back(decoder.slot(operand));
  return operands;
}

static void emitTransfer(Decoder &decoder, Operation *op, llvm::ArrayRef<uint32_t> operands, size_t loops,
                         unsigned padBytes = 0) {
  Handlers handlers = decoder.lookUp(op);
  if (!handlers)
    return;
  int64_t pool = decoder.addToPool(operands);
  Instruction &added = decoder.emit(op, handlers);
  added.immediate = pool;
  added.operand[0] = uint32_t(loops);
  added.operand[1] = padBytes;
  added.operand[2] = uint32_t(elementBytes(decoder, op, op->getOperand(0)));
}

static void decodeMteGmUb(Decoder &decoder, Operation *op) {
  auto copy = cast<ir::MteGmUbOp>(op);
  llvm::SmallVector<uint32_t> operands = transferOperands(decoder, copy);
  unsigned padBytes = 0;
  if (Value pad = copy.getPadValue()) {
    padBytes = pad.getType().getIntOrFloatBitWidth() / 8;
    uint32_t none = decoder.newSlot(IntegerType::get(op->getContext(), 64));
    auto orNone = [&](Value count) { return count ? decoder.slot(count) : none; };
    operands.append({decoder.slot(pad), orNone(copy.getLeftPaddingCount()), orNone(copy.getRightPaddingCount())});
  }
  emitTransfer(decoder, op, operands, copy.getLoopCounts().size(), padBytes);
}

static void decodeMteUbGm(Decoder &decoder, Operation *op) {
  auto copy = cast<ir::MteUbGmOp>(op);
  emitTransfer(decoder, op, transferOperands(decoder, copy), copy.getLoopCounts().size());
}

static void decodeMteUbUb(Decoder &decoder, Operation *op) {
  auto copy = cast<ir::MteUbUbOp>(op);
  llvm::SmallVector<uint32_t> operands;
  for (Value operand : {Value(copy.getSource()), Value(copy.getDestination()), Value(copy.getLenBurst()),
                        Value(copy.getNBurst()), Value(copy.getSrcStride()), Value(copy.getDstStride())})
    operands.push_back(decoder.slot(operand));
  emitTransfer(decoder, op, operands, 0);
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
