// What the instructions of the scalar unit carry.
#pragma once

#include "sim/ops/ScalarFloat.h"

namespace pto::sim {

struct IntegerWidth {
  unsigned bits;
};

/// Of floats, or of pairs of them.
struct FloatShape {
  ScalarFloat type;
  bool isPair = false;
};

/// Widths in bits, and the float types where a side is one.
struct ConversionTypes {
  uint8_t from = 64, to = 64;
  ScalarFloat fromFloat = ScalarFloat::F64, toFloat = ScalarFloat::F64;
};

/// What pto.convert says besides its types and its rounding. Of pairs both are converted.
struct ConvertOperands {
  bool saturates, isPair;
};

} // namespace pto::sim
