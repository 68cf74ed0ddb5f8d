// Operations of the family View.td.
#pragma once

#include "compiler/dialect/OpsBase.h"
#include "compiler/dialect/tile/Types.h"

namespace pto::ir {

// The pointer that a view of that type is made from.
mlir::Type pointerOfView(mlir::Type view);

} // namespace pto::ir

#define GET_OP_CLASSES
#include "compiler/dialect/tile/View.h.inc"
