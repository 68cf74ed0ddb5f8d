// Blocks at a stride, blocks at offsets, and single elements at indices, byte by byte.
#include "sim/ops/Indexed.h"
#include "sim/ops/OpTable.h"
#include "sim/tests/LaneOperands.h"
#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

constexpr int64_t home = 4096;
constexpr unsigned blocks = registerBytes / blockBytes;

// Scalars: 0 the base, 1 and 2 the strides, 3 the moved base. Wide: 0 the value, 1 the indices, 2 the mask, 4 the
// result.
class Places : public SingleInstruction {
public:
  explicit Places(Random &random) {
    memory.resize(4096);
    for (uint8_t &byte : memory)
      byte = uint8_t(random());
    poke(home, memory);
    ub.markWritten(home, int64_t(memory.size()));
    drawVector(random, LaneType::U8, core.wide(0));
    drawMask(random, core.wide(2));
    core.scalar(0) = home;
  }
  bool run(llvm::StringRef op, llvm::StringRef variant, std::array<uint32_t, 4> operands,
           std::array<uint32_t, 2> results = {}, uint8_t laneBytes = 4) {
    Instruction instruction(*opTable().find(op, variant, LaneType::None));
    instruction.operand = operands;
    instruction.result = results;
    instruction.carry(BlockStrides{1, laneBytes, 2});
    return SingleInstruction::run(instruction);
  }
  bool isActive(unsigned byte, unsigned laneBytes) const { return core.wide(2)[byte / laneBytes * laneBytes] != 0; }
  bool isMemory(const std::vector<uint8_t> &expected) {
    for (size_t i = 0; i < expected.size(); ++i)
      if (peek(home + int64_t(i)) != expected[i])
        return false;
    return true;
  }

  std::vector<uint8_t> memory;
};

RC_GTEST_PROP(Indexed, BlocksAreLoadedWholeWhereAnyLaneIsActive, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  Places places(random);
  uint64_t stride = places.core.scalar(1) = random.below(10), repeat = places.core.scalar(2) = random.below(10);
  RC_ASSERT(places.run("pto.vsldb", "", {0, 2, 0, 0}, {4, 3}));
  for (unsigned byte = 0; byte < registerBytes; ++byte) {
    unsigned k = byte / blockBytes;
    const uint8_t *mask = places.core.wide(2) + k * blockBytes;
    bool isLoaded = std::any_of(mask, mask + blockBytes, [](uint8_t bit) { return bit != 0; });
    size_t from = (repeat + k * stride) * blockBytes + byte % blockBytes;
    RC_ASSERT(places.core.wide(4)[byte] == (isLoaded ? places.memory[from] : 0));
  }
}

RC_GTEST_PROP(Indexed, BlocksAreStoredLaneByLane, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (bool moves : {false, true})
    for (uint8_t size : {1, 2, 4}) {
      Places places(random);
      uint64_t stride = places.core.scalar(1) = random.below(10), repeat = places.core.scalar(2) = random.below(10);
      RC_ASSERT(places.run("pto.vsstb", moves ? "post-update" : "", {0, 0, 2, 0}, {3, 0}, size));
      std::vector<uint8_t> expected = places.memory;
      for (unsigned byte = 0; byte < registerBytes; ++byte)
        if (places.isActive(byte, size))
          expected[((moves ? 0 : repeat) + byte / blockBytes * stride) * blockBytes + byte % blockBytes] =
              places.core.wide(0)[byte];
      RC_ASSERT(places.isMemory(expected));
      if (moves)
        RC_ASSERT(places.core.scalar(3) == home + repeat * blockBytes);
    }
}

RC_GTEST_PROP(Indexed, BlocksAreGatheredFromTheirOffsets, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  Places places(random);
  uint32_t offsets[blocks];
  for (uint32_t &offset : offsets)
    offset = uint32_t(random.below(64) * blockBytes);
  std::memcpy(places.core.wide(1), offsets, sizeof(offsets));
  RC_ASSERT(places.run("pto.vgatherb", "", {0, 1, 2, 0}, {4, 0}));
  for (unsigned byte = 0; byte < registerBytes; ++byte) {
    unsigned k = byte / blockBytes;
    bool isActive = places.core.wide(2)[4 * k] != 0;
    RC_ASSERT(places.core.wide(4)[byte] == (isActive ? places.memory[offsets[k] + byte % blockBytes] : 0));
  }
}

