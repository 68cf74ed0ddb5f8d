// Loads, stores, DMA and pointers.
#include "compiler/dialect/Ops.h"
#include "mlir/IR/TypeUtilities.h"
#include "sim/decode/Decoder.h"
#include "sim/ops/DmaTransfer.h"
#include "sim/ops/Indexed.h"
#include "sim/ops/Pointers.h"
#include "sim/ops/Scalars.h"
#include "sim/ops/Sort.h"
#include "sim/ops/threads/Atomic.h"

using namespace mlir;

namespace pto::sim {

// The size of what a pointer counts in; refused where it is no whole number of bytes.
static unsigned elementBytes(Decoder &decoder, Operation *op, Value pointer) {
  PointerType type = *pointerType(pointer.getType());
  if (type.elementBytes == 0)
    decoder.refuse(op, op->getName().getStringRef() + " through " + text(pointer.getType()) + " is not simulated");
  return type.elementBytes;
}

static unsigned maskLaneBytes(Value mask) {
  llvm::StringRef granularity = cast<ir::MaskType>(mask.getType()).getGranularity();
  return granularity == "b8" ? 1 : granularity == "b16" ? 2 : 4;
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
  if (isa<ir::VselOp, ir::VdupOp, ir::Vstsx2Op>(op) || llvm::count_if(op->getOperands(), isMask) != 1 ||
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

// One of the pair forms: operands after the registers are base and offset. The mask of a store says nothing.
static void decodePairLoad(Decoder &decoder, Operation *op) {
  auto load = cast<ir::Vldsx2Op>(op);
  emitThroughPointer(decoder, op, load.getSource(), load.getDist());
}

static void decodePairStore(Decoder &decoder, Operation *op) {
  auto store = cast<ir::Vstsx2Op>(op);
  if (Instruction *added = decoder.emitWith(op, decoder.lookUp(op, store.getDist()), op->getOperands().drop_back(), {}))
    added->carry(PointerStep{elementBytes(decoder, op, store.getDestination())});
}

template <class Op>
static void decodeBlocks(Decoder &decoder, Operation *op) {
  auto access = cast<Op>(op);
  llvm::SmallVector<Value, 3> operands(op->getOperands().drop_back(3));
  operands.push_back(op->getOperands().back());
  bool isPostUpdate = isa<ir::VsstbOp>(op) && op->getNumResults() > 0;
  Instruction *added =
      decoder.emitWith(op, decoder.lookUp(op, isPostUpdate ? "post-update" : ""), operands, op->getResults());
  if (added)
    added->carry(BlockStrides{decoder.slot(access.getBlockStride()), maskLaneBytes(operands.back()),
                              decoder.slot(access.getRepeatStride())});
}

static std::string elementWidth(Decoder &decoder, Operation *op, Value pointer) {
  return "b" + std::to_string(8 * elementBytes(decoder, op, pointer));
}

static void decodeGather(Decoder &decoder, Operation *op) {
  decoder.emitPlain(op, decoder.lookUp(op, elementWidth(decoder, op, op->getOperand(0))));
}

static void decodeScatter(Decoder &decoder, Operation *op) {
  decoder.emitPlain(op, decoder.lookUp(op, elementWidth(decoder, op, op->getOperand(1))));
}

template <class Op>
static void decodeStreamStep(Decoder &decoder, Operation *op) {
  Value base;
  if constexpr (std::is_same_v<Op, ir::VstusOp>)
    base = cast<Op>(op).getBase();
  else
    base = cast<Op>(op).getDestination();
  emitThroughPointer(decoder, op, base, "");
}

static void decodePstu(Decoder &decoder, Operation *op) {
  auto mask = cast<ir::MaskType>(cast<ir::PstuOp>(op).getValue().getType());
  decoder.emitPlain(op, decoder.lookUp(op, mask.getGranularity()));
}

// Sorts take their scores' type from a pointer.
static const Code *sortOf(Decoder &decoder, Operation *op, Value scores) {
  return decoder.lookUp(op, text(cast<ir::PtrType>(scores.getType()).getElementType()));
}

static void decodeVbitsort(Decoder &decoder, Operation *op) {
  decoder.emitPlain(op, sortOf(decoder, op, cast<ir::VbitsortOp>(op).getSource()));
}

static void decodeVmrgsort4(Decoder &decoder, Operation *op) {
  auto merge = cast<ir::Vmrgsort4Op>(op);
  MergeOperands operands{decoder.slot(merge.getDestination()),
                         {decoder.slot(merge.getSource0()), decoder.slot(merge.getSource1()),
                          decoder.slot(merge.getSource2()), decoder.slot(merge.getSource3())},
                         decoder.slot(merge.getCount()),
                         decoder.slot(merge.getConfig())};
  if (Instruction *added = decoder.emitWith(op, sortOf(decoder, op, merge.getSource0()), {}, {}))
    added->carry(decoder.keep(operands));
}

static void decodeGetVms4Sr(Decoder &decoder, Operation *op) {
  MergeCounts counts;
  for (auto [slot, result] : llvm::zip_equal(counts.slots, op->getResults()))
    slot = decoder.slot(result);
  if (Instruction *added = decoder.emitWith(op, decoder.lookUp(op), {}, {}))
    added->carry(decoder.keep(counts));
}

// The type of a value that an atomic changes; 64-bit integers compare as their signedness says, like all.
static AtomicType atomicType(Type type, bool isUnsigned) {
  if (type.isInteger(32))
    return isUnsigned ? AtomicType::U32 : AtomicType::S32;
  if (type.isInteger(64))
    return isUnsigned ? AtomicType::U64 : AtomicType::S64;
  if (type.isF32())
    return AtomicType::F32;
  bool isHalf = getElementTypeOrSelf(type).isF16();
  if (isa<VectorType>(type))
    return isHalf ? AtomicType::F16x2 : AtomicType::BF16x2;
  return isHalf ? AtomicType::F16 : AtomicType::BF16;
}

static void decodeAtomic(Decoder &decoder, Operation *op) {
  auto operation = AtomicOperation(llvm::find(atomicNames, op->getName().getStringRef()) - std::begin(atomicNames));
  PointerType pointer = *pointerType(op->getOperand(0).getType());
  auto signedness = op->getAttrOfType<StringAttr>("signedness");
  if (Instruction *added = decoder.emitPlain(op, decoder.lookUp(op, name(pointer.space))))
    added->carry(AtomicOperands{operation, atomicType(pointer.element, signedness && signedness == "unsigned"),
                                uint8_t(pointer.elementBytes)});
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

// Bursts in rows of both sides, and loops around them.
template <class Op>
static void decodeBursts(Decoder &decoder, Operation *op) {
  emitTransfer(decoder, op, transferOperands(decoder, cast<Op>(op)));
}

// A single row of bursts; the older forms have the number of a vector core besides.
template <class Op>
static void decodeRow(Decoder &decoder, Operation *op) {
  auto copy = cast<Op>(op);
  DmaOperands operands{decoder.slot(copy.getSource()), decoder.slot(copy.getDestination()),
                       decoder.slot(copy.getLenBurst())};
  auto level = [&](Value source, Value destination) {
    operands.levels.push_back({decoder.slot(copy.getNBurst()), decoder.slot(source), decoder.slot(destination)});
  };
  if constexpr (requires { copy.getSrcGap(); })
    level(copy.getSrcGap(), copy.getDstGap());
  else
    level(copy.getSrcStride(), copy.getDstStride());
  if constexpr (requires { copy.getSid(); })
    operands.partner = decoder.slot(copy.getSid());
  if (isa<ir::MteL1BtOp>(op)) {
    Type from = pointerType(copy.getSource().getType())->element;
    if (from != pointerType(copy.getDestination().getType())->element)
      operands.widened = scalarType(from)->floating;
  }
  emitTransfer(decoder, op, std::move(operands));
}

// The older copies.
static void decodeCopyGmToUbuf(Decoder &decoder, Operation *op) {
  auto copy = cast<ir::CopyGmToUbufOp>(op);
  DmaOperands operands{decoder.slot(copy.getSource()), decoder.slot(copy.getDestination()),
                       decoder.slot(copy.getLenBurst())};
  operands.levels.push_back(
      {decoder.slot(copy.getNBurst()), decoder.slot(copy.getGmStride()), decoder.slot(copy.getUbStride())});
  operands.olderPad = {decoder.slot(copy.getLeftPaddingCount()), decoder.slot(copy.getRightPaddingCount()),
                       decoder.slot(copy.getDataSelectBit())};
  operands.loops = &CopyRegisters::gmToUb;
  emitTransfer(decoder, op, std::move(operands));
}

static void decodeCopyUbufToGm(Decoder &decoder, Operation *op) {
  auto copy = cast<ir::CopyUbufToGmOp>(op);
  DmaOperands operands{decoder.slot(copy.getSource()), decoder.slot(copy.getDestination()),
                       decoder.slot(copy.getLenBurst())};
  operands.levels.push_back(
      {decoder.slot(copy.getNBurst()), decoder.slot(copy.getBurstSrcStride()), decoder.slot(copy.getBurstDstStride())});
  operands.loops = &CopyRegisters::ubToGm;
  emitTransfer(decoder, op, std::move(operands));
}

void addMemoryOps(DecodeTable &table) {
  table["pto.vlds"] = decodeVlds;
  table["pto.vsts"] = decodeVsts;
  table["pto.vldsx2"] = decodePairLoad;
  table["pto.vstsx2"] = decodePairStore;
  table["pto.vsldb"] = decodeBlocks<ir::VsldbOp>;
  table["pto.vsstb"] = decodeBlocks<ir::VsstbOp>;
  table["pto.vgather2"] = table["pto.vgather2_bc"] = decodeGather;
  table["pto.vscatter"] = decodeScatter;
  // The lanes of what is moved do not matter.
  table["pto.vldus"] =
      table["pto.vgatherb"] = [](Decoder &decoder, Operation *op) { decoder.emitPlain(op, decoder.lookUp(op)); };
  table["pto.vstus"] = decodeStreamStep<ir::VstusOp>;
  table["pto.vstas"] = decodeStreamStep<ir::VstasOp>;
  table["pto.vstur"] = [](Decoder &decoder, Operation *op) {
    decoder.emitPlain(op, decoder.lookUp(op, cast<ir::VsturOp>(op).getMode()));
  };
  table["pto.pstu"] = decodePstu;
  table["pto.vbitsort"] = decodeVbitsort;
  table["pto.vmrgsort4"] = decodeVmrgsort4;
  table["pto.get_vms4_sr"] = decodeGetVms4Sr;
  table["pto.plds"] = decodePredicateAccess<ir::PldsOp>;
  table["pto.pldi"] = decodePredicateAccess<ir::PldiOp>;
  table["pto.psts"] = decodePredicateAccess<ir::PstsOp>;
  table["pto.psti"] = decodePredicateAccess<ir::PstiOp>;
  table["pto.mte_gm_ub"] = decodeMteGmUb;
  table["pto.mte_ub_gm"] = decodeBursts<ir::MteUbGmOp>;
  table["pto.mte_gm_l1"] = decodeBursts<ir::MteGmL1Op>;
  table["pto.mte_l1_ub"] = decodeBursts<ir::MteL1UbOp>;
  table["pto.mte_ub_ub"] = decodeRow<ir::MteUbUbOp>;
  table["pto.mte_ub_l1"] = decodeRow<ir::MteUbL1Op>;
  table["pto.copy_gm_to_cbuf"] = decodeRow<ir::CopyGmToCbufOp>;
  table["pto.copy_ubuf_to_cbuf"] = decodeRow<ir::CopyUbufToCbufOp>;
  table["pto.copy_cbuf_to_ubuf"] = decodeRow<ir::CopyCbufToUbufOp>;
  table["pto.mte_l1_bt"] = decodeRow<ir::MteL1BtOp>;
  table["pto.mte_l1_fb"] = decodeRow<ir::MteL1FbOp>;
  table["pto.copy_ubuf_to_ubuf"] = decodeRow<ir::CopyUbufToUbufOp>;
  table["pto.copy_gm_to_ubuf"] = decodeCopyGmToUbuf;
  table["pto.copy_ubuf_to_gm"] = decodeCopyUbufToGm;
}

// Those of the scalar unit and of threads.
void addElementOps(DecodeTable &table) {
  for (llvm::StringRef access : {"pto.load", "pto.load_scalar", "pto.store", "pto.store_scalar", "pto.ldg", "pto.stg"})
    table[access] = decodeElementAccess;
  for (llvm::StringRef atomic : atomicNames)
    table[atomic] = decodeAtomic;
  table["pto.addptr"] = decodeAddPtr;
  table["pto.castptr"] = decodeCastPtr;
}

} // namespace pto::sim
