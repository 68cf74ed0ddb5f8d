// exp and ln. The comment is the manual's semantics, the lambda is what is executed.
#include "sim/ops/lanes/Declare.h"
#include "sim/ops/lanes/ExpLog.h"
#include "sim/ops/lanes/RoundToOdd.h"

namespace pto::sim::PTO_SIM_BUILD {

// vexpdif: d[i] = exp(s[i] - max[i]) in f32, the difference not rounded; of f16 the even or the odd lanes
template <class T, size_t Part>
static const Instruction *expdif(Core &core, const Instruction &at) {
  constexpr size_t step = sizeof(float) / sizeof(T);
  constexpr size_t first = step == 1 ? 0 : Part;
  const uint8_t *__restrict s = core.wide(at.operand[0]), *__restrict max = core.wide(at.operand[1]);
  const uint8_t *__restrict mask = core.wide(at.operand[2]);
  uint8_t *__restrict d = core.wide(at.result[0]);
  for (size_t i = 0; i < laneCount<float>; ++i) {
    float a, b;
    if constexpr (isHalf<T>)
      a = widen(get<T>(s, step * i + first)), b = widen(get<T>(max, step * i + first));
    else
      a = get<T>(s, i), b = get<T>(max, i);
    uint32_t bits = std::bit_cast<uint32_t>(canonical(float(expDouble(double(a) - double(b)))));
    put<uint32_t>(d, i, bits & (0 - uint32_t(mask[(step * i + first) * sizeof(T)] & 1)));
  }
  return &at + 1;
}

void declareTranscendental(OpTable &table) {
  // vexp: d[i] = exp(s[i])
  unary(table, "pto.vexp", Float(), [](float s) { return float(expDouble(double(s))); });
  unary(table, "pto.vexp", Half(), [](float s) { return floatToOddForHalf(expDouble(double(s))); });

  // vln: d[i] = ln(s[i]); NaN below zero, -inf at ±0
  unary(table, "pto.vln", Float(), [](float s) { return float(lnDouble(double(s))); });
  unary(table, "pto.vln", Half(), [](float s) { return floatToOddForHalf(lnDouble(double(s))); });

  table.add("pto.vexpdif", "EVEN", LaneType::F32, Handlers(expdif<float, 0>));
  table.add("pto.vexpdif", "ODD", LaneType::F32, Handlers(expdif<float, 1>));
  table.add("pto.vexpdif", "EVEN", LaneType::F16, Handlers(expdif<F16, 0>));
  table.add("pto.vexpdif", "ODD", LaneType::F16, Handlers(expdif<F16, 1>));
}

} // namespace pto::sim::PTO_SIM_BUILD
