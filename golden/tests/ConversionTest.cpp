// Our conversions between float64 and the narrower float types, against LLVM's APFloat.
#include "golden/tensor/Convert.h"
#include "golden/tensor/FloatFormat.h"
#include "golden/tests/Oracle.h"
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace pto::golden;

namespace {

void expectSameEncoding(DType type, double value) {
  uint64_t ours = encode(type, value), oracle = oracleEncode(type, value);
  if (std::isnan(value))
    EXPECT_TRUE(formatOf(type).isNaN(ours)) << shortName(type).str();
  else
    EXPECT_EQ(ours, oracle) << shortName(type).str() << " of " << value;
}

const DType narrowTypes[] = {DType::F16, DType::BF16, DType::F8E4M3, DType::F8E5M2};

} // namespace

TEST(Conversion, EveryPatternOfANarrowTypeDecodesAsAPFloatDoesAndComesBack) {
  for (DType type : narrowTypes)
    for (uint64_t bits = 0; bits < uint64_t(1) << (8 * byteSize(type)); ++bits) {
      double value = decode(type, bits), oracle = oracleDecode(type, bits);
      ASSERT_EQ(std::isnan(value), std::isnan(oracle)) << shortName(type).str() << " " << bits;
      if (!std::isnan(value)) {
        ASSERT_EQ(std::bit_cast<uint64_t>(value), std::bit_cast<uint64_t>(oracle))
            << shortName(type).str() << " " << bits;
      }
      // NaN patterns too, payload and signaling bit included: a value that is only moved keeps its bits.
      ASSERT_EQ(encode(type, value), bits) << shortName(type).str();
    }
}

TEST(Conversion, MidpointsAndTheirNeighboursRoundAsAPFloatDoes) {
  for (DType type : narrowTypes)
    for (uint64_t bits = 0; bits < uint64_t(1) << (8 * byteSize(type)); ++bits) {
      double low = decode(type, bits), high = decode(type, bits + 1);
      double middle = low + (high - low) / 2;
      for (double value : {middle, std::nextafter(middle, -INFINITY), std::nextafter(middle, INFINITY)})
        expectSameEncoding(type, value);
    }
}

TEST(Conversion, ExtremesRoundAsAPFloatDoes) {
  for (DType type : {DType::F16, DType::BF16, DType::F32, DType::F8E4M3, DType::F8E5M2})
    for (double value : {0.0, 0x1p-1074, 0x1p-1022, 0x1p-150, 0x1.000001p-150, 0x1.8p-149, 464.0, 464.0000001, 480.0,
                         65519.999, 65520.0, 0x1.fffffefffffffp127, 0x1.ffffffp127, 1e308, double(INFINITY)}) {
      expectSameEncoding(type, value);
      expectSameEncoding(type, -value);
    }
}

RC_GTEST_PROP(Conversion, F32AgreesWithTheMachineAndAPFloat, (uint32_t bits, uint64_t wide)) {
  double value = decode(DType::F32, bits);
  RC_ASSERT(encode(DType::F32, value) == bits);
  if (!std::isnan(value))
    RC_ASSERT(value == static_cast<double>(std::bit_cast<float>(bits)));
  auto arbitrary = std::bit_cast<double>(wide);
  // Most float64 numbers are out of range: bring the exponent near f32's.
  double nearby = std::ldexp(1 + std::ldexp(static_cast<double>(wide >> 12), -52), static_cast<int>(bits % 300) - 160);
  for (double candidate : {arbitrary, nearby})
    if (!std::isnan(candidate))
      RC_ASSERT(encode(DType::F32, candidate) == oracleEncode(DType::F32, candidate));
}

RC_GTEST_PROP(Conversion, BulkAndSingleConversionsAgree, (std::vector<uint64_t> patterns)) {
  for (int index = 0; index <= static_cast<int>(DType::F8E5M2); ++index) {
    auto type = static_cast<DType>(index);
    Tensor tensor = Tensor::zeros(type, {static_cast<int64_t>(patterns.size())});
    for (size_t i = 0; i < patterns.size(); ++i)
      tensor.setBitsAt(static_cast<int64_t>(i), patterns[i]);
    std::vector<double> values = toDoubles(tensor);
    for (size_t i = 0; i < patterns.size(); ++i)
      RC_ASSERT(std::bit_cast<uint64_t>(values[i]) == std::bit_cast<uint64_t>(tensor.valueAt(static_cast<int64_t>(i))));
    if (isFloat(type))
      RC_ASSERT(fromDoubles(type, tensor.shape, values).bytes == tensor.bytes);
    else
      RC_ASSERT(fromIntegers(type, tensor.shape, toIntegers(tensor)).bytes == tensor.bytes);
  }
}

TEST(Conversion, IntegersExtendBySignedness) {
  Tensor tensor = Tensor::zeros(DType::U16, {1});
  tensor.setBitsAt(0, 0xfffe);
  EXPECT_EQ(toIntegers(tensor)[0], 0xfffe);
  tensor.dtype = DType::I16;
  EXPECT_EQ(toIntegers(tensor)[0], -2);
}

TEST(Conversion, DoublesTruncateTowardsZeroAndWrapIntoIntegers) {
  EXPECT_EQ(encode(DType::I8, -1.9), 0xffu);
  EXPECT_EQ(encode(DType::U8, 257.5), 1u);
  EXPECT_EQ(encode(DType::U64, 0x1p63), uint64_t(1) << 63);
  EXPECT_EQ(encode(DType::U64, 0x1p64), 0u);
  EXPECT_EQ(encode(DType::I32, NAN), 0u);
  EXPECT_EQ(encode(DType::I32, INFINITY), 0u);
}

TEST(DType, SpellingsOfThisFormatAndOfMlirAreRead) {
  for (int index = 0; index <= static_cast<int>(DType::F8E5M2); ++index)
    EXPECT_EQ(parseDType(shortName(static_cast<DType>(index))), static_cast<DType>(index));
  EXPECT_EQ(parseDType("si16"), DType::I16);
  EXPECT_EQ(parseDType("ui64"), DType::U64);
  EXPECT_EQ(parseDType("f8E4M3FN"), DType::F8E4M3);
  EXPECT_EQ(parseDType("float32"), std::nullopt);
  EXPECT_EQ(parseDType(""), std::nullopt);
}
