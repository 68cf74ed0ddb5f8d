// How many bytes have each value, or at most that value: half of the 256 values for each instruction.
#include "sim/machine/RegisterLanes.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/run/Core.h"
#include "llvm/ADT/Twine.h"
#include <array>

namespace pto::sim {

// Operands: counts so far, bytes, mask, which half.
template <bool IsCumulative>
static const Instruction *histogram(Core &core, const Instruction &at) {
  constexpr size_t half = lanesOf<uint16_t>;
  uint64_t bin = core.scalar(at.operand[3]) & UINT32_MAX;
  if (bin > 1)
    return core.fault(at, Fault::Kind::Illegal,
                      "counts in bin " + llvm::Twine(int32_t(bin)) + "; there are the bins 0 and 1");
  const uint8_t *counts = core.wide(at.operand[0]), *s = core.wide(at.operand[1]), *mask = core.wide(at.operand[2]);
  std::array<uint16_t, 2 * half> found{};
  for (size_t i = 0; i < registerBytes; ++i)
    found[s[i]] += mask[i] & 1;
  for (size_t value = 1; IsCumulative && value < found.size(); ++value)
    found[value] += found[value - 1];
  uint8_t *d = core.wide(at.result[0]);
  for (size_t i = 0; i < half; ++i)
    setLane(d, i, uint16_t(lane<uint16_t>(counts, i) + found[bin * half + i]));
  return &at + 1;
}

void declareHistogram(OpTable &table) {
  table.add("pto.dhistv2", Code(Pipe::V, histogram<false>));
  table.add("pto.chistv2", Code(Pipe::V, histogram<true>));
}

} // namespace pto::sim
