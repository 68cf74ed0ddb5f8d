// The comparison modes: their definitions, the rules that hold in all of them, and the laws of the distance.
#include "golden/compare/Compare.h"
#include "golden/compare/Distance.h"
#include "golden/compare/Notation.h"
#include "golden/tensor/Convert.h"
#include <charconv>
#include <cmath>
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

using namespace pto::golden;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

namespace {

Reference referenceOf(DType type, std::vector<double> exact, std::vector<double> bound = {}) {
  auto count = static_cast<int64_t>(exact.size());
  Reference reference{fromDoubles(type, {count}, exact), {}, std::move(bound)};
  if (isFloat(type))
    reference.exact = std::move(exact);
  return reference;
}

Tensor tensorOf(DType type, std::vector<double> values) {
  return fromDoubles(type, {static_cast<int64_t>(values.size())}, values);
}

Tensor patternsOf(DType type, std::vector<uint64_t> patterns) {
  Tensor tensor = Tensor::zeros(type, {static_cast<int64_t>(patterns.size())});
  for (size_t i = 0; i < patterns.size(); ++i)
    tensor.setBitsAt(static_cast<int64_t>(i), patterns[i]);
  return tensor;
}

Comparison compared(DType type, std::vector<double> exact, std::vector<double> actual, const CompareMode &mode,
                    std::vector<double> bound = {}) {
  return compare(referenceOf(type, std::move(exact), std::move(bound)), tensorOf(type, std::move(actual)), mode);
}

std::string histogramText(const Comparison &comparison) {
  std::string text;
  for (const auto &bucket : comparison.histogram)
    text += bucket.label + ":" + std::to_string(bucket.count) + " ";
  return text;
}

const CompareMode floatModes[] = {Bits{}, Ulp{3},     Close{1e-3, 1e-2}, TorchClose{},
                                  Dot{4}, Product{3}, AbsError{"2"},     Ascend{}};

} // namespace

TEST(Compare, EqualBitsPassInEveryModeAndTheTightestBoundIsZero) {
  std::vector<std::string> tightest;
  for (const CompareMode &mode : floatModes) {
    Comparison result = compared(DType::F32, {1, 2}, {1, 2}, mode, {2, 2});
    EXPECT_TRUE(result.passed) << result.mode;
    EXPECT_EQ(result.elements, 2);
    EXPECT_EQ(result.differing, 0);
    EXPECT_THAT(result.worst, IsEmpty());
    EXPECT_EQ(histogramText(result), "0:2 infinite:0 ");
    tightest.push_back(result.tightest);
  }
  EXPECT_THAT(tightest,
              ElementsAre("bits", "ulp: 0", "close: {atol: 0, rtol: 0}", "close: {atol: 0, rtol: 0}", "dot: {ksb: 1}",
                          "product: 0", "abs_error: {bound: 0}", "ascend with a threshold above 0"));
}

TEST(Compare, ACorrectlyRoundedOutputPassesHoweverBiasedItsRoundingIs) {
  std::vector<double> thirds(1000, 1.0 / 3);
  for (const CompareMode &mode : floatModes)
    EXPECT_TRUE(compare(referenceOf(DType::F16, thirds, thirds), tensorOf(DType::F16, thirds), mode).passed);
}

TEST(Compare, NanAndInfinityOnOneSideFailInEveryModeAndNoBoundWouldPass) {
  for (const CompareMode &mode : floatModes)
    for (auto [expected, actual] : {std::pair<double, double>(1, NAN),
                                    {NAN, 1},
                                    {1, INFINITY},
                                    {INFINITY, 65504},
                                    {INFINITY, -INFINITY},
                                    {NAN, INFINITY}}) {
      Comparison result = compared(DType::F16, {0.5, expected}, {0.5, actual}, mode, {2, 2});
      EXPECT_FALSE(result.passed) << result.mode << " " << expected << " " << actual;
      EXPECT_EQ(result.differing, 1);
      EXPECT_THAT(result.worst, ElementsAre(Field(&ElementError::ulp, infiniteDistance)));
      EXPECT_EQ(result.tightest, "none");
      EXPECT_EQ(result.histogram.back().count, 1);
    }
}

TEST(Compare, NanMatchesNanButNotInBits) {
  Reference reference{patternsOf(DType::F16, {0x7e00, 0x3c00}), {NAN, 1}, {1, 1}};
  for (const CompareMode &mode : floatModes) {
    bool bits = std::holds_alternative<Bits>(mode);
    EXPECT_EQ(compare(reference, patternsOf(DType::F16, {0xfe01, 0x3c00}), mode).passed, !bits) << describe(mode);
  }
}

