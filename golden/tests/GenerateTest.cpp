// Generated inputs: the same bytes everywhere, inside the range, and an error where a type cannot hold them.
#include "golden/generate/Generator.h"
#include "golden/tensor/Convert.h"
#include "golden/tensor/FloatFormat.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>
#include <set>

using namespace pto::golden;
using testing::ElementsAre;

namespace {

Tensor made(const Generator &generator, DType type, std::vector<int64_t> shape, uint64_t seed = 1) {
  llvm::Expected<Tensor> tensor = generate(generator, type, shape, seed);
  if (!tensor) {
    ADD_FAILURE() << llvm::toString(tensor.takeError());
    return Tensor::zeros(type, shape);
  }
  return *tensor;
}

std::string errorOf(const Generator &generator, DType type, std::vector<int64_t> shape = {4}) {
  llvm::Expected<Tensor> tensor = generate(generator, type, shape, 1);
  return tensor ? "" : llvm::toString(tensor.takeError());
}

std::vector<double> valuesOf(const Generator &generator, DType type, std::vector<int64_t> shape) {
  return toDoubles(made(generator, type, shape));
}

std::string hashOf(const Tensor &tensor) {
  return llvm::utohexstr(llvm::xxh3_64bits(tensor.bytes));
}

} // namespace

TEST(Generate, TheBytesOfASeedNeverChange) {
  // Changing one of these changes the inputs of every case: results of earlier runs no longer compare.
  std::vector<int64_t> shape{1000};
  std::vector<std::string> hashes{
      hashOf(made(Uniform{-2, 2}, DType::F32, shape)),  hashOf(made(Uniform{-2, 2}, DType::BF16, shape)),
      hashOf(made(Normal{1, 2}, DType::F32, shape)),    hashOf(made(Normal{1, 2}, DType::F64, shape)),
      hashOf(made(Integers{-8, 8}, DType::I16, shape)), hashOf(made(Integers{-8, 8}, DType::F16, shape)),
      hashOf(made(Permutation{}, DType::I32, shape)),   hashOf(made(Specials{}, DType::F16, shape)),
      hashOf(made(Boundaries{}, DType::F32, shape)),    hashOf(made(Boundaries{}, DType::U8, shape)),
  };
  EXPECT_THAT(hashes, ElementsAre("38ABF60E4327C052", "9F3C99D6F749A7C8", "5BF6104F78DDC307", "AB59739A7EA42744",
                                  "772F974387249B7E", "44B4F7B9372174E1", "7EA18A7973E434B1", "BDB20374CFEB0DC",
                                  "57BE9898DA467BEA", "15EE79A9CE948334"));
}

RC_GTEST_PROP(Generate, TheSameSeedGivesTheSameBytesAndAnotherSeedOthers, (uint64_t seed)) {
  auto type = static_cast<DType>(*rc::gen::inRange(0, 14));
  Generator generator = Integers{0, 7};
  RC_ASSERT(made(generator, type, {64}, seed).bytes == made(generator, type, {8, 8}, seed).bytes);
  RC_ASSERT(made(generator, type, {64}, seed).bytes != made(generator, type, {64}, seed + 1).bytes);
}

RC_GTEST_PROP(Generate, UniformStaysWithinItsEndsInEveryFloatType, ()) {
  DType type = *rc::gen::element(DType::F16, DType::BF16, DType::F32, DType::F64, DType::F8E4M3, DType::F8E5M2);
  double low = *rc::gen::inRange(-4000, 4000) / 10.0, high = low + *rc::gen::inRange(0, 4000) / 16.0;
  low = std::max(low, -448.0), high = std::min(high, 448.0);
  llvm::Expected<Tensor> tensor = generate(Uniform{low, high}, type, {100}, *rc::gen::arbitrary<uint64_t>());
  if (!tensor) {
    // Only where the type has no value in the range.
    RC_ASSERT(llvm::StringRef(llvm::toString(tensor.takeError())).contains("lies in this range"));
    return;
  }
  for (double value : toDoubles(*tensor))
    RC_ASSERT(value >= low && value <= high);
}

TEST(Generate, UniformReachesTheWholeRangeAndNormalHasItsMoments) {
  std::vector<double> uniform = valuesOf(Uniform{-3, 5}, DType::F64, {20000});
  EXPECT_LT(*std::min_element(uniform.begin(), uniform.end()), -2.99);
  EXPECT_GT(*std::max_element(uniform.begin(), uniform.end()), 4.99);
  std::vector<double> normal = valuesOf(Normal{1, 2}, DType::F64, {20000});
  double mean = 0, square = 0, beyond = 0;
  for (double value : normal) {
    mean += value / 20000;
    square += (value - 1) * (value - 1) / 20000;
    beyond += std::fabs(value - 1) > 4;
  }
  EXPECT_NEAR(mean, 1, 0.06);
  EXPECT_NEAR(square, 4, 0.2);
  EXPECT_NEAR(beyond / 20000, 0.0455, 0.01);
}

