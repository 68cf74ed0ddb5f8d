// arith: constants become preset registers, the rest carries its widths and float types.
#include "compiler/dialect/ops/Llvm.h"
#include "compiler/dialect/ops/ScalarMath.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "sim/decode/Decoder.h"
#include "sim/ops/Scalars.h"

using namespace mlir;

namespace pto::sim {

static void decodeConstant(Decoder &decoder, Operation *op) {
  Attribute value = cast<arith::ConstantOp>(op).getValue();
  Value result = op->getResult(0);
  if (auto integer = dyn_cast<IntegerAttr>(value); integer && scalarType(integer.getType()))
    decoder.presetScalar(result, integer.getValue().getZExtValue());
  else if (auto floating = dyn_cast<FloatAttr>(value); floating && scalarType(floating.getType()))
    decoder.presetScalar(result, floating.getValue().bitcastToAPInt().getZExtValue());
  else if (auto pair = dyn_cast<DenseFPElementsAttr>(value); pair && scalarType(pair.getType())) {
    uint64_t bits = 0;
    unsigned width = pair.getElementType().getIntOrFloatBitWidth();
    for (auto [index, element] : llvm::enumerate(pair.getValues<APFloat>()))
      bits |= element.bitcastToAPInt().getZExtValue() << (index * width);
    decoder.presetScalar(result, bits);
  } else if (auto words = dyn_cast<VectorType>(result.getType());
             !words || words.getNumElements() != 4 || !words.getElementType().isInteger(16))
    // A merge of lists names four words, which nothing can read.
    decoder.refuse(op, "arith.constant of type " + text(result.getType()) + " is not simulated");
}

// The scalar type of an operand or a result, or nothing after a refusal.
static std::optional<ScalarType> typeOf(Decoder &decoder, Operation *op, Value value, bool takesPairs) {
  std::optional<ScalarType> type = scalarType(value.getType());
  if (type && (takesPairs || !type->isPair))
    return type;
  decoder.refuse(op, op->getName().getStringRef() + " on " + text(value.getType()) + " is not simulated");
  return std::nullopt;
}

static void emitSameType(Decoder &decoder, Operation *op, llvm::StringRef variant) {
  bool computesOnPairs = op->getNumResults() && scalarType(op->getResult(0).getType()).value_or(ScalarType()).floating;
  std::optional<ScalarType> type = typeOf(decoder, op, op->getOperand(0), computesOnPairs);
  if (!type)
    return;
  Instruction *added = decoder.emitPlain(op, decoder.lookUp(op, variant));
  if (!added)
    return;
  if (type->floating)
    added->carry(FloatShape{*type->floating, type->isPair});
  else
    added->carry(IntegerWidth{type->bits});
}

static void decodeArithmetic(Decoder &decoder, Operation *op) {
  emitSameType(decoder, op, "");
}

static void decodeCmpi(Decoder &decoder, Operation *op) {
  emitSameType(decoder, op, arith::stringifyCmpIPredicate(cast<arith::CmpIOp>(op).getPredicate()));
}

static void decodeCmpf(Decoder &decoder, Operation *op) {
  emitSameType(decoder, op, arith::stringifyCmpFPredicate(cast<arith::CmpFOp>(op).getPredicate()));
}

static void decodeConversion(Decoder &decoder, Operation *op) {
  // The bits of a pair are those of a scalar.
  bool takesPairs = isa<arith::BitcastOp, ir::llvm_dialect::BitcastOp>(op);
  std::optional<ScalarType> from = typeOf(decoder, op, op->getOperand(0), takesPairs);
  std::optional<ScalarType> to = typeOf(decoder, op, op->getResult(0), takesPairs);
  if (!from || !to)
    return;
  if (Instruction *added = decoder.emitPlain(op, decoder.lookUp(op)))
    added->carry(ConversionTypes{uint8_t(from->bits), uint8_t(to->bits), from->floating.value_or(ScalarFloat::F64),
                                 to->floating.value_or(ScalarFloat::F64)});
}

static void decodeSelect(Decoder &decoder, Operation *op) {
  decoder.emitPlain(op, decoder.lookUp(op, isWide(op->getResult(0).getType()) ? "wide" : "scalar"));
}

// The signedness picks the variant.
template <class Op>
static void decodeWideProduct(Decoder &decoder, Operation *op) {
  emitSameType(decoder, op, cast<Op>(op).getSignedness());
}

// Both types, the signedness of the one that is an integer, and the rounding pick the variant.
static void decodeConvert(Decoder &decoder, Operation *op) {
  auto convert = cast<ir::ConvertOp>(op);
  bool isSigned = convert.getSignedness().value_or("signed") == "signed";
  auto spelled = [isSigned](Type type) -> std::string {
    if (isa<IntegerType>(type))
      return (isSigned ? "s" : "u") + text(type);
    if (auto vector = dyn_cast<VectorType>(type))
      return text(vector.getElementType());
    std::string own = text(type);
    llvm::StringRef word = own;
    word.consume_front("!pto.");
    word.consume_back("x2");
    return word.str();
  };
  Type source = convert.getSource().getType(), result = convert.getResult().getType();
  std::string variant = spelled(source) + " " + spelled(result) + " " + convert.getRounding().str();
  if (source == result)
    return decoder.refuse(op, "pto.convert from " + text(source) + " to " + text(result) + " is not simulated");
  if (Instruction *added = decoder.emitPlain(op, decoder.lookUp(op, variant)))
    added->carry(ConvertOperands{convert.getSaturation() == "sat", !source.isIntOrFloat()});
}

void addScalarOps(DecodeTable &table) {
  table["pto.mulhi"] = decodeWideProduct<ir::MulhiOp>;
  table["pto.mul_i32toi64"] = decodeWideProduct<ir::MulI32toi64Op>;
  table["pto.convert"] = decodeConvert;
  for (llvm::StringRef op : {"pto.absf", "pto.sqrt", "pto.exp", "pto.log", "pto.pow", "pto.ceil", "pto.floor",
                             "pto.rint", "pto.round", "pto.fmin", "pto.fmax", "pto.fma"})
    table[op] = decodeArithmetic;
  table["arith.constant"] = decodeConstant;
  table["arith.cmpi"] = decodeCmpi;
  table["arith.cmpf"] = decodeCmpf;
  table["arith.select"] = decodeSelect;
  for (llvm::StringRef op :
       {"arith.addi",      "arith.subi",      "arith.muli",    "arith.andi",     "arith.ori",     "arith.xori",
        "arith.shli",      "arith.shrui",     "arith.shrsi",   "arith.maxsi",    "arith.minsi",   "arith.maxui",
        "arith.minui",     "arith.divsi",     "arith.divui",   "arith.remsi",    "arith.remui",   "arith.floordivsi",
        "arith.ceildivsi", "arith.ceildivui", "arith.addf",    "arith.subf",     "arith.mulf",    "arith.divf",
        "arith.remf",      "arith.maxnumf",   "arith.minnumf", "arith.maximumf", "arith.minimumf"})
    table[op] = decodeArithmetic;
  for (llvm::StringRef op : {"arith.extui", "arith.trunci", "arith.index_castui", "arith.bitcast", "llvm.bitcast",
                             "arith.extsi", "arith.index_cast", "arith.negf", "arith.extf", "arith.truncf",
                             "arith.sitofp", "arith.uitofp", "arith.fptosi", "arith.fptoui"})
    table[op] = decodeConversion;
}

} // namespace pto::sim
