// Drawing operands, and comparing lanes with the reference.
#include "sim/tests/LaneOperands.h"
#include "llvm/ADT/StringExtras.h"
#include <rapidcheck.h>

namespace pto::sim::testing {

uint64_t drawLane(Random &random, LaneType type) {
  unsigned bits = bitsOf(type);
  uint64_t all = bits == 64 ? ~uint64_t(0) : (uint64_t(1) << bits) - 1;
  uint64_t any = random() & all;
  switch (random.below(4)) {
  case 0: { // zeros, infinities, extremes, and their neighbours
    uint64_t exponents = type == LaneType::F16 ? 0x7c00 : type == LaneType::BF16 ? 0x7f80 : 0x7f800000;
    uint64_t edges[] = {0, isFloat(type) ? exponents : all >> 1, isFloat(type) ? exponents >> 1 : all, 1};
    uint64_t edge = edges[random.below(4)] ^ (random.below(2) ? (all >> 1) + 1 : 0);
    return (edge + random.below(3) - 1) & all;
  }
  case 1:
    if (type == LaneType::F16)
      return (any & 0x83ff) | (12 + random.below(7)) << 10;
    if (type == LaneType::BF16)
      return (any & 0x807f) | (124 + random.below(7)) << 7;
    if (type == LaneType::F32)
      return (any & 0x807fffff) | (124 + random.below(7)) << 23;
    return any % 100;
  default:
    return any;
  }
}

void drawVector(Random &random, LaneType type, uint8_t *bytes) {
  unsigned size = bitsOf(type) / 8;
  for (unsigned at = 0; at < registerBytes; at += size) {
    uint64_t lane = drawLane(random, type);
    std::memcpy(bytes + at, &lane, size);
  }
}

void drawMask(Random &random, uint8_t *bits) {
  uint64_t kind = random.below(4), end = random.below(registerBytes + 1);
  for (unsigned i = 0; i < registerBytes; ++i)
    bits[i] = kind == 0 ? 1 : kind == 1 ? random.below(8) == 0 : kind == 2 ? i < end : random.below(2);
}

uint64_t laneAt(const uint8_t *bytes, unsigned lane, unsigned size) {
  uint64_t value = 0;
  std::memcpy(&value, bytes + lane * size, size);
  return value;
}

uint64_t drawCount(Random &random) {
  return random.below(2) ? random.below(70) : random() & 0xffff;
}

Instruction instructionFor(const LaneOp &op, const Code *code) {
  Instruction made(*code);
  made.result = {4, 5};
  for (uint32_t i = 0; i < op.operands.size(); ++i)
    made.operand[i] = i;
  return made;
}

void drawOperands(Random &random, const LaneOp &op, LaneType type, Core &core) {
  for (uint32_t i = 0; i < op.operands.size(); ++i)
    if (op.operands[i] == 'v')
      drawVector(random, type, core.wide(i));
    else if (op.operands[i] == 's')
      core.scalar(i) = op.shiftsByScalar ? drawCount(random) : drawLane(random, type);
    else
      drawMask(random, core.wide(i));
}

std::string describe(const LaneOp &op, LaneType type, llvm::ArrayRef<uint64_t> operands) {
  std::string words = op.name + " type " + std::to_string(unsigned(type));
  for (uint64_t operand : operands)
    words += " 0x" + llvm::utohexstr(operand);
  return words;
}

void checkLanes(Core &core, const LaneOp &op, LaneType type) {
  unsigned size = bitsOf(type) / 8;
  size_t maskAt = op.operands.find('m');
  for (unsigned lane = 0; lane < registerBytes / size; ++lane) {
    std::vector<uint64_t> operands;
    for (size_t i = 0; i < op.operands.size(); ++i)
      switch (op.operands[i]) {
      case 'v':
        operands.push_back(laneAt(core.wide(i), lane, size));
        break;
      case 's':
        operands.push_back(core.scalar(i));
        break;
      case 'c':
        operands.push_back(core.wide(i)[lane * size]);
        break;
      }
    bool active = core.wide(maskAt)[lane * size] != 0;
    uint64_t expected = active ? op.lane(type, operands) : 0;
    uint64_t found = laneAt(core.wide(4), lane, size);
    if (op.hasCarry)
      found |= laneAt(core.wide(5), lane, size) << 32;
    if (found != expected)
      RC_FAIL(describe(op, type, operands) + (active ? "" : " (inactive)") + " gives 0x" + llvm::utohexstr(found) +
              ", expected 0x" + llvm::utohexstr(expected));
  }
}

} // namespace pto::sim::testing
