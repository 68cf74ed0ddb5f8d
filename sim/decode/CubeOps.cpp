// Products, their operands, and fixpipe.
#include "compiler/dialect/Ops.h"
#include "sim/decode/Decoder.h"
#include "sim/ops/cube/Fixpipe.h"
#include "sim/ops/cube/Loads.h"
#include "sim/ops/cube/Product.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace pto::sim {

template <class Operands>
static void emitKept(Decoder &decoder, Operation *op, Operands operands) {
  if (const Code *code = decoder.lookUp(op))
    decoder.emit(op, *code).carry(decoder.keep(std::move(operands)));
}

static Type elementOf(Value pointer) {
  return pointerType(pointer.getType())->element;
}

static unsigned bitsOf(Type element) {
  return isa<ir::F4E1M2x2Type, ir::F4E2M1x2Type>(element) ? 4 : ir::widthOf(element);
}

static void decodeFractalStore(Decoder &decoder, Operation *op) {
  auto load = cast<ir::MteGmL1FracOp>(op);
  auto slot = [&](Value value) { return decoder.slot(value); };
  unsigned bits = bitsOf(elementOf(load.getSource()));
  if (bits % 8 != 0)
    return decoder.refuse(op, "pto.mte_gm_l1_frac of " + text(elementOf(load.getSource())) + " is not simulated");
  FractalStoreOperands operands{slot(load.getSource()),
                                slot(load.getDestination()),
                                slot(load.getNValue()),
                                slot(load.getDValue()),
                                slot(load.getSrcInnerStride()),
                                slot(load.getGroupCount()),
                                slot(load.getDstLoop2Stride()),
                                slot(load.getDstLoop3Stride()),
                                slot(load.getDstLoop4Stride()),
                                std::nullopt,
                                slot(load.getSmallc0En()),
                                load.getMode() == "dn2nz",
                                bits / 8};
  if (load.getSrcOuterStride())
    operands.outerStride = slot(load.getSrcOuterStride());
  emitKept(decoder, op, operands);
}

// Of L0B the rows are n, which comes second.
template <class Op, MemorySpace To>
static void decodeTileLoad(Decoder &decoder, Operation *op) {
  auto load = cast<Op>(op);
  Value rows = load.getRows(), k = load.getColumns();
  if (To == MemorySpace::L0b)
    std::swap(rows, k);
  emitKept(decoder, op,
           FractalLoadOperands{decoder.slot(load.getSource()),
                               decoder.slot(load.getDestination()),
                               {decoder.slot(rows), decoder.slot(k), decoder.slot(load.getStartRow()),
                                decoder.slot(load.getStartCol()), 0, 0},
                               true,
                               load.getTranspose(),
                               To,
                               bitsOf(elementOf(load.getSource()))});
}

template <class Op, MemorySpace To>
static void decodeFractalLoad(Decoder &decoder, Operation *op) {
  auto load = cast<Op>(op);
  emitKept(decoder, op,
           FractalLoadOperands{decoder.slot(load.getSource()),
                               decoder.slot(load.getDestination()),
                               {decoder.slot(load.getMStart()), decoder.slot(load.getKStart()),
                                decoder.slot(load.getMStep()), decoder.slot(load.getKStep()),
                                decoder.slot(load.getSrcStride()), decoder.slot(load.getDstStride())},
                               false,
                               load.getTranspose(),
                               To,
                               bitsOf(elementOf(load.getSource()))});
}

template <class Op, MemorySpace To>
static void decodeScaleLoad(Decoder &decoder, Operation *op) {
  auto load = cast<Op>(op);
  Value rows = load.getRows(), k = load.getColumns();
  if (To == MemorySpace::L0bScale)
    std::swap(rows, k);
  ScaleLoadOperands operands{decoder.slot(load.getSource()),
                             decoder.slot(load.getDestination()),
                             decoder.slot(rows),
                             decoder.slot(k),
                             std::nullopt,
                             To};
  if (load.getStartRow())
    operands.start = {decoder.slot(load.getStartRow()), decoder.slot(load.getStartCol())};
  emitKept(decoder, op, operands);
}

