// arith: constants become preset registers, the rest carries its widths and float types.
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
  else
    decoder.refuse(op, "arith.constant of type " + text(result.getType()) + " is not simulated");
}

// The scalar type of an operand or a result, or nothing after a refusal.
static std::optional<ScalarType> typeOf(Decoder &decoder, Operation *op, Value value) {
  std::optional<ScalarType> type = scalarType(value.getType());
  if (!type)
    decoder.refuse(op, op->getName().getStringRef() + " on " + text(value.getType()) + " is not simulated");
  return type;
}

static void emitSameType(Decoder &decoder, Operation *op, llvm::StringRef variant) {
  std::optional<ScalarType> type = typeOf(decoder, op, op->getOperand(0));
  if (!type)
    return;
  Instruction *added = decoder.emitPlain(op, decoder.lookUp(op, variant));
  if (!added)
    return;
  if (type->floating)
    added->carry(*type->floating);
  else
    added->carry(IntegerWidth{type->bits});
}

static void decodeBinary(Decoder &decoder, Operation *op) {
  emitSameType(decoder, op, "");
}

static void decodeCmpi(Decoder &decoder, Operation *op) {
  emitSameType(decoder, op, arith::stringifyCmpIPredicate(cast<arith::CmpIOp>(op).getPredicate()));
}

static void decodeCmpf(Decoder &decoder, Operation *op) {
  emitSameType(decoder, op, arith::stringifyCmpFPredicate(cast<arith::CmpFOp>(op).getPredicate()));
}

static void decodeConversion(Decoder &decoder, Operation *op) {
  std::optional<ScalarType> from = typeOf(decoder, op, op->getOperand(0));
  std::optional<ScalarType> to = typeOf(decoder, op, op->getResult(0));
  if (!from || !to)
    return;
  if (Instruction *added = decoder.emitPlain(op, decoder.lookUp(op)))
    added->carry(ConversionTypes{uint8_t(from->bits), uint8_t(to->bits), from->floating.value_or(ScalarFloat::F64),
                                 to->floating.value_or(ScalarFloat::F64)});
}

static void decodeSelect(Decoder &decoder, Operation *op) {
  decoder.emitPlain(op, decoder.lookUp(op, isWide(op->getResult(0).getType()) ? "wide" : "scalar"));
}

void addScalarOps(DecodeTable &table) {
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
    table[op] = decodeBinary;
  for (llvm::StringRef op :
       {"arith.extui", "arith.trunci", "arith.index_castui", "arith.bitcast", "arith.extsi", "arith.index_cast",
        "arith.negf", "arith.extf", "arith.truncf", "arith.sitofp", "arith.uitofp", "arith.fptosi", "arith.fptoui"})
    table[op] = decodeConversion;
}

} // namespace pto::sim
