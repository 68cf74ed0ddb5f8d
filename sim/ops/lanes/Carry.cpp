// 32-bit instructions with two results: sums and differences with a carry out, which is a predicate, and whole
// products. For differences a set carry means no borrow.
#include "sim/ops/lanes/Declare.h"

namespace pto::sim::PTO_SIM_BUILD {

struct TwoWords {
  uint32_t value;
  uint32_t other; ///< a carry is 0 or 1
};

[[gnu::always_inline]] inline TwoWords words(uint64_t both) {
  return {uint32_t(both), uint32_t(both >> 32)};
}

/// d[i], other[i] = lane(a[i], b[i], carryIn[i])
template <class Lane>
[[gnu::always_inline]] inline void mapCarryLanes(uint8_t *__restrict d, uint8_t *__restrict other,
                                                 const uint8_t *__restrict a, const uint8_t *__restrict b,
                                                 const uint8_t *__restrict carryIn, const uint8_t *__restrict mask) {
  for (size_t i = 0; i < laneCount<uint32_t>; ++i) {
    uint32_t active = activeBits<uint32_t>(mask, i);
    TwoWords result = Lane()(get<uint32_t>(a, i), get<uint32_t>(b, i), carryIn ? get<uint32_t>(carryIn, i) & 1 : 0);
    put<uint32_t>(d, i, result.value & active);
    put<uint32_t>(other, i, result.other & active);
  }
}

template <class Lane>
static const Instruction *twoResults(Core &core, const Instruction &at) {
  mapCarryLanes<Lane>(core.wide(at.result[0]), core.wide(at.result[1]), core.wide(at.operand[0]),
                      core.wide(at.operand[1]), nullptr, core.wide(at.operand[2]));
  return &at + 1;
}

template <class Lane>
static const Instruction *carryInOut(Core &core, const Instruction &at) {
  mapCarryLanes<Lane>(core.wide(at.result[0]), core.wide(at.result[1]), core.wide(at.operand[0]),
                      core.wide(at.operand[1]), core.wide(at.operand[2]), core.wide(at.operand[3]));
  return &at + 1;
}

static void words(OpTable &table, llvm::StringRef op, Handler handler) {
  table.add(op, "", LaneType::S32, Code(Pipe::V, handler));
  table.add(op, "", LaneType::U32, Code(Pipe::V, handler));
}

void declareCarry(OpTable &table) {
  auto addc = [](uint32_t a, uint32_t b, uint32_t) {
    uint32_t sum = a + b;
    return TwoWords{sum, sum < a};
  };
  words(table, "pto.vaddc", twoResults<decltype(addc)>);

  auto subc = [](uint32_t a, uint32_t b, uint32_t) { return TwoWords{a - b, a >= b}; };
  words(table, "pto.vsubc", twoResults<decltype(subc)>);

  auto addcs = [](uint32_t a, uint32_t b, uint32_t c) {
    uint32_t sum = a + b, all = sum + c;
    return TwoWords{all, uint32_t(sum < a) | uint32_t(all < sum)};
  };
  words(table, "pto.vaddcs", carryInOut<decltype(addcs)>);

  auto subcs = [](uint32_t a, uint32_t b, uint32_t c) {
    return TwoWords{a - b - (1 - c), uint32_t(a > b) | (uint32_t(a == b) & c)};
  };
  words(table, "pto.vsubcs", carryInOut<decltype(subcs)>);

  auto signedProduct = [](uint32_t a, uint32_t b, uint32_t) {
    return words(uint64_t(int64_t(int32_t(a)) * int64_t(int32_t(b))));
  };
  auto unsignedProduct = [](uint32_t a, uint32_t b, uint32_t) { return words(uint64_t(a) * b); };
  table.add("pto.vmull", "", LaneType::S32, Code(Pipe::V, twoResults<decltype(signedProduct)>));
  table.add("pto.vmull", "", LaneType::U32, Code(Pipe::V, twoResults<decltype(unsignedProduct)>));
}

} // namespace pto::sim::PTO_SIM_BUILD
