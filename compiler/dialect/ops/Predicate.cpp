// Repacking goes one step between granularities at most.
#include "compiler/dialect/ops/Predicate.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Predicate.cpp.inc"

namespace pto::ir {

static unsigned bitsOf(Value mask) {
  unsigned bits = 0;
  cast<MaskType>(mask.getType()).getGranularity().drop_front().getAsInteger(10, bits);
  return bits;
}

LogicalResult PpackOp::verify() {
  unsigned from = bitsOf(getInput()), to = bitsOf(getResult());
  if (to == from || to * 2 == from)
    return success();
  return emitOpError() << "packs " << getInput().getType() << " into " << getResult().getType()
                       << "; expected the same granularity or one step narrower";
}

LogicalResult PunpackOp::verify() {
  unsigned from = bitsOf(getInput()), to = bitsOf(getResult());
  if (to == from || to == from * 2)
    return success();
  return emitOpError() << "unpacks " << getInput().getType() << " into " << getResult().getType()
                       << "; expected the same granularity or one step wider";
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerPredicateOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Predicate.cpp.inc"
      >();
}
