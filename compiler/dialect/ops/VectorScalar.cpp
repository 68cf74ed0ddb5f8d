// vdup takes a scalar, or a lane of a vector.
#include "compiler/dialect/ops/VectorScalar.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/dialect/ops/VectorScalar.cpp.inc"

namespace pto::ir {

LogicalResult VdupOp::verify() {
  auto vector = dyn_cast<VRegType>(getInput().getType());
  if (!vector) {
    if (getPosition())
      return emitOpError() << "has position " << getPositionAttr() << " with a scalar input; expected a vector input";
    return verifyScalarFitsLanes(*this, 0);
  }
  if (vector == getResult().getType())
    return success();
  return emitOpError() << "input is " << vector << ", but the result is " << getResult().getType()
                       << "; expected the same type";
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerVectorScalarOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/VectorScalar.cpp.inc"
      >();
}