TEST(Compare, BitsTellsZerosApartAndNamesTheUlpThatWouldPass) {
  Comparison zeros = compared(DType::F32, {0.0, 1}, {-0.0, 1}, Bits{});
  EXPECT_FALSE(zeros.passed);
  EXPECT_EQ(zeros.tightest, "ulp: 0");
  Comparison off = compare({patternsOf(DType::U8, {7, 255}), {}, {}}, patternsOf(DType::U8, {9, 255}), Bits{});
  EXPECT_EQ(off.differing, 1);
  EXPECT_EQ(off.tightest, "ulp: 2");
  EXPECT_THAT(off.worst, ElementsAre(Field(&ElementError::ulp, 2)));
}

TEST(Compare, UlpCountsRepresentableValuesAcrossZero) {
  Reference reference{patternsOf(DType::F16, {0x3c00, 0x0001, 0x0000, 0xc000}), {}, {}};
  Tensor output = patternsOf(DType::F16, {0x3c03, 0x8002, 0x8000, 0xbfff});
  Comparison result = compare(reference, output, Ulp{2});
  EXPECT_FALSE(result.passed);
  EXPECT_EQ(result.differing, 2);
  EXPECT_EQ(result.tightest, "ulp: 3");
  EXPECT_EQ(result.bound, "at most 2 ulp");
  EXPECT_EQ(histogramText(result), "0:1 1:1 2:0 3-4:2 infinite:0 ");
  EXPECT_TRUE(compare(reference, output, Ulp{3}).passed);
}

TEST(Compare, CloseIsMeasuredAgainstTheExpectedValue) {
  EXPECT_TRUE(compared(DType::F32, {100}, {101}, Close{0, 0.01}).passed);
  EXPECT_FALSE(compared(DType::F32, {99}, {100}, Close{0, 0.01}).passed);
  EXPECT_TRUE(compared(DType::F32, {99}, {100}, Close{0.01, 0.01}).passed);
  Comparison result = compared(DType::F32, {100, 0}, {103, 0.5}, Close{0.25, 0.01});
  EXPECT_EQ(result.differing, 2);
  EXPECT_EQ(result.tightest, "close: {atol: 0.5, rtol: 0.0275}");
  EXPECT_EQ(result.bound, "|a - e| <= 0.25 + 0.01 * |e|");
  EXPECT_TRUE(compared(DType::I64, {100}, {101}, Close{1, 0}).passed);
}

TEST(Compare, TorchHasATolerancePerType) {
  EXPECT_TRUE(compared(DType::F16, {1000}, {1001}, TorchClose{}).passed);
  EXPECT_FALSE(compared(DType::F16, {1000}, {1002}, TorchClose{}).passed);
  EXPECT_TRUE(compared(DType::BF16, {128}, {130}, TorchClose{}).passed);
  EXPECT_FALSE(compared(DType::F32, {1}, {1.0001}, TorchClose{}).passed);
  EXPECT_FALSE(compared(DType::I32, {1}, {2}, TorchClose{}).passed);
}

TEST(Compare, DotLimitsEveryErrorTheirSquaresAndTheirSum) {
  // A half ulp of a sum of absolute values of 2 in f16 is 2^-10.
  auto outputs = [](size_t count, double error) {
    std::vector<double> exact(count), actual(count);
    for (size_t i = 0; i < count; ++i) {
      exact[i] = i % 2 ? 1 : -1;
      actual[i] = exact[i] + error;
    }
    return compared(DType::F16, exact, actual, Dot{1}, std::vector<double>(count, 2));
  };
  EXPECT_TRUE(outputs(4, 0x1p-10).passed);
  Comparison large = compared(DType::F16, {1, 1}, {1 + 4 * 0x1p-10, 1}, Dot{1}, {2, 2});
  EXPECT_EQ(large.differing, 1);
  Comparison squares = outputs(4, 2 * 0x1p-10);
  EXPECT_EQ(squares.differing, 0);
  EXPECT_FALSE(squares.passed);
  EXPECT_EQ(squares.statistic, "the squared errors sum to 16, above 1.6 * ksb * outputs = 6.4");
  EXPECT_EQ(squares.tightest, "dot: {ksb: 3}");
  // Small errors of one sign: each is fine, all together are a bias.
  Comparison biased = outputs(100, 0x1p-10);
  EXPECT_EQ(biased.differing, 0);
  EXPECT_EQ(biased.statistic, "the output is biased: its errors sum to 100, beyond sqrt(16 * ksb * outputs) = 40");
  EXPECT_EQ(biased.tightest, "dot: {ksb: 7}");
  // Data of one sign is biased by nature.
  std::vector<double> ones(100, 1), above(100, 1 + 0x1p-10);
  EXPECT_TRUE(compared(DType::F16, ones, above, Dot{1}, std::vector<double>(100, 1.9)).passed);
  // Without a single product both sides are zero.
  EXPECT_FALSE(compared(DType::F16, {0, 1}, {0x1p-24, 1}, Dot{1}, {0, 1}).passed);
}

