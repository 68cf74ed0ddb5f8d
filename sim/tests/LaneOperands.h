// Operands for lane-wise instructions, drawn from a seed, and the comparison of what came out with the reference.
#pragma once

#include "sim/tests/LaneReference.h"
#include "sim/tests/SingleInstruction.h"

namespace pto::sim::testing {

inline constexpr llvm::StringRef builds[] = {"portable", "avx2", "avx512"};

/// splitmix64: the contents of registers, from a seed that RapidCheck draws.
class Random {
public:
  explicit Random(uint64_t seed) : state(seed) {}
  uint64_t operator()() {
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
  }
  uint64_t below(uint64_t end) { return (*this)() % end; }

private:
  uint64_t state;
};

/// Any bits, or a value at an edge of the type, or a float of moderate size, so that sums round and cancel.
uint64_t drawLane(Random &random, LaneType type);
void drawVector(Random &random, LaneType type, uint8_t *bytes);
/// All, none, a tail, or any 256 bits: those that belong to no lane must not matter.
void drawMask(Random &random, uint8_t *bits);
/// An i16: within and around the widths, or any.
uint64_t drawCount(Random &random);
void drawOperands(Random &random, const LaneOp &op, LaneType type, Core &core);

uint64_t laneAt(const uint8_t *bytes, unsigned lane, unsigned size);

/// Where the operands of an instruction sit: wide and scalar registers are numbered like its operands.
Instruction instructionFor(const LaneOp &op, const Code *code);

std::string describe(const LaneOp &op, LaneType type, llvm::ArrayRef<uint64_t> operands);

/// Compares all lanes of the last run with the reference.
void checkLanes(Core &core, const LaneOp &op, LaneType type);

} // namespace pto::sim::testing
