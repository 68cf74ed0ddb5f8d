// Generated code of the family Query.td, and its registration.
#include "compiler/dialect/ops/Query.h"

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Query.cpp.inc"

void pto::ir::PtoDialect::registerQueryOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Query.cpp.inc"
      >();
}
