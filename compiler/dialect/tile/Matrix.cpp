// Generated code of the family Matrix.td, and its registration.
#include "compiler/dialect/tile/Matrix.h"
#include "compiler/dialect/tile/Rules.h"

#define GET_OP_CLASSES
#include "compiler/dialect/tile/Matrix.cpp.inc"

void pto::ir::PtoDialect::registerTileMatrixOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/tile/Matrix.cpp.inc"
      >();
}
