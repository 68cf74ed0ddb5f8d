// Every pattern of the small floats: against LLVM's where it has the type, against the format's rules where it has not.
#include "sim/ops/SmallFloat.h"
#include "llvm/ADT/APFloat.h"
#include <cmath>
#include <gtest/gtest.h>

namespace pto::sim {
namespace {

void expectLike(float (*decode)(uint8_t), const llvm::fltSemantics &semantics, unsigned bits) {
  for (unsigned pattern = 0; pattern < 1u << bits; ++pattern) {
    llvm::APFloat known(semantics, llvm::APInt(bits, pattern));
    float value = decode(uint8_t(pattern));
    if (known.isNaN()) {
      EXPECT_TRUE(std::isnan(value)) << pattern;
      continue;
    }
    EXPECT_EQ(std::bit_cast<uint32_t>(value), std::bit_cast<uint32_t>(float(known.convertToDouble()))) << pattern;
  }
}

TEST(SmallFloat, IsWorthWhatLlvmSays) {
  expectLike(e4m3ToFloat, llvm::APFloat::Float8E4M3FN(), 8);
  expectLike(e5m2ToFloat, llvm::APFloat::Float8E5M2(), 8);
  expectLike(e2m1ToFloat, llvm::APFloat::Float4E2M1FN(), 4);
}

TEST(SmallFloat, E1m2CountsInQuarters) {
  for (unsigned pattern = 0; pattern < 8; ++pattern) {
    EXPECT_EQ(e1m2ToFloat(uint8_t(pattern)), float(pattern) / 4);
    EXPECT_EQ(e1m2ToFloat(uint8_t(pattern | 8)), -float(pattern) / 4);
  }
}

TEST(SmallFloat, ScalesArePowersOfTwo) {
  for (unsigned pattern = 0; pattern < 255; ++pattern)
    EXPECT_EQ(e8m0ToFloat(uint8_t(pattern)), std::ldexp(1.0f, int(pattern) - 127));
  EXPECT_TRUE(std::isnan(e8m0ToFloat(255)));
}

// Its numbers, those of one sign, are each there once; the largest is 2^15, the smallest 2^-22.
TEST(SmallFloat, HiF8HasItsNumbersOnceEach) {
  EXPECT_EQ(hif8ToFloat(0x00), 0);
  EXPECT_EQ(hif8ToFloat(0x01), 0x1p-22f);
  EXPECT_EQ(hif8ToFloat(0x07), 0x1p-16f);
  EXPECT_EQ(hif8ToFloat(0x08), 1);
  EXPECT_EQ(hif8ToFloat(0x40), 16);
  EXPECT_EQ(hif8ToFloat(0x6e), 32768);
  EXPECT_EQ(hif8ToFloat(0x7e), 0x1p-15f);
  EXPECT_TRUE(std::isnan(hif8ToFloat(0x80)));
  EXPECT_EQ(hif8ToFloat(0x6f), std::numeric_limits<float>::infinity());
  EXPECT_EQ(hif8ToFloat(0xef), -std::numeric_limits<float>::infinity());
  std::vector<float> values;
  for (unsigned pattern = 0; pattern < 128; ++pattern) {
    values.push_back(hif8ToFloat(uint8_t(pattern)));
    if (pattern == 0)
      continue;
    EXPECT_EQ(hif8ToFloat(uint8_t(pattern | 0x80)), -values.back());
  }
  std::sort(values.begin(), values.end());
  EXPECT_EQ(std::adjacent_find(values.begin(), values.end()), values.end());
}

} // namespace
} // namespace pto::sim
