// Generated code of the family Quantize.td, and its registration.
#include "compiler/dialect/tile/Quantize.h"
#include "compiler/dialect/tile/Rules.h"

#define GET_OP_CLASSES
#include "compiler/dialect/tile/Quantize.cpp.inc"

void pto::ir::PtoDialect::registerTileQuantizeOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/tile/Quantize.cpp.inc"
      >();
}