struct Width {
  const char *name;
  unsigned element, index;
};
constexpr Width widths[] = {{"b8", 1, 2}, {"b16", 2, 2}, {"b32", 4, 4}};

// A permutation as the indices: what a scatter puts down a gather with the same indices picks up.
RC_GTEST_PROP(Indexed, GatheringByAPermutationUndoesScatteringByIt, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (const Width &width : widths) {
    Places places(random);
    unsigned lanes = registerBytes / width.index;
    std::vector<uint64_t> order(lanes);
    std::iota(order.begin(), order.end(), 0);
    for (unsigned i = lanes; i > 1; --i)
      std::swap(order[i - 1], order[random.below(i)]);
    for (unsigned i = 0; i < lanes; ++i)
      std::memcpy(places.core.wide(1) + i * width.index, &order[i], width.index);
    std::vector<uint8_t> expected = places.memory;
    for (unsigned i = 0; i < lanes; ++i)
      if (places.isActive(i * width.index, width.index))
        std::memcpy(expected.data() + order[i] * width.element, places.core.wide(0) + i * width.index, width.element);
    RC_ASSERT(places.run("pto.vscatter", width.name, {0, 0, 1, 2}));
    RC_ASSERT(places.isMemory(expected));
    RC_ASSERT(places.run("pto.vgather2", width.name, {0, 1, 2, 0}, {4, 0}));
    for (unsigned i = 0; i < lanes; ++i) {
      bool isActive = places.isActive(i * width.index, width.index);
      uint64_t value = laneAt(places.core.wide(0) + i * width.index, 0, width.element);
      RC_ASSERT(laneAt(places.core.wide(4), i, width.index) == (isActive ? value : 0));
    }
  }
}

TEST(Indexed, WhatIsLeftOutMayBeAnywhere) {
  Random random(1);
  Places places(random);
  std::memset(places.core.wide(1), 0x7f, registerBytes);
  std::memset(places.core.wide(2), 0, registerBytes);
  places.core.scalar(1) = places.core.scalar(2) = 0x7fff;
  EXPECT_TRUE(places.run("pto.vsldb", "", {0, 2, 0, 0}, {4, 3}));
  EXPECT_TRUE(places.run("pto.vsstb", "", {0, 0, 2, 0}));
  EXPECT_TRUE(places.run("pto.vgatherb", "", {0, 1, 2, 0}, {4, 0}));
  EXPECT_TRUE(places.run("pto.vgather2", "b32", {0, 1, 2, 0}, {4, 0}));
  EXPECT_TRUE(places.run("pto.vscatter", "b32", {0, 0, 1, 2}));
}

TEST(Indexed, OutsideAndMisalignedAreFaults) {
  auto message = [](auto prepare, llvm::StringRef op, llvm::StringRef variant, std::array<uint32_t, 4> operands) {
    Random random(1);
    Places places(random);
    std::memset(places.core.wide(2), 1, registerBytes);
    std::memset(places.core.wide(1), 0, registerBytes);
    prepare(places);
    EXPECT_FALSE(places.run(op, variant, operands, {4, 0})) << op.str();
    return places.why();
  };
  auto far = [](Places &places) { places.core.wide(1)[3] = 0x10; };
  auto odd = [](Places &places) { places.core.scalar(0) = home + 4; };
  auto offset = [](Places &places) { places.core.wide(1)[0] = 16; };
  auto ends = [](const std::string &text, llvm::StringRef end) { return llvm::StringRef(text).ends_with(end); };
  EXPECT_TRUE(ends(message(far, "pto.vgather2", "b32", {0, 1, 2, 0}), "past the end of ub (262144 bytes)"));
  EXPECT_TRUE(ends(message(far, "pto.vscatter", "b32", {0, 0, 1, 2}), "past the end of ub (262144 bytes)"));
  EXPECT_EQ(message(odd, "pto.vgather2", "b32", {0, 1, 2, 0}),
            "gathers from ub+0x1004, which is not a multiple of 32 bytes");
  EXPECT_TRUE(ends(message(odd, "pto.vsldb", "", {0, 2, 0, 0}), "which is not a multiple of 32 bytes"));
  EXPECT_TRUE(ends(message(offset, "pto.vgatherb", "", {0, 1, 2, 0}), "which is not a multiple of 32 bytes"));
}

} // namespace
} // namespace pto::sim::testing