TEST(Compare, ProductGrowsWithTheNumberOfFactors) {
  double ulp = 0x1p-10;
  EXPECT_FALSE(compared(DType::F16, {1}, {1 + ulp}, Product{1}).passed);
  EXPECT_TRUE(compared(DType::F16, {1}, {1 + ulp}, Product{2}).passed);
  EXPECT_EQ(compared(DType::F16, {1}, {1 + 5 * ulp}, Product{2}).tightest, "product: 10");
  EXPECT_EQ(compared(DType::F16, {0}, {ulp}, Product{2}).tightest, "none");
}

TEST(Compare, AbsErrorHasABoundPerElement) {
  double ulp = 0x1p-10;
  Comparison result =
      compared(DType::F16, {1, 1, 0}, {1 + 2 * ulp, 1 + 2 * ulp, 0x1p-24}, AbsError{"1 + abs(x)"}, {2, 1, 1});
  EXPECT_EQ(result.differing, 1);
  EXPECT_THAT(result.worst[0], Field(&ElementError::index, 1));
  EXPECT_EQ(result.tightest, "abs_error: {bound: 2 * (1 + abs(x))}");
  EXPECT_EQ(compared(DType::F16, {1}, {1 + 3 * ulp}, AbsError{"2"}, {2}).tightest, "abs_error: {bound: 3}");
}

TEST(Compare, AscendLimitsTheMeanAndTheLargestRelativeError) {
  std::vector<double> ones(100, 1), one = ones;
  one[7] = 1 + 5 * 0x1p-10;
  EXPECT_TRUE(compared(DType::F16, ones, one, Ascend{}).passed);
  one[7] = 1 + 11 * 0x1p-10;
  EXPECT_EQ(compared(DType::F16, ones, one, Ascend{}).differing, 1);
  Comparison mean = compared(DType::F16, {1, 1}, {1 + 0x1p-9, 1 + 0x1p-9}, Ascend{});
  EXPECT_EQ(mean.differing, 0);
  EXPECT_EQ(mean.statistic, "the mean relative error is 0.001953, not below 0.0009766");
}

TEST(Compare, TheFiveWorstComeWorstFirstAndOfEqualsTheFirst) {
  std::vector<double> expected(10000, 1), actual = expected;
  for (size_t i : {17, 4000, 5000, 6000, 7000, 9999})
    actual[i] = 1.5;
  actual[8000] = 3;
  Comparison result = compared(DType::F32, expected, actual, Ulp{1});
  std::vector<int64_t> indices;
  for (const ElementError &error : result.worst)
    indices.push_back(error.index);
  EXPECT_THAT(indices, ElementsAre(8000, 17, 4000, 5000, 6000));
  EXPECT_EQ(result.worst[0].expectedBits, 0x3f800000u);
  EXPECT_EQ(result.worst[0].actualBits, 0x40400000u);
  EXPECT_EQ(result.differing, 7);
}

TEST(Compare, AModeThatCannotCompareATypeFailsWithTheReason) {
  EXPECT_EQ(compared(DType::I32, {1}, {2}, Dot{1}).statistic,
            "dot: {ksb: 1} cannot compare i32: integers are exact, use bits");
  EXPECT_EQ(*findUnusable(TorchClose{}, DType::F8E4M3),
            "torch cannot compare f8e4m3: torch has no tolerance for it, use ulp or close");
  EXPECT_EQ(*findUnusable(Ascend{}, DType::F64),
            "ascend cannot compare f64: the standard has no threshold for it, use ulp or close");
  EXPECT_EQ(findUnusable(Ulp{1}, DType::I8), std::nullopt);
  EXPECT_EQ(compared(DType::F32, {1}, {2}, Dot{1}).statistic,
            "the reference carries no bound for each element, which dot: {ksb: 1} needs");
}

