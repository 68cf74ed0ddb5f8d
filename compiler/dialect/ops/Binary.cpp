// Generated code of the family Binary.td, and its registration.
#include "compiler/dialect/ops/Binary.h"

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Binary.cpp.inc"

void pto::ir::PtoDialect::registerBinaryOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Binary.cpp.inc"
      >();
}
