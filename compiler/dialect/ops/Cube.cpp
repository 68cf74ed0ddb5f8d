// Which types a product takes, and in which form.
#include "compiler/dialect/ops/Cube.h"
#include "compiler/dialect/Constants.h"
#include "compiler/dialect/Forms.h"
#include "compiler/dialect/Words.h"

using namespace mlir;

namespace pto::ir {

static OptionalParseResult parseSaturation(OpAsmParser &parser, StringAttr &saturation) {
  return parseOptionalWord(parser, saturation, {"sat", "nosat"});
}
static void printSaturation(OpAsmPrinter &printer, Operation *op, StringAttr saturation) {
  printWord(printer, op, saturation);
}

} // namespace pto::ir

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Cube.cpp.inc"

namespace pto::ir {

static bool isFp8(Type type) {
  return isa<Float8E4M3FNType, Float8E5M2Type>(type);
}
static bool isFp4(Type type) {
  return isa<F4E1M2x2Type, F4E2M1x2Type>(type);
}
static bool isS8(Type type) {
  return type.isSignlessInteger(8) || type.isSignedInteger(8);
}
static bool isS32(Type type) {
  return type.isSignlessInteger(32) || type.isSignedInteger(32);
}

static Type elementOf(Value pointer) {
  return cast<PtrType>(pointer.getType()).getElementType();
}

static bool isPlainProduct(Type lhs, Type rhs, Type result) {
  if (isS8(lhs) && isS8(rhs))
    return isS32(result);
  bool isPair =
      (lhs == rhs && (lhs.isF16() || lhs.isBF16() || lhs.isF32() || isa<HiF8Type>(lhs))) || (isFp8(lhs) && isFp8(rhs));
  return isPair && result.isF32();
}

static bool isScaledProduct(Type lhs, Type rhs, Type result) {
  return ((isFp8(lhs) && isFp8(rhs)) || (isFp4(lhs) && isFp4(rhs))) && result.isF32();
}

// m, n and k have 12 bits.
static constexpr int64_t largestExtent = 4095;

template <typename ProductOp>
static LogicalResult verifyProduct(ProductOp op, bool isScaled) {
  Type lhs = elementOf(op.getLhs()), rhs = elementOf(op.getRhs()), result = elementOf(op.getDestination());
  if (!(isScaled ? isScaledProduct : isPlainProduct)(lhs, rhs, result))
    return op.emitOpError() << "multiplies " << lhs << " by " << rhs << " into " << result << "; expected "
                            << findForm(op->getName().getStringRef())->types;
  if (op.getSaturation() && isS8(lhs))
    return op.emitOpError() << "has " << *op.getSaturation() << "; expected it on products of floats only";
  if constexpr (requires { op.getTf32Mode(); })
    if (op.getTf32Mode() && !lhs.isF32())
      return op.emitOpError() << "has a tf32_mode, but multiplies " << lhs << "; expected f32";
  if constexpr (requires { op.getBias(); })
    if (elementOf(op.getBias()) != result)
      return op.emitOpError() << "adds a bias of " << elementOf(op.getBias()) << "; expected " << result
                              << " as in the result";
  for (auto [name, extent] : {std::pair("m", op.getM()), std::pair("n", op.getN()), std::pair("k", op.getK())})
    if (failed(verifyRange(op, name, extent, 0, largestExtent)))
      return failure();
  if (std::optional<int64_t> k = constantOf(op.getK()); isScaled && k && *k % 64 != 0)
    return op.emitOpError() << "k is " << *k << "; expected a multiple of 64, which have two scales";
  return success();
}

LogicalResult MadOp::verify() {
  return verifyProduct(*this, false);
}
LogicalResult MadAccOp::verify() {
  return verifyProduct(*this, false);
}
LogicalResult MadBiasOp::verify() {
  return verifyProduct(*this, false);
}
LogicalResult MadMxOp::verify() {
  return verifyProduct(*this, true);
}
LogicalResult MadMxAccOp::verify() {
  return verifyProduct(*this, true);
}
LogicalResult MadMxBiasOp::verify() {
  return verifyProduct(*this, true);
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerCubeOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Cube.cpp.inc"
      >();
}
