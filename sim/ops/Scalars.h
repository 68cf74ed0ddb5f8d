// What a scalar conversion has to know, as its instruction carries it.
#pragma once

#include "sim/ops/ScalarFloat.h"

namespace pto::sim {

/// Widths in bits, and the float types where a side is one.
struct ConversionTypes {
  unsigned from = 64, to = 64;
  ScalarFloat fromFloat = ScalarFloat::F64, toFloat = ScalarFloat::F64;

  int64_t pack() const { return int64_t(from | to << 8 | unsigned(fromFloat) << 16 | unsigned(toFloat) << 24); }
  static ConversionTypes unpack(int64_t packed) {
    return {unsigned(packed & 0xff), unsigned(packed >> 8 & 0xff), ScalarFloat(packed >> 16 & 0xff),
            ScalarFloat(packed >> 24 & 0xff)};
  }
};

} // namespace pto::sim
