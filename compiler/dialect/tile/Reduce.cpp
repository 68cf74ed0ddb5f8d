// Generated code of the family Reduce.td, and its registration.
#include "compiler/dialect/tile/Reduce.h"
#include "compiler/dialect/tile/Rules.h"

#define GET_OP_CLASSES
#include "compiler/dialect/tile/Reduce.cpp.inc"

void pto::ir::PtoDialect::registerTileReduceOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/tile/Reduce.cpp.inc"
      >();
}
