// Packing halves the width of the lanes; unpacking, and the sum of narrow integers, doubles it.
#include "compiler/dialect/ops/Lane.h"
#include "compiler/dialect/Constants.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Lane.cpp.inc"

namespace pto::ir {

template <typename SumOp>
static LogicalResult verifySum(SumOp op) {
  auto input = cast<VRegType>(op.getInput().getType());
  Type element = input.getElementType();
  VRegType expected = input;
  if (auto integer = dyn_cast<IntegerType>(element); integer && integer.getWidth() < 32)
    expected = VRegType::get(op.getContext(), input.getElementCount() / 2,
                             IntegerType::get(op.getContext(), integer.getWidth() * 2, integer.getSignedness()));
  auto result = cast<VRegType>(op.getResult().getType());
  if (result.getElementCount() == expected.getElementCount() &&
      laneOf(result.getElementType()) == laneOf(expected.getElementType()))
    return success();
  return op.emitOpError() << "adds " << input << " into " << result << "; expected " << expected;
}
LogicalResult VcaddOp::verify() {
  return verifySum(*this);
}
LogicalResult VcgaddOp::verify() {
  return verifySum(*this);
}

LogicalResult Dhistv2Op::verify() {
  return verifyRange(*this, "bin", getBin(), 0, 1);
}
LogicalResult Chistv2Op::verify() {
  return verifyRange(*this, "bin", getBin(), 0, 1);
}

LogicalResult VpackOp::verify() {
  auto source = cast<VRegType>(getSrc().getType()), result = cast<VRegType>(getResult().getType());
  auto element = cast<IntegerType>(result.getElementType());
  unsigned width = widthOf(source.getElementType());
  if (width <= 32 && element.isUnsigned() && element.getWidth() * 2 == width)
    return success();
  return emitOpError() << "packs " << source << " into " << result
                       << "; expected 32-bit integers into ui16, or 16-bit integers into ui8";
}

template <typename UnpackOp>
static LogicalResult verifyUnpack(UnpackOp op) {
  auto source = cast<VRegType>(op.getSrc().getType()), result = cast<VRegType>(op.getResult().getType());
  if (widthOf(result.getElementType()) == widthOf(source.getElementType()) * 2)
    return success();
  return op.emitOpError() << "unpacks " << source << " into " << result << "; expected integers of twice the width";
}
LogicalResult VsunpackOp::verify() {
  return verifyUnpack(*this);
}
LogicalResult VzunpackOp::verify() {
  return verifyUnpack(*this);
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerLaneOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Lane.cpp.inc"
      >();
}
