// What would take MLIR's recursive verifier and printer too deep, told before they find out.
#pragma once

#include "mlir/IR/Operation.h"

namespace pto::frontend {

// The first operation with a location, an attribute or a type that holds others more than `limit` levels deep:
// aliases can stack them higher than the brackets of the text tell.
mlir::Operation *findTooDeepIn(mlir::Operation *op, unsigned limit);

} // namespace pto::frontend
