// The prog dialect: whole programs, before they become kernels.
// Its operations are in Ops.h, its types in Types.h.
#pragma once

#include "mlir/IR/Dialect.h"

#include "compiler/dialect/program/Dialect.h.inc"
