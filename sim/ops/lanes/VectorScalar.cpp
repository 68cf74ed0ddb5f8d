// A vector and a scalar in, one vector out.
#include "sim/ops/lanes/Declare.h"

namespace pto::sim::PTO_SIM_BUILD {

void declareVectorScalar(OpTable &table) {
  auto add = [](auto v, auto s) { return v + s; };
  vectorScalar(table, "pto.vadds", Integers(), arithmetic(add));
  vectorScalar(table, "pto.vadds", Floats(), add);
  vectorScalar(table, "pto.vadds", BFloat(), add);

  auto mul = [](auto v, auto s) { return product(v, s); };
  vectorScalar(table, "pto.vmuls", Factors(), arithmetic(mul));
  vectorScalar(table, "pto.vmuls", Floats(), mul);

  auto max = [](auto v, auto s) { return larger(v, s); };
  vectorScalar(table, "pto.vmaxs", Signed(), max);
  vectorScalar(table, "pto.vmaxs", Unsigned(), max);
  vectorScalar(table, "pto.vmaxs", Floats(), max);
  vectorScalar(table, "pto.vmaxs", BFloat(), max);

  auto min = [](auto v, auto s) { return smaller(v, s); };
  vectorScalar(table, "pto.vmins", Signed(), min);
  vectorScalar(table, "pto.vmins", Unsigned(), min);
  vectorScalar(table, "pto.vmins", Floats(), min);
  vectorScalar(table, "pto.vmins", BFloat(), min);

  auto shl = [](auto v, int16_t s) { return shiftLeft(v, s); };
  vectorCount(table, "pto.vshls", Signed(), shl);
  vectorCount(table, "pto.vshls", Unsigned(), shl);

  auto shr = [](auto v, int16_t s) { return shiftRight(v, s); };
  vectorCount(table, "pto.vshrs", Signed(), shr);
  vectorCount(table, "pto.vshrs", Unsigned(), shr);

  vectorScalar(table, "pto.vlrelu", Floats(), [](float v, float s) { return rectified(v, s); });
}

} // namespace pto::sim::PTO_SIM_BUILD
