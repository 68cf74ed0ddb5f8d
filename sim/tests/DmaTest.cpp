// DMA forms, through kernels: strides, loops, padding, gaps, and what does not fit.
#include "sim/tests/Kernel.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck/gtest.h>
#include <set>

namespace pto::sim::testing {
namespace {

// Constants %N for every number in the list, and UB pointers %ub and %ub2 at bytes 0 and 65536.
std::string prologue(std::initializer_list<int64_t> numbers) {
  std::string text = "%z = arith.constant 0 : i64\n%at2 = arith.constant 65536 : i64\n"
                     "%ub = pto.castptr %z : i64 -> !pto.ptr<i16, ub>\n"
                     "%ub2 = pto.castptr %at2 : i64 -> !pto.ptr<i16, ub>\n";
  for (int64_t number : std::set<int64_t>(numbers))
    text += "%n" + std::to_string(number) + " = arith.constant " + std::to_string(number) + " : i64\n";
  return text;
}
constexpr const char *in = "%in: !pto.ptr<i16>, %out: !pto.ptr<i16>";

// Two rows of three 32-byte blocks; strides, and a loop around them.
TEST(Dma, LoadsAndStoresStridedRowsInLoops) {
  Kernel kernel(kernelText(in, prologue({2, 3, 64, 96, 128, 256, 1024}) + R"(
    pto.mte_gm_ub %in, %ub, %z, %n64 nburst(%n2, %n96, %n128) loop(%n2, %n256, %n1024)
      : !pto.ptr<i16>, !pto.ptr<i16, ub>, i64, i64, i64, i64, i64, loop i64, i64, i64
    pto.mte_ub_gm %ub, %out, %n64 nburst(%n2, %n128, %n64) loop(%n2, %n1024, %n128)
      : !pto.ptr<i16, ub>, !pto.ptr<i16>, i64, i64, i64, i64, loop i64, i64, i64)"));
  std::vector<uint16_t> source(256), out(128, 7), expected;
  std::iota(source.begin(), source.end(), 0);
  for (int first : {0, 48, 128, 176}) // bytes 0, 96, 256, 352
    for (int i = 0; i < 32; ++i)
      expected.push_back(uint16_t(first + i));
  RunReport report = kernel.run({buffer("in", source), buffer("out", out)});
  EXPECT_FALSE(report.fault) << report.fault->message;
  EXPECT_EQ(out, expected);
  EXPECT_THAT(report.warnings, ::testing::IsEmpty());
}

TEST(Dma, TheFirstLoopIsTheInnermost) {
  Kernel kernel(kernelText(in, prologue({1, 2, 3, 32, 64, 192}) + R"(
    pto.mte_gm_ub %in, %ub, %z, %n32 nburst(%n1, %z, %z) loop(%n3, %n32, %n64) loop(%n2, %z, %n192)
      : !pto.ptr<i16>, !pto.ptr<i16, ub>, i64, i64, i64, i64, i64, loop i64, i64, i64, loop i64, i64, i64
    pto.mte_ub_gm %ub, %out, %n32 nburst(%n3, %n64, %n32) loop(%n2, %n192, %n192)
      : !pto.ptr<i16, ub>, !pto.ptr<i16>, i64, i64, i64, i64, loop i64, i64, i64)"));
  std::vector<uint16_t> source(48), out(144, 7);
  std::iota(source.begin(), source.end(), 100);
  RunReport report = kernel.run({buffer("in", source), buffer("out", out)});
  EXPECT_FALSE(report.fault) << report.fault->message;
  EXPECT_EQ(std::vector<uint16_t>(out.begin(), out.begin() + 48), source);
  EXPECT_EQ(out[48], 7);
  EXPECT_EQ(std::vector<uint16_t>(out.begin() + 96, out.end()), source);
}

std::vector<uint16_t> padded(const std::string &pad, const std::string &types, int64_t pitch) {
  Kernel kernel(kernelText(in, prologue({1, 2, 3, 5, 20, 40, 256, pitch}) + "%p = arith.constant 9 : i16\n" +
                                   "pto.mte_gm_ub %in, %ub, %z, %n20 nburst(%n2, %n40, %n" + std::to_string(pitch) +
                                   ") " + pad + " : !pto.ptr<i16>, !pto.ptr<i16, ub>, i64, i64, i64, i64, i64" + types +
                                   "\npto.mte_ub_gm %ub, %out, %n256 nburst(%n1, %n256, %n256)"
                                   " : !pto.ptr<i16, ub>, !pto.ptr<i16>, i64, i64, i64, i64"));
  std::vector<uint16_t> source(40), out(128, 7);
  std::iota(source.begin(), source.end(), 100);
  RunReport report = kernel.run({buffer("in", source), buffer("out", out)});
  EXPECT_FALSE(report.fault) << report.fault->message;
  return out;
}

// A row of 20 bytes, and 96 to the next: filler goes to byte 32 and no further.
TEST(Dma, FillsTheLastBlockWithTheFirstElement) {
  for (auto [pad, types] :
       {std::pair("", ""), std::pair("pad(%p)", ", pad i16"), std::pair("pad(%p, %z, %z)", ", pad i16, i64, i64")}) {
    std::vector<uint16_t> out = padded(pad, types, 96);
    for (size_t row : {0, 1})
      for (size_t i = 0; i < 48; ++i)
        EXPECT_EQ(out[row * 48 + i], i < 10   ? 100 + row * 20 + i
                                     : i < 16 ? 100 + row * 20
                                              : 0)
            << pad << ": " << row << ", " << i;
  }
}

TEST(Dma, PadsByCountsAndFillsTheLastBlockWithTheValue) {
  std::vector<uint16_t> out = padded("pad(%p, %n3, %n5)", ", pad i16, i64, i64", 96);
  for (size_t row : {0, 1})
    for (size_t i = 0; i < 48; ++i)
      EXPECT_EQ(out[row * 48 + i], i >= 3 && i < 13 ? 100 + row * 20 + i - 3 : i < 32 ? 9 : 0) << row << ", " << i;
  EXPECT_EQ(padded("pad(%p, %z, %n3)", ", pad i16, i64, i64", 96)[13], 9);
}

// mte_gm_ub against a model of it that writes byte after byte.
RC_GTEST_PROP(Dma, LoadsAgreeWithAModel, ()) {
  const int64_t length = *rc::gen::inRange<int64_t>(1, 150), count = *rc::gen::inRange<int64_t>(1, 6);
  const int64_t sourceStride = *rc::gen::inRange<int64_t>(0, 200);
  const int form = *rc::gen::inRange(0, 4); // no pad, gapless, a value, counts
  const int64_t pitch = form == 1 ? length : 32 * *rc::gen::inRange<int64_t>(0, 8);
  const int64_t left = form == 3 ? *rc::gen::inRange<int64_t>(0, 17) : 0;
  const int64_t right = form == 3 ? *rc::gen::inRange<int64_t>(0, 17) : 0;
  std::vector<uint8_t> source = *rc::gen::container<std::vector<uint8_t>>(1024, rc::gen::arbitrary<uint8_t>());
  auto constant = [](const char *name, int64_t value) {
    return "%" + std::string(name) + " = arith.constant " + std::to_string(value) + " : i64\n";
  };
  const char *pads[] = {"", "", "pad(%p)", "pad(%p, %left, %right)"};
  const char *types[] = {"", "", ", pad i16", ", pad i16, i64, i64"};
  Kernel kernel(kernelText(in, prologue({}) + constant("length", length) + constant("count", count) +
                                   constant("from", sourceStride) + constant("pitch", pitch) + constant("left", left) +
                                   constant("right", right) + constant("all", 2048) + constant("one", 1) +
                                   "%p = arith.constant 0x1234 : i16\n" +
                                   "pto.mte_gm_ub %in, %ub, %z, %length nburst(%count, %from, %pitch) " + pads[form] +
                                   " : !pto.ptr<i16>, !pto.ptr<i16, ub>, i64, i64, i64, i64, i64" + types[form] +
                                   "\npto.mte_ub_gm %ub, %out, %all nburst(%one, %z, %z)"
                                   " : !pto.ptr<i16, ub>, !pto.ptr<i16>, i64, i64, i64, i64"));

  std::vector<uint8_t> expected(2048, 0);
  for (int64_t row = 0; row < count; ++row) {
    int64_t at = row * pitch;
    const uint8_t *burst = &source[size_t(row * sourceStride)];
    bool isCounted = left + right != 0;
    auto filler = [&](int64_t i) -> uint8_t {
      return isCounted ? (i % 2 ? 0x12 : 0x34) : burst[length == 1 ? 0 : i % 2];
    };
    for (int64_t i = 0; i < 2 * left; ++i)
      expected[size_t(at++)] = filler(i);
    for (int64_t i = 0; i < length; ++i)
      expected[size_t(at++)] = burst[i];
    for (int64_t i = 0; i < 2 * right || at % 32 != 0; ++i)
      expected[size_t(at++)] = filler(i);
  }
  std::vector<uint8_t> out(2048, 7);
  RunReport report = kernel.run({buffer("in", source), buffer("out", out)});
  RC_ASSERT(!report.fault);
  RC_ASSERT(out == expected);
}

// An element may be larger than what is left to fill.
TEST(Dma, FillsWithThePartOfALargeElementThatFits) {
  Kernel kernel(kernelText("%in: !pto.ptr<vector<8xf32>>, %out: !pto.ptr<vector<8xf32>>", R"(
    %z = arith.constant 0 : i64 %one = arith.constant 1 : i64 %n40 = arith.constant 40 : i64 %n64 = arith.constant 64 : i64
    %ub = pto.castptr %z : i64 -> !pto.ptr<vector<8xf32>, ub>
    pto.mte_gm_ub %in, %ub, %z, %n40 nburst(%one, %n64, %n64)
      : !pto.ptr<vector<8xf32>>, !pto.ptr<vector<8xf32>, ub>, i64, i64, i64, i64, i64
    pto.mte_ub_gm %ub, %out, %n64 nburst(%one, %n64, %n64)
      : !pto.ptr<vector<8xf32>, ub>, !pto.ptr<vector<8xf32>>, i64, i64, i64, i64)"));
  std::vector<uint32_t> source(10), out(16, 7);
  std::iota(source.begin(), source.end(), 100);
  EXPECT_FALSE(kernel.run({buffer("in", source), buffer("out", out)}).fault);
  for (uint32_t i = 0; i < 16; ++i)
    EXPECT_EQ(out[i], 100 + i % 10) << i;
}

// Two bursts of 20 bytes, 20 apart: the second starts in the middle of a block.
TEST(Dma, PutsBurstsWithoutAGapBehindEachOther) {
  std::vector<uint16_t> out = padded("", "", 20);
  for (size_t i = 0; i < 64; ++i)
    EXPECT_EQ(out[i], i < 10 ? 100 + i : i < 20 ? 110 + i : i < 32 ? 120 : 0) << i;
}

TEST(Dma, CopiesWithinUbByUnitsAndGaps) {
  Kernel kernel(kernelText(in, prologue({1, 2, 32, 192}) + R"(
    pto.mte_gm_ub %in, %ub, %z, %n192 nburst(%n1, %z, %z)
      : !pto.ptr<i16>, !pto.ptr<i16, ub>, i64, i64, i64, i64, i64
    pto.mte_ub_ub %ub, %ub2, %n1 nburst(%n2, %n2, %n1)
      : !pto.ptr<i16, ub>, !pto.ptr<i16, ub>, i64, i64, i64, i64
    pto.mte_ub_gm %ub2, %out, %n192 nburst(%n1, %z, %z)
      : !pto.ptr<i16, ub>, !pto.ptr<i16>, i64, i64, i64, i64)"));
  std::vector<uint16_t> source(96), out(96, 7);
  std::iota(source.begin(), source.end(), 1);
  RunReport report = kernel.run({buffer("in", source), buffer("out", out)});
  EXPECT_FALSE(report.fault) << report.fault->message;
  for (size_t i = 0; i < 96; ++i)
    EXPECT_EQ(out[i], i < 16 ? 1 + i : i >= 32 && i < 48 ? 1 + 48 + i - 32 : 0) << i;
}

TEST(Dma, OfNothingTouchesNothing) {
  Kernel kernel(kernelText(in, prologue({1, 64}) + R"(
    pto.mte_gm_ub %in, %ub, %z, %n64 nburst(%z, %n64, %n64)
      : !pto.ptr<i16>, !pto.ptr<i16, ub>, i64, i64, i64, i64, i64
    pto.mte_gm_ub %in, %ub, %z, %z nburst(%n1, %n64, %n64)
      : !pto.ptr<i16>, !pto.ptr<i16, ub>, i64, i64, i64, i64, i64)"));
  std::vector<uint16_t> none;
  EXPECT_FALSE(kernel.run({buffer("in", none), buffer("out", none)}).fault);
}

} // namespace
} // namespace pto::sim::testing
