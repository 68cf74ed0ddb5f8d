// The module `pto` in a golden.
#include "golden/tensor/FloatFormat.h"
#include "golden/tests/Requests.h"
#include <cmath>
#include <gmock/gmock.h>

using namespace pto::golden;
using testing::ElementsAre;

namespace {

std::vector<double> floats(const std::string &expression, std::vector<double> x) {
  auto count = static_cast<int64_t>(x.size());
  return valuesOf(Evaluator("").evaluate(requestOf("def golden(x):\n    return " + expression + "\n",
                                                   {{"x", tensorOf(DType::F64, std::move(x))}}, DType::F64, {count})));
}

std::vector<int64_t> integers(const std::string &expression, std::vector<int64_t> x) {
  Tensor tensor = fromIntegers(DType::I64, {static_cast<int64_t>(x.size())}, x);
  auto result = Evaluator("").evaluate(
      requestOf("def golden(x):\n    return " + expression + "\n", {{"x", tensor}}, DType::I64, tensor.shape));
  if (!result) {
    ADD_FAILURE() << llvm::toString(result.takeError());
    return {};
  }
  return toIntegers(result->front().value);
}

std::vector<int64_t> integersOf(const std::string &expression, std::vector<double> x) {
  Tensor tensor = tensorOf(DType::F64, x);
  auto result = Evaluator("").evaluate(
      requestOf("def golden(x):\n    return " + expression + "\n", {{"x", tensor}}, DType::I64, tensor.shape));
  if (!result) {
    ADD_FAILURE() << llvm::toString(result.takeError());
    return {};
  }
  return toIntegers(result->front().value);
}

constexpr int64_t allOnes = -1;

} // namespace

TEST(Helper, BitsAndFromBitsAreTheTypesPatterns) {
  EXPECT_THAT(integersOf("pto.bits(x, \"f32\")", {1, -0.0, NAN}), ElementsAre(0x3f800000, 0x80000000, 0x7fc00000));
  EXPECT_THAT(integersOf("pto.bits(x, \"f64\")", {-0.0}), ElementsAre(INT64_MIN));
  EXPECT_THAT(integers("pto.bits(x, \"i8\")", {-1}), ElementsAre(255));
  EXPECT_THAT(floats("pto.from_bits(pto.bits(x, \"bf16\"), \"bf16\")", {1.5, -3}), ElementsAre(1.5, -3));
  EXPECT_THAT(integers("pto.from_bits(x, \"i16\")", {0xffff}), ElementsAre(-1));
}

TEST(Helper, RoundKnowsTheModesOfTheInstructionSet) {
  // f16 has steps of 2 between 2048 and 4096.
  std::vector<double> x{2049, 2050.5, -2049, -2051.5, 65519, 1e6, -1e6};
  EXPECT_THAT(floats("pto.round(x, \"f16\")", x), ElementsAre(2048, 2050, -2048, -2052, 65504, INFINITY, -INFINITY));
  EXPECT_THAT(floats("pto.round(x, \"f16\", \"A\")", x),
              ElementsAre(2050, 2050, -2050, -2052, 65504, INFINITY, -INFINITY));
  EXPECT_THAT(floats("pto.round(x, \"f16\", \"F\")", x),
              ElementsAre(2048, 2050, -2050, -2052, 65504, 65504, -INFINITY));
  EXPECT_THAT(floats("pto.round(x, \"f16\", \"C\")", x),
              ElementsAre(2050, 2052, -2048, -2050, INFINITY, INFINITY, -65504));
  EXPECT_THAT(floats("pto.round(x, \"f16\", \"Z\")", x), ElementsAre(2048, 2050, -2048, -2050, 65504, 65504, -65504));
  EXPECT_THAT(floats("pto.round(x, \"f16\", \"O\")", x), ElementsAre(2050, 2050, -2050, -2050, 65504, 65504, -65504));
  EXPECT_THAT(floats("x * 0 + pto.round(0.1, \"f32\")", {1}), ElementsAre(0.1f));
}