static UnitFlag unitFlag(std::optional<llvm::StringRef> clause) {
  return !clause ? UnitFlag::Unused : *clause == "check_only" ? UnitFlag::Check : UnitFlag::CheckAndChange;
}

template <class Op>
static void decodeProduct(Decoder &decoder, Operation *op) {
  auto product = cast<Op>(op);
  auto slot = [&](Value value) { return decoder.slot(value); };
  ProductOperands operands{slot(product.getLhs()), slot(product.getRhs()), slot(product.getDestination()),
                           slot(product.getM()),   slot(product.getN()),   slot(product.getK())};
  if constexpr (requires { product.getBias(); })
    operands.bias = slot(product.getBias());
  operands.accumulates = op->getName().getStringRef().ends_with("_acc");
  operands.isScaled = op->getName().getStringRef().contains("_mx");
  operands.takesRow = !product.getDisableGemv();
  if (product.getSaturation())
    operands.saturates = *product.getSaturation() == "sat";
  operands.unitFlag = unitFlag(product.getUnitFlag());
  if constexpr (requires { product.getTf32Mode(); })
    if (product.getTf32Mode())
      operands.rounding = *product.getTf32Mode() == "round_away" ? Tf32Rounding::Away : Tf32Rounding::Even;
  operands.lhsType = factorType(elementOf(product.getLhs()));
  operands.rhsType = factorType(elementOf(product.getRhs()));
  operands.multiply = opTable().multiply;
  emitKept(decoder, op, operands);
}

// What a mode makes of a product is in the types; which of them have a known rule is here.
static std::optional<FixpipeResult> resultOf(llvm::StringRef mode, Type destination) {
  constexpr llvm::StringLiteral known[] = {"",          "f32_f16", "f32_bf16", "qf322f32", "qf322f16",
                                           "qf322bf16", "qf322b8", "req8",     "deqf16",   "qs322bf16"};
  llvm::StringRef stem = mode;
  if (!stem.consume_back("_pre_vec") && !stem.consume_back("_pre_scalar") && !stem.consume_back("_vec"))
    stem.consume_back("_scalar");
  if (!llvm::is_contained(known, stem))
    return std::nullopt;
  return fixpipeResult(destination);
}

static unsigned placeIn(const ir::TokenSet &set, llvm::StringRef word) {
  return unsigned(llvm::find(set.words, word) - set.words.begin());
}

