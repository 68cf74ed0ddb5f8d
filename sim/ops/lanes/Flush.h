// exp, ln, sqrt and div read subnormal operands as zeros of their sign, and give such zeros for subnormal results.
// What the result would be is settled after rounding: one that rounds up to the smallest normal number stays.
#pragma once

#include "sim/ops/lanes/Lanes.h"

namespace pto::sim::PTO_SIM_BUILD {

/// Magnitudes below `limit` become the zero of their sign.
[[gnu::always_inline]] inline float zeroBelow(float limit, float value) {
  // Compared as signed integers: AVX2 has no other comparison of them.
  uint32_t bits = std::bit_cast<uint32_t>(value), sign = 0x80000000;
  bool isBelow = int32_t(bits & ~sign) < std::bit_cast<int32_t>(limit);
  return std::bit_cast<float>(bits & (isBelow ? sign : ~0u));
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

/// The lane with flushed operands, and a result that cannot be a subnormal.
template <class T, class Lane>
struct FlushingOperands {
  template <class... In>
  [[gnu::always_inline]] float operator()(In... in) const {
    return Lane()(flushedOperand<T>(in)...);
  }
};
template <class T, class Lane>
FlushingOperands<T, Lane> flushingOperands(Lane) {
  return {};
}

/// The lane with a flushed result, to which it is all the same whether its operands are subnormals or zeros.
template <class T, class Lane>
struct FlushingResult {
  template <class... In>
  [[gnu::always_inline]] float operator()(In... in) const {
    return flushedResult<T>(Lane()(in...));
  }
};
template <class T, class Lane>
FlushingResult<T, Lane> flushingResult(Lane) {
  return {};
}

} // namespace pto::sim::PTO_SIM_BUILD
