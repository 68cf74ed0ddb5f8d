// Multiply and add with one rounding.
#include "sim/ops/lanes/Declare.h"
#include "sim/ops/lanes/FusedSum.h"

namespace pto::sim::PTO_SIM_BUILD {

void declareFused(OpTable &table) {
  ternary(table, "pto.vmula", Factors(),
          arithmetic([](auto acc, auto lhs, auto rhs) { return acc + product(lhs, rhs); }));
  ternary(table, "pto.vmula", Float(), [](float acc, float lhs, float rhs) { return fusedFloat(lhs, rhs, acc); });
  ternary(table, "pto.vmula", Half(), [](float acc, float lhs, float rhs) { return fusedHalf(lhs, rhs, acc); });
  ternary(table, "pto.vmula", BFloat(), [](float acc, float lhs, float rhs) { return fusedBFloat(lhs, rhs, acc); });

  ternary(table, "pto.vmadd", Float(), [](float acc, float lhs, float rhs) { return fusedFloat(lhs, acc, rhs); });
  ternary(table, "pto.vmadd", Half(), [](float acc, float lhs, float rhs) { return fusedHalf(lhs, acc, rhs); });
  ternary(table, "pto.vmadd", BFloat(), [](float acc, float lhs, float rhs) { return fusedBFloat(lhs, acc, rhs); });

  vectorVectorScalar(table, "pto.vaxpy", Float(),
                     [](float a, float b, float alpha) { return fusedFloat(alpha, a, b); });
  vectorVectorScalar(table, "pto.vaxpy", Half(), [](float a, float b, float alpha) { return fusedHalf(alpha, a, b); });
}

} // namespace pto::sim::PTO_SIM_BUILD
