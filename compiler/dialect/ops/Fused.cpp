// vexpdif changes the type from input to result.
#include "compiler/dialect/ops/Fused.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Fused.cpp.inc"

namespace pto::ir {

LogicalResult VexpdifOp::verify() {
  if (getInput().getType() == getMax().getType())
    return success();
  return emitOpError() << "input is " << getInput().getType() << ", but max is " << getMax().getType()
                       << "; expected the same type";
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerFusedOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Fused.cpp.inc"
      >();
}