template <class Op, MemorySpace To>
static void decodeFixpipe(Decoder &decoder, Operation *op) {
  auto store = cast<Op>(op);
  auto slot = [&](Value value) { return decoder.slot(value); };
  FixpipeOperands operands{slot(store.getSource()), slot(store.getDestination()), slot(store.getM()),
                           slot(store.getN()),      slot(store.getSrcStride()),   slot(store.getDstStride())};
  llvm::StringRef mode = store.getPreQuantMode().value_or(""), relu = store.getPreReluMode().value_or("no_relu");
  std::optional<FixpipeResult> result = resultOf(mode, elementOf(store.getDestination()));
  if (!result)
    return decoder.refuse(op, op->getName().getStringRef() + " with pre_quant " + mode +
                                  " is not simulated: its rounding is not documented");
  auto parameter = [&](Value value) -> FixpipeParameter {
    std::optional<ScalarType> scalar = scalarType(value.getType());
    return {slot(value), !scalar, scalar ? *scalar->floating : ScalarFloat::F32};
  };
  if (store.getPreQuant() && !mode.starts_with("f32_"))
    operands.scale = parameter(store.getPreQuant());
  operands.rule.scales = operands.scale.has_value();
  if (store.getPreRelu())
    operands.slope = parameter(store.getPreRelu());
  if (store.getClip())
    operands.clip = slot(store.getClip());
  if (store.getLayoutOperand())
    operands.layoutOperand = slot(store.getLayoutOperand());
  if (store.getLoop3Count())
    operands.loop = {slot(store.getLoop3Count()), slot(store.getLoop3SrcStride()), slot(store.getLoop3DstStride())};
  operands.to = To;
  operands.rule.isInteger = !elementOf(store.getSource()).isF32();
  operands.rule.result = *result;
  operands.rule.relu = llvm::StringSwitch<FixpipeRelu>(relu)
                           .Case("normal_relu", FixpipeRelu::Normal)
                           .Cases("scalar_relu", "vector_relu", FixpipeRelu::Leaky)
                           .Default(FixpipeRelu::None);
  operands.layout = llvm::StringSwitch<FixpipeLayout>(store.getLayout().value_or("nz2nd"))
                        .Case("nz2dn", FixpipeLayout::Columns)
                        .Case("nz2nz", FixpipeLayout::Fractals)
                        .Default(FixpipeLayout::Rows);
  if (store.getSaturation())
    operands.saturates = *store.getSaturation() != "nosat";
  operands.alwaysSaturates = mode.starts_with("deqf16");
  operands.unitFlag = unitFlag(store.getUnitFlag());
  if constexpr (To == MemorySpace::Ub) {
    if (store.getSubBlock())
      operands.subBlock = slot(store.getSubBlock());
    if (store.getSplit())
      operands.split = *store.getSplit() == "split_m" ? FixpipeSplit::Rows : FixpipeSplit::Columns;
  }
  if constexpr (To == MemorySpace::Gm)
    if (store.getAtomicType()) // CTRL counts the types from 1
      operands.atomic = {llvm::StringSwitch<unsigned>(*store.getAtomicType())
                             .Case("f32", 1)
                             .Case("f16", 2)
                             .Case("s16", 3)
                             .Case("s32", 4)
                             .Case("s8", 5)
                             .Default(6),
                         placeIn(ir::tokens::atomicOperations, *store.getAtomicOp())};
  emitKept(decoder, op, operands);
}

void addCubeOps(DecodeTable &table) {
  table["pto.mte_gm_l1_frac"] = decodeFractalStore;
  table["pto.mte_l1_l0a"] = decodeTileLoad<ir::MteL1L0aOp, MemorySpace::L0a>;
  table["pto.mte_l1_l0b"] = decodeTileLoad<ir::MteL1L0bOp, MemorySpace::L0b>;
  table["pto.load_cbuf_to_ca"] = decodeFractalLoad<ir::LoadCbufToCaOp, MemorySpace::L0a>;
  table["pto.load_cbuf_to_cb"] = decodeFractalLoad<ir::LoadCbufToCbOp, MemorySpace::L0b>;
  table["pto.mte_l1_l0a_mx"] = decodeScaleLoad<ir::MteL1L0aMxOp, MemorySpace::L0aScale>;
  table["pto.mte_l1_l0b_mx"] = decodeScaleLoad<ir::MteL1L0bMxOp, MemorySpace::L0bScale>;
  table["pto.mad"] = decodeProduct<ir::MadOp>;
  table["pto.mad_acc"] = decodeProduct<ir::MadAccOp>;
  table["pto.mad_bias"] = decodeProduct<ir::MadBiasOp>;
  table["pto.mad_mx"] = decodeProduct<ir::MadMxOp>;
  table["pto.mad_mx_acc"] = decodeProduct<ir::MadMxAccOp>;
  table["pto.mad_mx_bias"] = decodeProduct<ir::MadMxBiasOp>;
  table["pto.mte_l0c_gm"] = decodeFixpipe<ir::MteL0cGmOp, MemorySpace::Gm>;
  table["pto.mte_l0c_l1"] = decodeFixpipe<ir::MteL0cL1Op, MemorySpace::L1>;
  table["pto.mte_l0c_ub"] = decodeFixpipe<ir::MteL0cUbOp, MemorySpace::Ub>;
}

} // namespace pto::sim
