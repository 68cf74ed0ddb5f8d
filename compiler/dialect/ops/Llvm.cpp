// Casts keep their bits.
#include "compiler/dialect/ops/Llvm.h"
#include "compiler/dialect/Types.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Llvm.cpp.inc"

namespace pto::ir::llvm_dialect {

LogicalResult BitcastOp::verify() {
  unsigned from = widthOf(getInput().getType()), to = widthOf(getResult().getType());
  if (from != 0 && from == to)
    return success();
  return emitOpError() << "casts " << getInput().getType() << " to " << getResult().getType()
                       << "; expected two types of the same width";
}

LlvmDialect::LlvmDialect(MLIRContext *context) : Dialect("llvm", context, TypeID::get<LlvmDialect>()) {
  addOperations<BitcastOp>();
}

} // namespace pto::ir::llvm_dialect
