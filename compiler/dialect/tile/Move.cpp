// Generated code of the family Move.td, and its registration.
#include "compiler/dialect/tile/Move.h"
#include "compiler/dialect/tile/Rules.h"

#define GET_OP_CLASSES
#include "compiler/dialect/tile/Move.cpp.inc"

void pto::ir::PtoDialect::registerTileMoveOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/tile/Move.cpp.inc"
      >();
}
