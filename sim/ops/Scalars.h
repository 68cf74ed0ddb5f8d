// What the instructions of the scalar unit carry.
#pragma once

#include "sim/ops/ScalarFloat.h"

namespace pto::sim {

struct IntegerWidth {
  unsigned bits;
};

/// Widths in bits, and the float types where a side is one.
struct ConversionTypes {
  uint8_t from = 64, to = 64;
  ScalarFloat fromFloat = ScalarFloat::F64, toFloat = ScalarFloat::F64;
};

} // namespace pto::sim
