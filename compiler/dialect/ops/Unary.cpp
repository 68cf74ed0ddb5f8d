// Generated code of the family Unary.td, and its registration.
#include "compiler/dialect/ops/Unary.h"

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Unary.cpp.inc"

void pto::ir::PtoDialect::registerUnaryOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Unary.cpp.inc"
      >();
}
