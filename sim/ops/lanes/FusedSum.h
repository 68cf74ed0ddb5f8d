// a * b + c, rounded once.
#pragma once

#include "sim/ops/lanes/RoundToOdd.h"
#include <cmath>

namespace pto::sim::PTO_SIM_BUILD {

// The product of two f16 is exact in f32, that of two bf16 in f64; the sum is then rounded to odd.
[[gnu::always_inline]] inline float fusedFloat(float a, float b, float c) {
  return std::fma(a, b, c);
}
[[gnu::always_inline]] inline float fusedHalf(float a, float b, float c) {
  return sumToOdd(a * b, c);
}
[[gnu::always_inline]] inline float fusedBFloat(float a, float b, float c) {
  return floatToOdd(sumToOdd(double(a) * double(b), double(c)));
}

} // namespace pto::sim::PTO_SIM_BUILD
