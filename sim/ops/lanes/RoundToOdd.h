// Rounding twice as if once: an intermediate result that is inexact is made odd, so that the second rounding, which
// has at least two bits less, cannot mistake it for a tie.
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

namespace pto::sim::PTO_SIM_BUILD {

/// `nearest` is a value rounded to nearest, `error` the sign of what the rounding dropped.
template <class T>
[[gnu::always_inline]] inline T toOdd(T nearest, T error) {
  using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
  Bits bits = std::bit_cast<Bits>(nearest);
  Bits sign = Bits(0) - (bits >> (8 * sizeof(T) - 1));              // all ones below zero
  Bits outward = Bits(error > 0 ? 1 : error < 0 ? Bits(0) - 1 : 0); // along the number line
  Bits step = (outward ^ sign) - sign;                              // along the magnitudes
  return std::bit_cast<T>(Bits(bits + (bits & 1 ? 0 : step)));
}

/// a + b, rounded to odd.
template <class T>
[[gnu::always_inline]] inline T sumToOdd(T a, T b) {
  T sum = a + b;
  T partOfB = sum - a;
  T error = (a - (sum - partOfB)) + (b - partOfB);
  return toOdd(sum, error);
}

/// A double as a float, rounded to odd: the float can then be rounded to f16 or bf16 as if the double had been.
[[gnu::always_inline]] inline float floatToOdd(double value) {
  float nearest = float(value);
  double error = value - double(nearest);
  return toOdd(nearest, float(error > 0 ? 1 : error < 0 ? -1 : 0));
}

} // namespace pto::sim::PTO_SIM_BUILD
