// The prog dialect: whole programs, before they become kernels.
// Register it with registerProgramDialect; its operations are in Ops.h, its types in Types.h.
#pragma once

#include "mlir/IR/Dialect.h"

#include "compiler/dialect/program/Dialect.h.inc"

namespace pto::prog {

void registerProgramDialect(mlir::DialectRegistry &registry);

} // namespace pto::prog
