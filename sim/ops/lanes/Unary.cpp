// One vector in, one out. The comment is the manual's semantics, the lambda is what is executed.
#include "sim/ops/lanes/Declare.h"
#include "sim/ops/lanes/Flush.h"
#include <cmath>

namespace pto::sim::PTO_SIM_BUILD {

void declareUnary(OpTable &table) {
  // vabs: d[i] = s[i] < 0 ? -s[i] : s[i]; the most negative integer stays, a float loses its sign bit
  unary(table, "pto.vabs", Signed(), arithmetic([](auto s) { return magnitude(s); }));
  unary(table, "pto.vabs", Unsigned(), [](auto s) { return s; });
  unary(table, "pto.vabs", FloatPatterns(), arithmetic([](auto s) { return s & (decltype(s)(~decltype(s)(0)) >> 1); }));

  // vneg: d[i] = -s[i]; a float's sign bit flips
  unary(table, "pto.vneg", Signed(), arithmetic([](auto s) { return negative(s); }));
  unary(table, "pto.vneg", FloatPatterns(),
        arithmetic([](auto s) { return s ^ (decltype(s)(1) << (8 * sizeof(s) - 1)); }));

  // vsqrt: d[i] = sqrt(s[i]); NaN below zero, -0 stays
  auto root = [](float s) { return std::sqrt(s); };
  unary(table, "pto.vsqrt", Float(), flushingOperands<float>(root));
  unary(table, "pto.vsqrt", Half(), flushingOperands<F16>(root));

  // vrelu: d[i] = max(s[i], 0); a NaN stays one, -0 becomes +0
  unary(table, "pto.vrelu", SignedWord(), [](auto s) { return s > 0 ? s : 0; });
  unary(table, "pto.vrelu", Floats(), [](float s) { return s > 0 || s != s ? s : 0; });

  // vnot: d[i] = ~s[i]
  unary(table, "pto.vnot", Integers(), [](auto s) { return ~s; });
  unary(table, "pto.vnot", AllPatterns(), [](auto s) { return ~s; });
}

} // namespace pto::sim::PTO_SIM_BUILD
