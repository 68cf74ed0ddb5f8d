// Two vectors in, one out. The formulas are the summaries in compiler/dialect/ops; the lambdas are what is executed.
#include "sim/ops/lanes/Declare.h"
#include "sim/ops/lanes/Flush.h"

namespace pto::sim::PTO_SIM_BUILD {

template <class T>
struct Division {
  static constexpr uint32_t nan = choices::divisionNan;
  float operator()(float a, float b) const { return flushedResult<T>(flushedOperand<T>(a) / flushedOperand<T>(b)); }
};

void declareBinary(OpTable &table) {
  auto add = [](auto a, auto b) { return a + b; };
  binary(table, "pto.vadd", Integers(), arithmetic(add));
  binary(table, "pto.vadd", Floats(), add);
  binary(table, "pto.vadd", BFloat(), add);

  auto sub = [](auto a, auto b) { return a - b; };
  binary(table, "pto.vsub", Integers(), arithmetic(sub));
  binary(table, "pto.vsub", Floats(), sub);
  binary(table, "pto.vsub", BFloat(), sub);

  auto mul = [](auto a, auto b) { return product(a, b); };
  binary(table, "pto.vmul", Factors(), arithmetic(mul));
  binary(table, "pto.vmul", Floats(), mul);
  binary(table, "pto.vmul", BFloat(), mul);

  binary(table, "pto.vdiv", Float(), Division<float>());
  binary(table, "pto.vdiv", Half(), Division<F16>());

  auto max = [](auto a, auto b) { return larger(a, b); };
  binary(table, "pto.vmax", Signed(), max);
  binary(table, "pto.vmax", Unsigned(), max);
  binary(table, "pto.vmax", Floats(), max);
  binary(table, "pto.vmax", BFloat(), max);

  auto min = [](auto a, auto b) { return smaller(a, b); };
  binary(table, "pto.vmin", Signed(), min);
  binary(table, "pto.vmin", Unsigned(), min);
  binary(table, "pto.vmin", Floats(), min);
  binary(table, "pto.vmin", BFloat(), min);

  auto bitAnd = [](auto a, auto b) { return a & b; };
  binary(table, "pto.vand", Integers(), bitAnd);
  binary(table, "pto.vand", AllPatterns(), bitAnd);
  auto bitOr = [](auto a, auto b) { return a | b; };
  binary(table, "pto.vor", Integers(), bitOr);
  binary(table, "pto.vor", AllPatterns(), bitOr);
  auto bitXor = [](auto a, auto b) { return a ^ b; };
  binary(table, "pto.vxor", Integers(), bitXor);
  binary(table, "pto.vxor", AllPatterns(), bitXor);

  auto shl = [](auto a, auto b) { return shiftLeft(a, b); };
  binary(table, "pto.vshl", Signed(), shl);
  binary(table, "pto.vshl", Unsigned(), shl);

  auto shr = [](auto a, auto b) { return shiftRight(a, b); };
  binary(table, "pto.vshr", Signed(), shr);
  binary(table, "pto.vshr", Unsigned(), shr);

  binary(table, "pto.vprelu", Floats(), [](float a, float slope) { return rectified(a, slope); });
}

} // namespace pto::sim::PTO_SIM_BUILD
