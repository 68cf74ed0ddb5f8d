// The prog dialect: whole programs, before they become kernels.
// Everything it is made of.
#include "compiler/dialect/program/Dialect.h"
#include "compiler/dialect/program/Ops.h"
#include "compiler/dialect/program/Types.h"

#include "compiler/dialect/program/Dialect.cpp.inc"

namespace pto::prog {

void ProgDialect::initialize() {
  registerTypes();
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/program/Ops.cpp.inc"
      >();
}

} // namespace pto::prog