TEST(Compare, OutputsOfAnotherShapeTypeOrSizeFailWithTheReason) {
  Reference reference = referenceOf(DType::F32, {1, 2});
  EXPECT_EQ(compare(reference, tensorOf(DType::F16, {1, 2, 3}), Bits{}).statistic,
            "the output and its reference differ in type or shape (f16 and f32, 3 and 2 elements)");
  Tensor cut = tensorOf(DType::F32, {1, 2});
  cut.bytes.pop_back();
  EXPECT_EQ(compare(reference, cut, Bits{}).statistic,
            "the output or its reference has not as many bytes as its shape says");
}

TEST(Describe, ModesAreWrittenAsInACase) {
  EXPECT_EQ(describe(Close{1e-5, 0.001}), "close: {atol: 1e-05, rtol: 0.001}");
  EXPECT_EQ(describe(Ulp{2}), "ulp: 2");
  EXPECT_EQ(describe(Dot{64}), "dot: {ksb: 64}");
  EXPECT_EQ(describe(AbsError{"1 + abs(x)"}), "abs_error: {bound: 1 + abs(x)}");
}

RC_GTEST_PROP(RoundedUp, IsTheNextNumberOfFourDigits, (uint32_t mantissa)) {
  double value = std::ldexp(1.0 + mantissa, *rc::gen::inRange(-900, 900));
  double rounded = roundedUp(value);
  RC_ASSERT(rounded >= value && rounded <= value * 1.001);
  RC_ASSERT(std::stod(brief(rounded)) == rounded);
}

RC_GTEST_PROP(Distance, IsSymmetricAndKeepsTheTriangle, (uint64_t a, uint64_t b, uint64_t c)) {
  for (DType type : {DType::F16, DType::BF16, DType::F32, DType::F8E4M3, DType::F8E5M2}) {
    const FloatFormat &format = formatOf(type);
    uint64_t mask = (format.signBit() << 1) - 1, x = a & mask, y = b & mask, z = c & mask;
    RC_ASSERT(ulpDistance(format, x, x) == 0);
    RC_ASSERT(ulpDistance(format, x, y) == ulpDistance(format, y, x));
    uint64_t direct = ulpDistance(format, x, z), first = ulpDistance(format, x, y), second = ulpDistance(format, y, z);
    RC_ASSERT(first == infiniteDistance || second == infiniteDistance || direct <= first + second);
  }
}

RC_GTEST_PROP(Distance, IsOneBetweenNeighboursAndOrdersValues, (uint16_t pattern)) {
  const FloatFormat &format = f16Format;
  RC_PRE((pattern & 0x7fff) < 0x7bff);
  RC_ASSERT(ulpDistance(format, pattern, pattern + 1u) == 1);
  RC_ASSERT(ulpDistance(format, pattern, pattern ^ 0x8000u) == 2u * (pattern & 0x7fff));
}

RC_GTEST_PROP(Tightest, PassesAndTheNextTighterFails, (std::vector<std::pair<uint16_t, uint8_t>> elements)) {
  std::vector<uint64_t> expected, actual;
  for (auto [pattern, step] : elements) {
    expected.push_back(pattern % 0x7000);
    actual.push_back(pattern % 0x7000 + step % 64);
  }
  Tensor output = patternsOf(DType::F16, actual);
  Reference reference{patternsOf(DType::F16, expected), {}, {}};
  reference.exact = toDoubles(reference.value);

  auto number = [](const std::string &text, const char *before) {
    double value = 0;
    size_t at = text.find(before) + std::string(before).size();
    std::from_chars(text.data() + at, text.data() + text.size(), value);
    return value;
  };
  auto ulp = static_cast<uint64_t>(number(compare(reference, output, Ulp{1}).tightest, "ulp: "));
  RC_ASSERT(compare(reference, output, Ulp{ulp}).passed);
  RC_ASSERT(ulp == 0 || !compare(reference, output, Ulp{ulp - 1}).passed);

  std::string close = compare(reference, output, Close{1e-3, 1e-3}).tightest;
  RC_ASSERT(compare(reference, output, Close{number(close, "atol: "), number(close, "rtol: ")}).passed);

  std::string product = compare(reference, output, Product{1}).tightest;
  if (product != "none") {
    auto factors = static_cast<int64_t>(number(product, "product: "));
    RC_ASSERT(compare(reference, output, Product{factors}).passed);
    RC_ASSERT(factors == 0 || !compare(reference, output, Product{factors - 1}).passed);
  }

  reference.bound = reference.exact;
  std::string dot = compare(reference, output, Dot{1}).tightest;
  if (dot != "none") {
    auto terms = static_cast<int64_t>(number(dot, "ksb: "));
    RC_ASSERT(compare(reference, output, Dot{terms}).passed);
    RC_ASSERT(terms == 1 || !compare(reference, output, Dot{terms - 1}).passed);
  }
}
