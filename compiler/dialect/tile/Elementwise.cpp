// Generated code of the family Elementwise.td, and its registration.
#include "compiler/dialect/tile/Elementwise.h"
#include "compiler/dialect/tile/Rules.h"

#define GET_OP_CLASSES
#include "compiler/dialect/tile/Elementwise.cpp.inc"

void pto::ir::PtoDialect::registerTileElementwiseOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/tile/Elementwise.cpp.inc"
      >();
}
