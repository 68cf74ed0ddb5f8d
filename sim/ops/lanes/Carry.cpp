// 32-bit sums and differences with a carry out, which is a predicate. For differences a set carry means no borrow.
#include "sim/ops/lanes/Declare.h"

namespace pto::sim::PTO_SIM_BUILD {

struct WithCarry {
  uint32_t value;
  uint32_t carry; ///< 0 or 1
};

/// d[i], carry[i] = lane(a[i], b[i], carryIn[i])
template <class Lane>
[[gnu::always_inline]] inline void mapCarryLanes(uint8_t *__restrict d, uint8_t *__restrict carry,
                                                 const uint8_t *__restrict a, const uint8_t *__restrict b,
                                                 const uint8_t *__restrict carryIn, const uint8_t *__restrict mask) {
  for (size_t i = 0; i < laneCount<uint32_t>; ++i) {
    uint32_t active = activeBits<uint32_t>(mask, i);
    WithCarry result = Lane()(get<uint32_t>(a, i), get<uint32_t>(b, i), carryIn ? get<uint32_t>(carryIn, i) & 1 : 0);
    put<uint32_t>(d, i, result.value & active);
    put<uint32_t>(carry, i, result.carry & active);
  }
}

template <class Lane>
static const Instruction *carryOut(Core &core, const Instruction &at) {
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
  // vaddc: d[i] = a[i] + b[i], carry[i] = the 33rd bit
  auto addc = [](uint32_t a, uint32_t b, uint32_t) {
    uint32_t sum = a + b;
    return WithCarry{sum, sum < a};
  };
  words(table, "pto.vaddc", carryOut<decltype(addc)>);

  // vsubc: d[i] = a[i] - b[i], carry[i] = a[i] >= b[i]
  auto subc = [](uint32_t a, uint32_t b, uint32_t) { return WithCarry{a - b, a >= b}; };
  words(table, "pto.vsubc", carryOut<decltype(subc)>);

  // vaddcs: d[i] = a[i] + b[i] + c[i], carry[i] = the 33rd bit
  auto addcs = [](uint32_t a, uint32_t b, uint32_t c) {
    uint32_t sum = a + b, all = sum + c;
    return WithCarry{all, uint32_t(sum < a) | uint32_t(all < sum)};
  };
  words(table, "pto.vaddcs", carryInOut<decltype(addcs)>);

  // vsubcs: d[i] = a[i] - b[i] - (1 - c[i]), carry[i] = a[i] >= b[i] + (1 - c[i]) without wrapping
  auto subcs = [](uint32_t a, uint32_t b, uint32_t c) {
    return WithCarry{a - b - (1 - c), uint32_t(a > b) | (uint32_t(a == b) & c)};
  };
  words(table, "pto.vsubcs", carryInOut<decltype(subcs)>);
}

} // namespace pto::sim::PTO_SIM_BUILD
