// Generated code of the family Gather.td, and its registration.
#include "compiler/dialect/tile/Gather.h"
#include "compiler/dialect/tile/Rules.h"

#define GET_OP_CLASSES
#include "compiler/dialect/tile/Gather.cpp.inc"

void pto::ir::PtoDialect::registerTileGatherOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/tile/Gather.cpp.inc"
      >();
}
