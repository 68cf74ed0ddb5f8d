// exp, ln, sqrt and div read subnormal operands as zeros of their sign, and give such zeros for subnormal results.
// What the result would be is settled after rounding: one that rounds up to the smallest normal number stays.
#pragma once

#include "sim/ops/lanes/Lanes.h"

namespace pto::sim::PTO_SIM_BUILD {

/// Magnitudes below `limit` become the zero of their sign.
[[gnu::always_inline]] inline float zeroBelow(float limit, float value) {
  uint32_t bits = std::bit_cast<uint32_t>(value), sign = bits & 0x80000000;
  return std::bit_cast<float>((bits ^ sign) < std::bit_cast<uint32_t>(limit) ? sign : bits);
}

/// `value` is one of the type.
template <class T>
[[gnu::always_inline]] inline float flushedOperand(float value) {
  return zeroBelow(isHalf<T> ? 0x1p-14f : 0x1p-126f, value);
}

/// `value` is still to be rounded to the type; halfway below f16's smallest normal number is rounded to it.
template <class T>
[[gnu::always_inline]] inline float flushedResult(float value) {
  return zeroBelow(isHalf<T> ? 0x1p-14f - 0x1p-25f : 0x1p-126f, value);
}

/// The lane between flushed operands and a flushed result. `Nan` is what a NaN becomes.
template <class T, class Lane, uint32_t Nan = 0x7fc00000>
struct Flushing {
  static constexpr uint32_t nan = Nan;

  template <class... In>
  [[gnu::always_inline]] float operator()(In... in) const {
    return flushedResult<T>(Lane()(flushedOperand<T>(in)...));
  }
};
template <class T, uint32_t Nan = 0x7fc00000, class Lane>
Flushing<T, Lane, Nan> flushing(Lane) {
  return {};
}

} // namespace pto::sim::PTO_SIM_BUILD