TEST(Generate, IntegersIncludeBothEnds) {
  std::vector<double> values = valuesOf(Integers{-2, 2}, DType::F16, {200});
  EXPECT_THAT(std::set<double>(values.begin(), values.end()), ElementsAre(-2, -1, 0, 1, 2));
  made(Integers{INT64_MIN, INT64_MAX}, DType::I64, {8});
  EXPECT_THAT(valuesOf(Integers{255, 255}, DType::U8, {2}), ElementsAre(255, 255));
}

TEST(Generate, RampConstantAndValuesAreAsWritten) {
  EXPECT_THAT(valuesOf(Ramp{1, 0.5}, DType::F32, {4}), ElementsAre(1, 1.5, 2, 2.5));
  EXPECT_THAT(valuesOf(Ramp{3, -2}, DType::I8, {4}), ElementsAre(3, 1, -1, -3));
  EXPECT_THAT(valuesOf(Constant{-7}, DType::I32, {2}), ElementsAre(-7, -7));
  Tensor values = made(Values{{NAN, -0.0, INFINITY}}, DType::F32, {4});
  EXPECT_EQ(values.bitsAt(0), 0x7fc00000u);
  EXPECT_EQ(values.bitsAt(1), 0x80000000u);
  EXPECT_EQ(values.bitsAt(2), 0x7f800000u);
  EXPECT_EQ(values.bitsAt(3), 0x7fc00000u);
}

TEST(Generate, SpecialsHoldWhatKernelsTripOver) {
  std::vector<double> floats = valuesOf(Specials{}, DType::F16, {17});
  std::set<double> found(floats.begin() + 1, floats.end());
  EXPECT_TRUE(std::isnan(floats[0]));
  for (double value : {0.0, 0x1p-24, 0x1p-14, -0x1p-14, 65504.0, -65504.0, double(INFINITY), -double(INFINITY)})
    EXPECT_TRUE(found.count(value)) << value;
  std::vector<double> bytes = valuesOf(Specials{}, DType::I8, {7});
  EXPECT_THAT(std::set<double>(bytes.begin(), bytes.end()), ElementsAre(-128, -127, -1, 0, 1, 126, 127));
  // Without an infinity there is none to be had.
  for (double value : valuesOf(Specials{}, DType::F8E4M3, {15}))
    EXPECT_FALSE(std::isinf(value));
}

TEST(Generate, BoundariesSurroundEveryPowerOfTwo) {
  std::vector<double> bytes = valuesOf(Boundaries{}, DType::U8, {18});
  EXPECT_THAT(std::set<double>(bytes.begin(), bytes.end()),
              ElementsAre(0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65));
  std::vector<double> halves = valuesOf(Boundaries{}, DType::F16, {300});
  std::set<double> found(halves.begin(), halves.end());
  for (int exponent = -24; exponent <= 15; ++exponent)
    EXPECT_TRUE(found.count(std::ldexp(1, exponent)) && found.count(-std::ldexp(1, exponent))) << exponent;
  EXPECT_TRUE(found.count(1 - 0x1p-11) && found.count(1 + 0x1p-10) && found.count(65504));
}

TEST(Generate, AfterTheFirstRoundSpecialsComeInOrdersThatTheSeedDecides) {
  Tensor one = made(Specials{}, DType::I8, {700}, 1), two = made(Specials{}, DType::I8, {700}, 2);
  EXPECT_TRUE(std::equal(one.bytes.begin(), one.bytes.begin() + 7, two.bytes.begin()));
  std::set<std::pair<uint8_t, uint8_t>> pairs;
  for (size_t i = 0; i < 700; ++i)
    pairs.insert({one.bytes[i], two.bytes[i]});
  EXPECT_EQ(pairs.size(), 49u);
}

TEST(Generate, PermutationHoldsEveryIndexOnce) {
  std::vector<double> values = valuesOf(Permutation{}, DType::F16, {32, 64});
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_NE(values, sorted);
  for (size_t i = 0; i < sorted.size(); ++i)
    EXPECT_EQ(sorted[i], static_cast<double>(i));
}

TEST(Generate, AllPatternsAreAllThereAndCycle) {
  Tensor tensor = made(AllPatterns{}, DType::F8E4M3, {257});
  for (int64_t i = 0; i < 257; ++i)
    EXPECT_EQ(tensor.bitsAt(i), static_cast<uint64_t>(i % 256));
  EXPECT_EQ(made(AllPatterns{}, DType::BF16, {65536}).bitsAt(65535), 0xffffu);
}

