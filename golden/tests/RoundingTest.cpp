// Rounding modes and the fused multiply-add, against LLVM's APFloat.
#include "golden/tensor/Rounding.h"
#include "golden/tensor/Convert.h"
#include "golden/tensor/FloatFormat.h"
#include "golden/tests/Oracle.h"
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace pto::golden;
using llvm::APFloat;

namespace {

const std::vector<DType> types{DType::F16, DType::BF16, DType::F32, DType::F8E4M3, DType::F8E5M2};

const std::pair<Rounding, llvm::RoundingMode> modes[] = {
    {Rounding::NearestEven, APFloat::rmNearestTiesToEven}, {Rounding::NearestAway, APFloat::rmNearestTiesToAway},
    {Rounding::Floor, APFloat::rmTowardNegative},          {Rounding::Ceil, APFloat::rmTowardPositive},
    {Rounding::TowardsZero, APFloat::rmTowardZero},
};

/// A value near the range of `type`, at times exactly half way between two of its values.
double someValue(DType type) {
  const FloatFormat &format = formatOf(type);
  auto wide = *rc::gen::arbitrary<uint64_t>();
  int exponent = *rc::gen::inRange(format.minExponent() - format.fractionBits - 3, format.bias() + 3);
  int kept = *rc::gen::inRange(1, 53);
  double mantissa = 1 + std::ldexp(static_cast<double>(wide >> (64 - kept)), -kept);
  return std::ldexp(wide & 1 ? -mantissa : mantissa, exponent);
}

bool sameValue(double left, double right) {
  return std::isnan(left) ? std::isnan(right) : std::bit_cast<uint64_t>(left) == std::bit_cast<uint64_t>(right);
}

} // namespace

RC_GTEST_PROP(Rounding, EveryModeAgreesWithAPFloat, ()) {
  DType type = *rc::gen::elementOf(types);
  double value = someValue(type);
  for (auto [ours, theirs] : modes) {
    // Without an infinity APFloat turns directed overflow into NaN; ours stops at the largest number.
    if (!formatOf(type).hasInfinity() && std::fabs(value) > 448)
      continue;
    double expected = decode(type, oracleEncode(type, value, theirs));
    RC_ASSERT(sameValue(roundTo(type, value, ours), expected));
  }
}

RC_GTEST_PROP(Rounding, ToOddIsExactOrOddAndANeighbour, ()) {
  DType type = *rc::gen::elementOf(types);
  double value = someValue(type), rounded = roundTo(type, value, Rounding::ToOdd);
  double largest = decode(type, formatOf(type).largestFinite());
  RC_ASSERT(rounded == value || (encode(type, rounded) & 1) || std::fabs(value) > largest);
  RC_ASSERT(std::isfinite(rounded));
}

RC_GTEST_PROP(Rounding, FusedMultiplyAddAgreesWithAPFloat, ()) {
  DType type = *rc::gen::elementOf(types);
  double operands[3];
  for (double &operand : operands)
    operand = roundTo(type, someValue(type), Rounding::TowardsZero);
  APFloat product = oracleValue(type, operands[0]);
  product.fusedMultiplyAdd(oracleValue(type, operands[1]), oracleValue(type, operands[2]),
                           APFloat::rmNearestTiesToEven);
  double expected = decode(type, product.bitcastToAPInt().getZExtValue());
  RC_ASSERT(sameValue(fusedMultiplyAdd(type, operands[0], operands[1], operands[2]), expected));
}

TEST(Rounding, SpecialValuesPassThrough) {
  for (auto [mode, unused] : modes) {
    EXPECT_EQ(roundTo(DType::F16, INFINITY, mode), INFINITY);
    EXPECT_TRUE(std::isnan(roundTo(DType::F16, NAN, mode)));
    EXPECT_TRUE(std::signbit(roundTo(DType::F16, -0.0, mode)));
  }
  EXPECT_EQ(fusedMultiplyAdd(DType::F32, INFINITY, 1, 1), INFINITY);
  EXPECT_TRUE(std::isnan(fusedMultiplyAdd(DType::F32, INFINITY, 0, 1)));
}

TEST(Rounding, LettersNameTheModes) {
  EXPECT_EQ(parseRounding("R"), Rounding::NearestEven);
  EXPECT_EQ(parseRounding("O"), Rounding::ToOdd);
  EXPECT_EQ(parseRounding("X"), std::nullopt);
  EXPECT_EQ(parseRounding(""), std::nullopt);
}
