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

/// What pto.convert is told. Of pairs both are converted.
enum class Rounding : uint8_t { ToEven, HalfAway, Floor, Ceil, ToZero, ToOdd };
enum class Convertible : uint8_t { Int32, Int64, F16, BF16, F32 };
struct ConvertOperands {
  Convertible from, to;
  Rounding rounding;
  bool saturates, isSigned, isPair;
};

} // namespace pto::sim
