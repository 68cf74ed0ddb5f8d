// The pto dialect, its attributes and its types. Operations: ops/*.h, or all of them in Ops.h.
#pragma once

#include "compiler/dialect/Types.h"
#include "mlir/IR/Dialect.h"

#include "compiler/dialect/Dialect.h.inc"
