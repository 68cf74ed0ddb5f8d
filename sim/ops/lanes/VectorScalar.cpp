// A vector and a scalar in, one vector out. The comment is the manual's semantics, the lambda is what is executed.
#include "sim/ops/lanes/Arithmetic.h"
#include "sim/ops/lanes/Declare.h"

namespace pto::sim::PTO_SIM_BUILD {

void declareVectorScalar(OpTable &table) {
  // vadds: d[i] = v[i] + s
  auto add = [](auto v, auto s) { return v + s; };
  vectorScalar(table, "pto.vadds", Integers(), add);
  vectorScalar(table, "pto.vadds", Floats(), add);
  vectorScalar(table, "pto.vadds", BFloat(), add);

  // vmuls: d[i] = v[i] * s
  auto mul = [](auto v, auto s) { return product(v, s); };
  vectorScalar(table, "pto.vmuls", Integers(), mul);
  vectorScalar(table, "pto.vmuls", Floats(), mul);
  vectorScalar(table, "pto.vmuls", BFloat(), mul);

  // vmaxs: d[i] = max(v[i], s)
  auto max = [](auto v, auto s) { return larger(v, s); };
  vectorScalar(table, "pto.vmaxs", Signed(), max);
  vectorScalar(table, "pto.vmaxs", Unsigned(), max);
  vectorScalar(table, "pto.vmaxs", Floats(), max);
  vectorScalar(table, "pto.vmaxs", BFloat(), max);

  // vmins: d[i] = min(v[i], s)
  auto min = [](auto v, auto s) { return smaller(v, s); };
  vectorScalar(table, "pto.vmins", Signed(), min);
  vectorScalar(table, "pto.vmins", Unsigned(), min);
  vectorScalar(table, "pto.vmins", Floats(), min);
  vectorScalar(table, "pto.vmins", BFloat(), min);

  // vshls: d[i] = v[i] << s; s is an i16 whatever the lanes are, and only its low bits count
  vectorScalar(table, "pto.vshls", Integers(), [](auto v, auto s) { return shiftLeft(v, s); });

  // vshrs: d[i] = v[i] >> s, arithmetic for signed types
  auto shr = [](auto v, auto s) { return shiftRight(v, s); };
  vectorScalar(table, "pto.vshrs", Signed(), shr);
  vectorScalar(table, "pto.vshrs", Unsigned(), shr);

  // vlrelu: d[i] = v[i] >= 0 ? v[i] : s * v[i]
  vectorScalar(table, "pto.vlrelu", Floats(), [](float v, float s) { return v >= 0 ? v : s * v; });
}

} // namespace pto::sim::PTO_SIM_BUILD
