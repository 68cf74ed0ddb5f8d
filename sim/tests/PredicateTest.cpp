// Predicates: patterns, tails, logic, repacking.
#include "sim/ops/OpTable.h"
#include "sim/ops/Predicates.h"
#include "sim/tests/SingleInstruction.h"
#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

// Bits 0–31 and so on, as words: the way a predicate looks in memory.
std::vector<uint32_t> words(const uint8_t *bits) {
  std::vector<uint32_t> packed(registerBytes / 32);
  for (size_t bit = 0; bit < registerBytes; ++bit)
    packed[bit / 32] |= uint32_t(bits[bit]) << bit % 32;
  return packed;
}

std::vector<uint32_t> run(SingleInstruction &single, llvm::StringRef op, llvm::StringRef variant = "",
                          PredicatePattern pattern = {}, uint32_t shownResult = 4) {
  Instruction instruction(*opTable().find(op, variant, LaneType::None));
  instruction.operand = {0, 1, 2, 0};
  instruction.result = {4, 5};
  instruction.carry(pattern);
  EXPECT_TRUE(single.run(instruction));
  return words(single.core.wide(shownResult));
}

std::vector<uint32_t> pattern(llvm::StringRef op, llvm::StringRef word, unsigned lanes) {
  SingleInstruction single;
  return run(single, op, "", *parsePattern(word, lanes));
}

using Words = std::vector<uint32_t>;

TEST(Pset, PlacesLanesAtTheirFirstByte) {
  EXPECT_EQ(pattern("pto.pset_b8", "PAT_ALL", 256), Words(8, 0xffffffff));
  EXPECT_EQ(pattern("pto.pset_b16", "PAT_ALL", 128), Words(8, 0x55555555));
  EXPECT_EQ(pattern("pto.pset_b32", "PAT_ALL", 64), Words(8, 0x11111111));
  EXPECT_EQ(pattern("pto.pset_b32", "PAT_ALLF", 64), Words(8, 0));
}

