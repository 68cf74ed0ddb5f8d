// Multiply and add with one rounding. The comment is the manual's semantics, the lambda is what is executed.
#include "sim/ops/lanes/Declare.h"
#include "sim/ops/lanes/RoundToOdd.h"
#include <cmath>

namespace pto::sim::PTO_SIM_BUILD {

// a * b + c. The product of two f16 is exact in f32, that of two bf16 in f64; the sum is then rounded to odd.
[[gnu::always_inline]] inline float fusedFloat(float a, float b, float c) {
  return std::fma(a, b, c);
}
[[gnu::always_inline]] inline float fusedHalf(float a, float b, float c) {
  return sumToOdd(a * b, c);
}
[[gnu::always_inline]] inline float fusedBFloat(float a, float b, float c) {
  return floatToOdd(sumToOdd(double(a) * double(b), double(c)));
}

void declareFused(OpTable &table) {
  // vmula: d[i] = acc[i] + lhs[i] * rhs[i]
  ternary(table, "pto.vmula", Factors(),
          arithmetic([](auto acc, auto lhs, auto rhs) { return acc + product(lhs, rhs); }));
  ternary(table, "pto.vmula", Float(), [](float acc, float lhs, float rhs) { return fusedFloat(lhs, rhs, acc); });
  ternary(table, "pto.vmula", Half(), [](float acc, float lhs, float rhs) { return fusedHalf(lhs, rhs, acc); });
  ternary(table, "pto.vmula", BFloat(), [](float acc, float lhs, float rhs) { return fusedBFloat(lhs, rhs, acc); });

  // vmadd: d[i] = lhs[i] * acc[i] + rhs[i]
  ternary(table, "pto.vmadd", Float(), [](float acc, float lhs, float rhs) { return fusedFloat(lhs, acc, rhs); });
  ternary(table, "pto.vmadd", Half(), [](float acc, float lhs, float rhs) { return fusedHalf(lhs, acc, rhs); });
  ternary(table, "pto.vmadd", BFloat(), [](float acc, float lhs, float rhs) { return fusedBFloat(lhs, acc, rhs); });

  // vaxpy: d[i] = alpha * src0[i] + src1[i]
  vectorVectorScalar(table, "pto.vaxpy", Float(),
                     [](float a, float b, float alpha) { return fusedFloat(alpha, a, b); });
  vectorVectorScalar(table, "pto.vaxpy", Half(), [](float a, float b, float alpha) { return fusedHalf(alpha, a, b); });
}

} // namespace pto::sim::PTO_SIM_BUILD
