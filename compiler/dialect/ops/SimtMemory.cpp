// Which elements an atomic takes in which memory.
#include "compiler/dialect/ops/SimtMemory.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/dialect/ops/SimtMemory.cpp.inc"

namespace pto::ir {

static LogicalResult verifyElement(Operation *op, Value pointer, Type value) {
  if (auto type = cast<PtrType>(pointer.getType()); type.getElementType() != value)
    return op->emitOpError() << "value is " << value << ", but the pointer is " << type << "; expected "
                             << type.getElementType();
  return success();
}
LogicalResult LdgOp::verify() {
  return verifyElement(*this, getPtr(), getValue().getType());
}
LogicalResult StgOp::verify() {
  return verifyElement(*this, getPtr(), getValue().getType());
}

template <typename AtomicOp>
static LogicalResult verifyAtomic(AtomicOp op) {
  Type value = op.getValue().getType();
  MemorySpace space = cast<PtrType>(op.getPtr().getType()).getMemorySpace();
  if (space != MemorySpace::Gm && space != MemorySpace::Ub)
    return op.emitOpError() << "is on " << stringifyMemorySpace(space) << "; expected a pointer into gm or ub";
  if (failed(verifyElement(op, op.getPtr(), value)))
    return failure();
  if (space == MemorySpace::Ub && value.isInteger(64))
    return op.emitOpError() << "is on i64 in ub; 64-bit atomics are on gm only";
  if (op.getSignedness() && !isa<IntegerType>(value))
    return op.emitOpError() << "is " << *op.getSignedness() << ", but the value is " << value
                            << "; only integers have signedness";
  if (!isa<VectorType>(value))
    return success();
  if (failed(verifyInSimt(op)))
    return failure();
  if (!op.getOld().use_empty())
    return op.emitOpError() << "on " << value << " has a result that is used; a pair's old value cannot be";
  return success();
}

template <typename AtomicOp>
static LogicalResult verifyBitwise(AtomicOp op) {
  if (Type value = op.getValue().getType(); !isa<IntegerType>(value))
    return op.emitOpError() << "is on " << value << "; expected i32 or i64";
  return verifyAtomic(op);
}

LogicalResult AtomicExchOp::verify() {
  return verifyAtomic(*this);
}
LogicalResult AtomicAddOp::verify() {
  return verifyAtomic(*this);
}
LogicalResult AtomicSubOp::verify() {
  return verifyAtomic(*this);
}
LogicalResult AtomicMinOp::verify() {
  return verifyAtomic(*this);
}
LogicalResult AtomicMaxOp::verify() {
  return verifyAtomic(*this);
}
LogicalResult AtomicCasOp::verify() {
  return verifyAtomic(*this);
}
LogicalResult AtomicAndOp::verify() {
  return verifyBitwise(*this);
}
LogicalResult AtomicOrOp::verify() {
  return verifyBitwise(*this);
}
LogicalResult AtomicXorOp::verify() {
  return verifyBitwise(*this);
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerSimtMemoryOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/SimtMemory.cpp.inc"
      >();
}
