// Lane selection by an index vector.
#include "compiler/dialect/ops/Compare.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Compare.cpp.inc"

namespace pto::ir {

template <typename SelectOp>
static LogicalResult verifyLaneSelect(SelectOp op) {
  auto source = cast<VRegType>(op.getSrc0().getType()), indices = cast<VRegType>(op.getSrc1().getType());
  Type result = op.getResult().getType();
  if (result != source)
    return op.emitOpError() << "result is " << result << ", but src0 is " << source << "; expected the same type";
  if (widthOf(indices.getElementType()) != widthOf(source.getElementType()))
    return op.emitOpError() << "indices are " << indices << ", but src0 is " << source
                            << "; expected integers of the same width";
  return success();
}
LogicalResult VselrOp::verify() {
  return verifyLaneSelect(*this);
}
LogicalResult Vselrv2Op::verify() {
  return verifyLaneSelect(*this);
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerCompareOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Compare.cpp.inc"
      >();
}
