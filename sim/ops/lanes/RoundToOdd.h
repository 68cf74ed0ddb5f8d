// Rounding twice as if once: an intermediate result that is inexact is made odd, so that the second rounding, which
// has at least two bits less, cannot mistake it for a tie.
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

namespace pto::sim::PTO_SIM_BUILD {

/// `nearest` is a value rounded to nearest, `error` has the sign of what the rounding dropped: the value is cut off
/// toward zero, and an inexact one made odd. A NaN for an error, from infinities, changes nothing.
template <class T>
[[gnu::always_inline]] inline T toOdd(T nearest, T error) {
  using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
  constexpr unsigned signAt = 8 * sizeof(T) - 1;
  Bits bits = std::bit_cast<Bits>(nearest);
  Bits inexact = __builtin_islessgreater(error, T(0));
  Bits roundedUp = (bits ^ std::bit_cast<Bits>(error)) >> signAt;
  return std::bit_cast<T>(Bits((bits - (inexact & roundedUp)) | inexact));
}

/// a + b, rounded to odd.
template <class T>
[[gnu::always_inline]] inline T sumToOdd(T a, T b) {
  T sum = a + b;
  T partOfB = sum - a;
  T error = (a - (sum - partOfB)) + (b - partOfB);
  return toOdd(sum, error);
}

/// A double as a float, rounded to odd: the float can then be rounded to bf16 as if the double had been.
[[gnu::always_inline]] inline float floatToOdd(double value) {
  float nearest = float(value);
  double error = value - double(nearest);
  return toOdd(nearest, float(error > 0 ? 1 : error < 0 ? -1 : 0));
}

/// The same, cheaper, for what is rounded to f16: exact only where the float is no subnormal, below which every f16
/// is zero anyway.
[[gnu::always_inline]] inline float floatToOddForHalf(double value) {
  constexpr uint64_t dropped = (uint64_t(1) << 29) - 1;
  uint64_t bits = std::bit_cast<uint64_t>(value);
  uint64_t sticky = (bits & dropped) != 0 ? dropped + 1 : 0;
  return float(std::bit_cast<double>((bits & ~dropped) | sticky));
}

} // namespace pto::sim::PTO_SIM_BUILD
