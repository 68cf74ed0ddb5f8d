// Operations of the family Conversion.td.
#pragma once

#include "compiler/dialect/OpsBase.h"

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Conversion.h.inc"

namespace pto::ir {

// The mode in which a conversion is rounded, named or not; empty where nothing can get lost.
llvm::StringRef roundingOf(VcvtOp convert);

} // namespace pto::ir