TEST(Generate, AFileGivesItsBytesIfThereAreAsManyAsTheArgumentHas) {
  llvm::SmallString<128> path;
  ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("pto-input", "bin", path));
  std::error_code failure;
  llvm::raw_fd_ostream(path, failure) << "abcd";
  std::string name = path.str().str();
  EXPECT_THAT(made(FromFile{name}, DType::U8, {4}).bytes, ElementsAre('a', 'b', 'c', 'd'));
  EXPECT_EQ(errorOf(FromFile{name}, DType::I16, {4}),
            "the input file " + name + " has 4 bytes, the argument 8 (4 × i16)");
  llvm::sys::fs::remove(path);
  EXPECT_EQ(errorOf(FromFile{name}, DType::U8),
            "the input file " + name + " cannot be read: No such file or directory");
  EXPECT_EQ(errorOf(FromFile{"/"}, DType::U8), "the input file / is not a regular file");
}

TEST(Generate, WhatATypeCannotHoldIsRefused) {
  EXPECT_EQ(errorOf(Uniform{0, 1}, DType::I8), "uniform draws fractions and i8 is an integer type; use integers");
  EXPECT_EQ(errorOf(Uniform{1, 0}, DType::F32), "uniform from 1 to 0: the lower bound is above the upper bound");
  EXPECT_EQ(errorOf(Uniform{0, 70000}, DType::F16), "a bound of uniform is 70000, beyond the largest f16, 65504");
  EXPECT_EQ(errorOf(Uniform{NAN, 1}, DType::F32), "a bound of uniform is nan; it must be finite");
  EXPECT_EQ(errorOf(Uniform{2049.1, 2049.9}, DType::F16), "uniform from 2049.1 to 2049.9: no f16 lies in this range");
  EXPECT_EQ(errorOf(Normal{0, 1}, DType::U16), "normal draws fractions and u16 is an integer type; use integers");
  EXPECT_EQ(errorOf(Normal{0, -1}, DType::F32), "the standard deviation of normal is -1; it must be 0 or more");
  EXPECT_EQ(errorOf(Normal{0, 100}, DType::F8E4M3),
            "normal with mean 0 and deviation 100 may leave the range of f8e4m3, whose largest value is 448");
  EXPECT_EQ(errorOf(Integers{3, 2}, DType::I8), "integers from 3 to 2: the lower bound is above the upper bound");
  EXPECT_EQ(errorOf(Integers{-1, 1}, DType::U8), "integers from -1 to 1: u8 holds 0 to 255");
  EXPECT_EQ(errorOf(Integers{0, 300}, DType::BF16),
            "integers from 0 to 300: bf16 holds every integer only from -256 to 256");
  EXPECT_EQ(errorOf(Ramp{0, 1}, DType::I8, {129}),
            "a value of the ramp is 128, but i8 holds the integers from -128 to 127");
  EXPECT_EQ(errorOf(Ramp{0, 0.5}, DType::I8), "the step of the ramp is 0.5; in i8 it must be an integer");
  EXPECT_EQ(errorOf(Ramp{0, 1e38}, DType::F32, {10}),
            "a value of the ramp is 9e+38, beyond the largest f32, 3.4028234663852886e+38");
  EXPECT_EQ(errorOf(Constant{0.5}, DType::I32),
            "the constant is 0.5, but i32 holds the integers from -2147483648 to 2147483647");
  EXPECT_EQ(errorOf(Constant{0x1p64}, DType::U64),
            "the constant is 18446744073709551616, but u64 holds the integers from 0 to 18446744073709551615");
  EXPECT_EQ(errorOf(Constant{1e6}, DType::F16), "the constant is 1e+06, beyond the largest f16, 65504");
  EXPECT_EQ(errorOf(Values{{1, INFINITY}}, DType::F8E4M3), "value 2 is inf, but f8e4m3 has no infinity");
  EXPECT_EQ(errorOf(Values{}, DType::F32), "the list of values is empty");
  EXPECT_EQ(errorOf(Permutation{}, DType::U8, {257}), "integers from 0 to 256: u8 holds 0 to 255");
  EXPECT_EQ(errorOf(AllPatterns{}, DType::F32),
            "all-patterns is for 8- and 16-bit types; f32 has too many patterns, use boundaries or specials");
}

TEST(Generate, ShapesThatNobodyMeansAreRefused) {
  EXPECT_EQ(errorOf(Constant{0}, DType::U8, {1 << 16, (1 << 15) + 1}),
            "the shape has more than 2^31 elements, which is the most that is generated");
  EXPECT_EQ(errorOf(Constant{0}, DType::U8, {INT64_MAX, INT64_MAX}),
            "the shape has more than 2^31 elements, which is the most that is generated");
  EXPECT_EQ(errorOf(Constant{0}, DType::U8, {4, -1}), "a dimension of the shape is -1; it must be positive");
}
