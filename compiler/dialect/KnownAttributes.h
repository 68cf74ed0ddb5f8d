// Which attributes operations, kernels and modules may carry: one that is misspelt would be ignored in silence.
#pragma once

#include "mlir/IR/Operation.h"

namespace pto::ir {

// An attribute of the dialect: that it is known, is where it belongs, and has a value that it takes.
mlir::LogicalResult verifyPtoAttribute(mlir::Operation *op, mlir::NamedAttribute attribute);

// No attribute of the operation is one that nobody knows: neither one without a dialect that is not the operation's
// own, nor one that looks like a slip for one of pto. Those of other dialects are theirs to check.
mlir::LogicalResult verifyNoStrayAttributes(mlir::Operation *op);

} // namespace pto::ir
