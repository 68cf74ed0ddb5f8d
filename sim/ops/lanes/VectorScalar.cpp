// A vector and a scalar in, one vector out. The comment is the manual's semantics, the lambda is what is executed.
#include "sim/ops/lanes/Declare.h"

namespace pto::sim::PTO_SIM_BUILD {

void declareVectorScalar(OpTable &table) {
  // vadds: d[i] = v[i] + s
  auto add = [](auto v, auto s) { return v + s; };
  vectorScalar(table, "pto.vadds", Integers(), arithmetic(add));
  vectorScalar(table, "pto.vadds", Floats(), add);
  vectorScalar(table, "pto.vadds", BFloat(), add);

  // vmuls: d[i] = v[i] * s
  auto mul = [](auto v, auto s) { return product(v, s); };
  vectorScalar(table, "pto.vmuls", Factors(), arithmetic(mul));
  vectorScalar(table, "pto.vmuls", Floats(), mul);

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

  // vshls: d[i] = v[i] << s; a signed value keeps its sign bit
  auto shl = [](auto v, int16_t s) { return shiftLeft(v, s); };
  vectorCount(table, "pto.vshls", Signed(), shl);
  vectorCount(table, "pto.vshls", Unsigned(), shl);

  // vshrs: d[i] = v[i] >> s, arithmetic for signed types
  auto shr = [](auto v, int16_t s) { return shiftRight(v, s); };
  vectorCount(table, "pto.vshrs", Signed(), shr);
  vectorCount(table, "pto.vshrs", Unsigned(), shr);

  // vlrelu: d[i] = s * v[i] where the sign bit of v[i] is set, else v[i]
  vectorScalar(table, "pto.vlrelu", Floats(), [](float v, float s) { return rectified(v, s); });
}

} // namespace pto::sim::PTO_SIM_BUILD
