// One vector in, one out.
#include "sim/ops/lanes/Declare.h"
#include "sim/ops/lanes/Flush.h"
#include <cmath>

namespace pto::sim::PTO_SIM_BUILD {

void declareUnary(OpTable &table) {
  unary(table, "pto.vabs", Signed(), arithmetic([](auto s) { return magnitude(s); }));
  unary(table, "pto.vabs", Unsigned(), [](auto s) { return s; });
  unary(table, "pto.vabs", FloatPatterns(), arithmetic([](auto s) { return s & (decltype(s)(~decltype(s)(0)) >> 1); }));

  unary(table, "pto.vneg", Signed(), arithmetic([](auto s) { return negative(s); }));
  unary(table, "pto.vneg", FloatPatterns(),
        arithmetic([](auto s) { return s ^ (decltype(s)(1) << (8 * sizeof(s) - 1)); }));

  auto root = [](float s) { return std::sqrt(s); };
  unary(table, "pto.vsqrt", Float(), flushingOperands<float>(root));
  unary(table, "pto.vsqrt", Half(), flushingOperands<F16>(root));

  unary(table, "pto.vrelu", SignedWord(), [](auto s) { return s > 0 ? s : 0; });
  unary(table, "pto.vrelu", Floats(), [](float s) { return s > 0 || s != s ? s : 0; });

  unary(table, "pto.vnot", Integers(), [](auto s) { return ~s; });
  unary(table, "pto.vnot", AllPatterns(), [](auto s) { return ~s; });
}

} // namespace pto::sim::PTO_SIM_BUILD
