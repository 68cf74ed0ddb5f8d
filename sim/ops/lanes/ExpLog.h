// exp and ln in double precision without branches, so that a loop over lanes vectorizes. Both are within about one
// unit of the double's last place. Rounded to f32, exp is correctly rounded for all inputs, ln for all but five of
// them, which are one place off; rounded to f16 both always are.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace pto::sim::PTO_SIM_BUILD {

// ln 2 in two parts; multiples of the first by integers below 2^20 are exact.
inline constexpr double ln2High = 0x1.62e42fefap-1;
inline constexpr double ln2Low = 0x1.cf79abc9e3b39p-40;

/// exp(x): beyond ±200 the result is that of ±200, which f32 cannot hold either.
[[gnu::always_inline]] inline double expDouble(double x) {
  constexpr double roundToInteger = 0x1.8p52; // adding it leaves the integer in the low bits
  double bounded = x > 200 ? 200 : x < -200 ? -200 : x;
  double shifted = bounded * 0x1.71547652b82fep+0 + roundToInteger;
  double n = shifted - roundToInteger;
  double r = (bounded - n * ln2High) - n * ln2Low; // |r| <= ln(2)/2
  // Taylor's series to r^13 / 13!; what follows is below 2^-57. Paired up, so that the terms need not wait for
  // each other.
  double r2 = r * r, r4 = r2 * r2;
  double low = (0.5 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120));
  double middle = (1.0 / 720 + r * (1.0 / 5040)) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
  double high = (1.0 / 3628800 + r * (1.0 / 39916800)) + r2 * (1.0 / 479001600 + r * (1.0 / 6227020800));
  double p = 1 + (r + r2 * (low + r4 * (middle + r4 * high)));
  double scaled = std::bit_cast<double>(std::bit_cast<uint64_t>(p) + (std::bit_cast<uint64_t>(shifted) << 52));
  return x != x ? x : scaled;
}

/// ln(x) of a value that a float can hold: no subnormal doubles.
[[gnu::always_inline]] inline double lnDouble(double x) {
  constexpr uint64_t one = uint64_t(1023) << 52;
  constexpr uint64_t rootHalf = 0x3fe6a09e667f3bcd;
  uint64_t bits = std::bit_cast<uint64_t>(x);
  // x = m * 2^k with m in [sqrt(1/2), sqrt(2)); the exponent field of `shifted` is k + 1023.
  uint64_t shifted = bits - rootHalf + one;
  double k = std::bit_cast<double>(shifted >> 52 | uint64_t(1075) << 52) - (0x1p52 + 1023);
  double m = std::bit_cast<double>(bits - (shifted >> 52 << 52) + one);
  // ln(m) = 2 (s + s^3/3 + s^5/5 + …) with s = (m-1)/(m+1); what follows s^21/21 is below 2^-56 of the result.
  double f = m - 1;
  double s = f / (f + 2);
  double z = s * s;
  double z2 = z * z, z4 = z2 * z2;
  double low = (2.0 / 3 + z * (2.0 / 5)) + z2 * (2.0 / 7 + z * (2.0 / 9));
  double middle = (2.0 / 11 + z * (2.0 / 13)) + z2 * (2.0 / 15 + z * (2.0 / 17));
  double high = 2.0 / 19 + z * (2.0 / 21);
  double p = low + z4 * (middle + z4 * high);
  // f - s*f is 2s, but starts from the exact f.
  double lnM = f - s * (f - z * p);
  double result = k * ln2High + (lnM + k * ln2Low);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  result = x == infinity ? infinity : result;
  result = x == 0 ? -infinity : result;
  return x < 0 || x != x ? std::numeric_limits<double>::quiet_NaN() : result;
}

} // namespace pto::sim::PTO_SIM_BUILD
