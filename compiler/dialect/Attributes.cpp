// Generated code of the enums and attributes, and their registration.
#include "compiler/dialect/Attributes.h"
#include "compiler/dialect/Dialect.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/TypeSwitch.h"

#include "compiler/dialect/Enums.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "compiler/dialect/Attributes.cpp.inc"

void pto::ir::PtoDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "compiler/dialect/Attributes.cpp.inc"
      >();
}
