// exp and ln.
#include "sim/ops/lanes/Declare.h"
#include "sim/ops/lanes/ExpLog.h"
#include "sim/ops/lanes/Flush.h"
#include "sim/ops/lanes/RoundToOdd.h"

namespace pto::sim::PTO_SIM_BUILD {

// vexpdif: the difference is rounded to f32 and keeps subnormals, the exponential flushes them.
template <class T, unsigned Part>
static const Instruction *expdif(Core &core, const Instruction &at) {
  const uint8_t *__restrict s = core.wide(at.operand[0]), *__restrict max = core.wide(at.operand[1]);
  const uint8_t *__restrict mask = core.wide(at.operand[2]);
  uint8_t *__restrict d = core.wide(at.result[0]);
  // A word holds one f32 or two f16, the even one in its low half; predicates sit at the same places.
  constexpr unsigned shift = isHalf<T> ? 16 * Part : 0;
  auto value = [](uint32_t word) {
    if constexpr (isHalf<T>)
      return widen(T{uint16_t(word >> shift)});
    else
      return std::bit_cast<float>(word);
  };
  for (size_t i = 0; i < laneCount<float>; ++i) {
    float difference = value(get<uint32_t>(s, i)) - value(get<uint32_t>(max, i));
    float result = canonical(flushedResult<float>(float(expDouble(double(difference)))));
    put<uint32_t>(d, i, std::bit_cast<uint32_t>(result) & (0 - (get<uint32_t>(mask, i) >> shift & 1)));
  }
  return &at + 1;
}

void declareTranscendental(OpTable &table) {
  unary(table, "pto.vexp", Float(), flushingResult<float>([](float s) { return float(expDouble(double(s))); }));
  unary(table, "pto.vexp", Half(),
        flushingResult<F16>([](float s) { return floatToOddForHalf(expDouble(double(s))); }));

  unary(table, "pto.vln", Float(), flushingOperands<float>([](float s) { return float(lnDouble(double(s))); }));
  unary(table, "pto.vln", Half(),
        flushingOperands<F16>([](float s) { return floatToOddForHalf(lnDouble(double(s))); }));

  table.add("pto.vexpdif", "EVEN", LaneType::F32, Code(Pipe::V, expdif<float, 0>));
  table.add("pto.vexpdif", "ODD", LaneType::F32, Code(Pipe::V, expdif<float, 1>));
  table.add("pto.vexpdif", "EVEN", LaneType::F16, Code(Pipe::V, expdif<F16, 0>));
  table.add("pto.vexpdif", "ODD", LaneType::F16, Code(Pipe::V, expdif<F16, 1>));
}

} // namespace pto::sim::PTO_SIM_BUILD
