// Casts stay in one memory; a single element has the type that its pointer says.
#include "compiler/dialect/ops/Pointer.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Pointer.cpp.inc"

namespace pto::ir {

LogicalResult CastPtrOp::verify() {
  auto from = dyn_cast<PtrType>(getInput().getType()), to = dyn_cast<PtrType>(getResult().getType());
  if (!from && !to)
    return emitOpError() << "casts " << getInput().getType() << " to " << getResult().getType()
                         << "; expected a pointer on one side";
  if (from && to && from.getMemorySpace() != to.getMemorySpace())
    return emitOpError() << "casts a pointer into " << stringifyMemorySpace(from.getMemorySpace()) << " to one into "
                         << stringifyMemorySpace(to.getMemorySpace()) << "; a cast stays in the same memory";
  return success();
}

LogicalResult AddPtrOp::verify() {
  if (getPtr().getType() == getResult().getType())
    return success();
  return emitOpError() << "result is " << getResult().getType() << ", but the pointer is " << getPtr().getType()
                       << "; expected the same type";
}

static LogicalResult verifyElement(Operation *op, Type pointer, Type value) {
  Type element = cast<PtrType>(pointer).getElementType();
  if (value == element)
    return success();
  return op->emitOpError() << "value is " << value << ", but the pointer is " << pointer << "; expected " << element;
}

LogicalResult LoadScalarOp::verify() {
  return verifyElement(*this, getPtr().getType(), getValue().getType());
}
LogicalResult LoadOp::verify() {
  return verifyElement(*this, getPtr().getType(), getValue().getType());
}
LogicalResult StoreScalarOp::verify() {
  return verifyElement(*this, getPtr().getType(), getValue().getType());
}
LogicalResult StoreOp::verify() {
  return verifyElement(*this, getPtr().getType(), getValue().getType());
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerPointerOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Pointer.cpp.inc"
      >();
}
