// Operations of the family Conversion.td.
#pragma once

#include "compiler/dialect/OpsBase.h"

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Conversion.h.inc"

namespace pto::ir {

// Whether a conversion can lose something, so that it is rounded.
bool losesBits(VcvtOp convert);

} // namespace pto::ir
