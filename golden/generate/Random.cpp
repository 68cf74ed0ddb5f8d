// Normal deviates by Marsaglia's polar method. The logarithm is a series of our own: libraries differ in its last
// bit, and + − · / and sqrt do not.
#include "golden/generate/Random.h"
#include <bit>
#include <cmath>

namespace pto::golden {
namespace {

/// Of a normal number.
double naturalLogarithm(double value) {
  constexpr double ln2 = 0x1.62e42fefa39efp-1, sqrt2 = 0x1.6a09e667f3bcdp+0;
  uint64_t bits = std::bit_cast<uint64_t>(value);
  int exponent = static_cast<int>(bits >> 52) - 1023;
  double mantissa = std::bit_cast<double>((bits & 0xfffffffffffff) | 0x3ff0000000000000);
  if (mantissa > sqrt2) {
    mantissa /= 2;
    ++exponent;
  }
  // ln m = 2·artanh t, and t² ≤ 0.0295: twelve terms leave less than float64 can hold.
  double t = (mantissa - 1) / (mantissa + 1), square = t * t, series = 0;
  for (int term = 23; term >= 1; term -= 2)
    series = series * square + 1.0 / term;
  return exponent * ln2 + 2 * t * series;
}

} // namespace

double Random::normal() {
  while (true) {
    double x = 2 * unit() - 1, y = 2 * unit() - 1;
    double s = x * x + y * y;
    // The second deviate of the pair is left: what is drawn then depends on nothing but the state.
    if (s > 0 && s < 1)
      return x * std::sqrt(-2 * naturalLogarithm(s) / s);
  }
}

} // namespace pto::golden