TEST(Pset, KnowsFirstLanesFirstHalfAndQuarterAndMultiples) {
  EXPECT_EQ(pattern("pto.pset_b16", "PAT_VL8", 128), (Words{0x5555, 0, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(pattern("pto.pset_b32", "PAT_VL128", 64), Words(8, 0x11111111));
  EXPECT_EQ(pattern("pto.pge_b16", "PAT_H", 128), (Words{0x55555555, 0x55555555, 0x55555555, 0x55555555, 0, 0, 0, 0}));
  EXPECT_EQ(pattern("pto.pge_b32", "PAT_Q", 64), (Words{0x11111111, 0x11111111, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(pattern("pto.pset_b8", "PAT_M3", 256)[0], 0x49249249u);
  EXPECT_EQ(pattern("pto.pset_b32", "PAT_M4", 64), Words(8, 0x00010001));
  EXPECT_FALSE(parsePattern("PAT_X", 64));
  for (const char *notListed : {"PAT_VL0", "PAT_VL5", "PAT_VL12", "PAT_VL256", "PAT_VL"})
    EXPECT_FALSE(parsePattern(notListed, 64)) << notListed;
}

RC_GTEST_PROP(Plt, CountsLanesOfItsWidthAndWhatIsLeft, ()) {
  uint32_t count = *rc::gen::oneOf(rc::gen::inRange<uint32_t>(0, 600), rc::gen::arbitrary<uint32_t>());
  for (auto [op, bytes] : {std::pair("pto.plt_b8", 1), std::pair("pto.plt_b16", 2), std::pair("pto.plt_b32", 4)}) {
    SingleInstruction single;
    single.core.scalar(0) = count;
    run(single, op);
    uint32_t lanes = registerBytes / unsigned(bytes);
    for (uint32_t bit = 0; bit < registerBytes; ++bit)
      RC_ASSERT(single.core.wide(4)[bit] == (bit % unsigned(bytes) == 0 && bit / unsigned(bytes) < count));
    RC_ASSERT(single.core.scalar(5) == uint64_t(count < lanes ? 0 : count - lanes));
  }
}

TEST(Plt, ReadsANegativeCountAsALargeOne) {
  SingleInstruction single;
  single.core.scalar(0) = 0xffffffff;
  EXPECT_EQ(run(single, "pto.plt_b32"), Words(8, 0x11111111));
  EXPECT_EQ(single.core.scalar(5), 0xffffffffu - 64);
}

RC_GTEST_PROP(PredicateLogic, WorksBitByBitUnderTheMask, ()) {
  SingleInstruction single;
  for (uint32_t i = 0; i < 3; ++i)
    for (size_t bit = 0; bit < registerBytes; ++bit)
      single.core.wide(i)[bit] = *rc::gen::inRange<uint8_t>(0, 2);
  Words a = words(single.core.wide(0)), b = words(single.core.wide(1)), mask = words(single.core.wide(2));
  for (size_t i = 0; i < a.size(); ++i) {
    RC_ASSERT(run(single, "pto.pand")[i] == (a[i] & b[i] & mask[i]));
    RC_ASSERT(run(single, "pto.por")[i] == ((a[i] | b[i]) & mask[i]));
    RC_ASSERT(run(single, "pto.pxor")[i] == ((a[i] ^ b[i]) & mask[i]));
    RC_ASSERT(run(single, "pto.psel")[i] == ((a[i] & mask[i]) | (b[i] & ~mask[i])));
    RC_ASSERT(run(single, "pto.pnot")[i] == (~a[i] & b[i])); // operands: source, mask
    RC_ASSERT(run(single, "pto.pbitcast")[i] == a[i]);
  }
}

class Repack : public ::testing::Test {
protected:
  // Every fourth b32 lane, and the first eight b16 lanes.
  Repack() {
    for (size_t bit = 0; bit < registerBytes; bit += 16)
      single.core.wide(0)[bit] = 1;
    for (size_t bit = 0; bit < 16; bit += 2)
      single.core.wide(1)[bit] = 1;
  }
  SingleInstruction single;
};

TEST_F(Repack, PacksEveryOtherBitIntoAHalf) {
  Words half = {0x01010101, 0x01010101, 0x01010101, 0x01010101};
  Words lower = half, higher(4);
  lower.resize(8);
  higher.insert(higher.end(), half.begin(), half.end());
  EXPECT_EQ(run(single, "pto.ppack", "LOWER"), lower);
  EXPECT_EQ(run(single, "pto.ppack", "HIGHER"), higher);
}

TEST_F(Repack, UnpacksAHalfIntoEveryOtherBit) {
  EXPECT_EQ(run(single, "pto.punpack", "LOWER"), Words(8, 1));
  single.core.wide(0)[128] = 0;
  EXPECT_EQ(run(single, "pto.punpack", "HIGHER"), (Words{0, 1, 1, 1, 1, 1, 1, 1}));
}

TEST_F(Repack, InterleavesLanesOfTheWidth) {
  std::swap_ranges(single.core.wide(0), single.core.wide(0) + registerBytes, single.core.wide(1));
  for (size_t bit = 0; bit < registerBytes; ++bit) // every fourth b16 lane
    single.core.wide(1)[bit] = bit % 8 == 0;
  Words low = run(single, "pto.pintlv_b16");
  EXPECT_EQ(low,
            (Words{0x11151115, 0x00040004, 0x00040004, 0x00040004, 0x00040004, 0x00040004, 0x00040004, 0x00040004}));
  EXPECT_EQ(run(single, "pto.pintlv_b16", "", {}, 5), Words(8, 0x00040004));
}

TEST_F(Repack, DeinterleavingUndoesInterleaving) {
  for (llvm::StringRef width : {"b8", "b16", "b32"}) {
    Words a = words(single.core.wide(0)), b = words(single.core.wide(1));
    run(single, ("pto.pintlv_" + width).str());
    std::memcpy(single.core.wide(0), single.core.wide(4), registerBytes);
    std::memcpy(single.core.wide(1), single.core.wide(5), registerBytes);
    EXPECT_EQ(run(single, ("pto.pdintlv_" + width).str()), a);
    EXPECT_EQ(run(single, ("pto.pdintlv_" + width).str(), "", {}, 5), b);
    std::memcpy(single.core.wide(0), single.core.wide(4), registerBytes);
    std::memcpy(single.core.wide(1), single.core.wide(5), registerBytes);
  }
}

} // namespace
} // namespace pto::sim::testing