TEST(Helper, FmaRoundsOnceAndTakesNumbers) {
  // (1 + 2^-12)² = 1 + 2^-11 + 2^-24 is a tie in f32, which the last addend breaks, far below float64's reach.
  EXPECT_THAT(floats("pto.fma(x, x, x * 0 + pto.from_bits(x.long() + 1, \"f32\"), \"f32\")", {1 + 0x1p-12}),
              ElementsAre(1 + 0x1p-11 + 0x1p-23));
  EXPECT_THAT(floats("pto.round(x * x + 1e-40, \"f32\")", {1 + 0x1p-12}), ElementsAre(1 + 0x1p-11));
  EXPECT_THAT(floats("pto.fma(2.0, x, x, \"f16\")", {3}), ElementsAre(9));
  EXPECT_THAT(floats("pto.fma(x, 2.0, x, \"f16\")", {3}), ElementsAre(9));
  EXPECT_THAT(floats("pto.fma(x, x, 2.0, \"f16\")", {3}), ElementsAre(11));
}

TEST(Helper, FlushMakesSubnormalsZerosOfTheirSign) {
  constexpr double smallest = 0x1p-126;
  std::vector<double> flushed = floats("pto.flush(x, \"f32\")", {smallest, -smallest / 2, 1e-40, 1 + 0x1p-40, -0.0,
                                                                 smallest * (1 - 0x1p-26), NAN, -INFINITY});
  EXPECT_THAT(std::vector<double>(flushed.begin(), flushed.begin() + 6),
              ElementsAre(smallest, 0, 0, 1 + 0x1p-40, 0, smallest * (1 - 0x1p-26)));
  EXPECT_TRUE(std::signbit(flushed[1]) && std::signbit(flushed[4]) && !std::signbit(flushed[2]));
  EXPECT_TRUE(std::isnan(flushed[6]));
  EXPECT_EQ(flushed[7], -INFINITY);
  EXPECT_THAT(floats("pto.flush(x, \"f16\")", {0x1p-14, 0x1p-14 - 0x1p-24, 0x1p-14 - 0x1p-25}),
              ElementsAre(0x1p-14, 0, 0x1p-14 - 0x1p-25));
}

TEST(Helper, WrapKeepsTheLowBits) {
  EXPECT_THAT(integers("pto.wrap(x, \"i8\")", {128, -129, 255}), ElementsAre(-128, 127, -1));
  EXPECT_THAT(integers("pto.wrap(x, \"u8\")", {-1, 256}), ElementsAre(255, 0));
}

TEST(Helper, SaturateClampsAndTurnsNanIntoZero) {
  EXPECT_THAT(integers("pto.saturate(x, \"i8\")", {300, -300, 5}), ElementsAre(127, -128, 5));
  EXPECT_THAT(integers("pto.saturate(x, \"u16\")", {-1, 65536, INT64_MAX}), ElementsAre(0, 65535, 65535));
  EXPECT_THAT(integers("pto.saturate(x, \"u64\")", {-1, INT64_MAX}), ElementsAre(0, INT64_MAX));
  EXPECT_THAT(integersOf("pto.saturate(x, \"i64\")", {1e30, -1e30, NAN, -1.9}),
              ElementsAre(INT64_MAX, INT64_MIN, 0, -1));
  EXPECT_THAT(integersOf("pto.saturate(x, \"u64\")", {1e30, -1, 0x1p63}), ElementsAre(allOnes, 0, INT64_MIN));
  EXPECT_THAT(floats("pto.saturate(x, \"f16\")", {1e6, -INFINITY, NAN, 0.1}),
              ElementsAre(65504, -65504, 0, decode(DType::F16, encode(DType::F16, 0.1))));
  EXPECT_THAT(floats("pto.saturate(x, \"f8e4m3\")", {500, -INFINITY}), ElementsAre(448, -448));
}

TEST(Helper, UnsignedArithmeticReadsPatternsOfU64) {
  EXPECT_THAT(integers("pto.udiv(x, 2)", {allOnes}), ElementsAre(INT64_MAX));
  EXPECT_THAT(integers("pto.urem(x, x * 0 + 10)", {allOnes}), ElementsAre(5));
  EXPECT_THAT(integers("pto.umax(x, 1)", {allOnes, 0}), ElementsAre(allOnes, 1));
  EXPECT_THAT(integers("pto.umin(x, 1)", {allOnes, 0}), ElementsAre(1, 0));
  EXPECT_THAT(integers("pto.ult(x, 1).long()", {allOnes, 0}), ElementsAre(0, 1));
  EXPECT_THAT(integers("pto.ushr(x, 63)", {allOnes}), ElementsAre(1));
  EXPECT_THAT(integers("pto.ushr(x, 64)", {allOnes}), ElementsAre(0));
}
