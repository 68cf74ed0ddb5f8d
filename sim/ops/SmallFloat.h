// The floats that are narrower than f32, and the powers of two that scale them: what each pattern is worth.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace pto::sim {

namespace small {

constexpr float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();

/// 2^exponent, of a normal f32.
constexpr float power(int exponent) {
  return std::bit_cast<float>(uint32_t(exponent + 127) << 23);
}

} // namespace small

/// What the largest patterns of a float type stand for.
enum class Specials { InfinityAndNan, Nan, None };

/// A float type narrower than f32, by the width of its fields. `Bias` is what its exponents are stored with.
template <unsigned ExponentBits, unsigned FractionBits, Specials Kind, int Bias = (1 << (ExponentBits - 1)) - 1>
struct FloatFormat {
  static constexpr unsigned fraction = FractionBits, sign = ExponentBits + FractionBits;
  static constexpr int bias = Bias, minExponent = 1 - Bias;
  static constexpr Specials specials = Kind;
  static constexpr uint32_t allOnes = (1u << sign) - 1;
  static constexpr uint32_t infinity = allOnes - ((1u << FractionBits) - 1); ///< where there is one
  static constexpr uint32_t nan = Kind == Specials::InfinityAndNan ? infinity | 1u << (FractionBits - 1)
                                  : Kind == Specials::Nan          ? allOnes
                                                                   : 0;
  static constexpr uint32_t largest = Kind == Specials::InfinityAndNan ? infinity - 1
                                      : Kind == Specials::Nan          ? allOnes - 1
                                                                       : allOnes;
};
using F16Format = FloatFormat<5, 10, Specials::InfinityAndNan>;
using BF16Format = FloatFormat<8, 7, Specials::InfinityAndNan>;
using E4M3Format = FloatFormat<4, 3, Specials::Nan>;
using E5M2Format = FloatFormat<5, 2, Specials::InfinityAndNan>;
using E2M1Format = FloatFormat<2, 1, Specials::None>;
using E1M2Format = FloatFormat<1, 2, Specials::None, 1>;

/// What a pattern is worth. Inlined, as instruction sets compile it each for itself.
template <class Format>
[[gnu::always_inline]] constexpr float valueIn(uint32_t bits) {
  uint32_t magnitude = bits & Format::allOnes;
  // In f32's place the exponent is short by the difference of the biases; the product repairs that, and normalizes
  // subnormals on the way.
  float finite = std::bit_cast<float>(magnitude << (23 - Format::fraction)) * small::power(127 - Format::bias);
  uint32_t result = std::bit_cast<uint32_t>(finite);
  if constexpr (Format::specials != Specials::None) {
    constexpr bool hasInfinity = Format::specials == Specials::InfinityAndNan;
    result = magnitude > Format::largest ? 0x7fc00000 : result;
    result = hasInfinity && magnitude == Format::infinity ? 0x7f800000 : result;
  }
  return std::bit_cast<float>(result | (bits >> Format::sign & 1) << 31);
}

constexpr float e4m3ToFloat(uint8_t bits) {
  return valueIn<E4M3Format>(bits);
}

constexpr float e5m2ToFloat(uint8_t bits) {
  return valueIn<E5M2Format>(bits);
}

constexpr float e2m1ToFloat(uint8_t bits) {
  return valueIn<E2M1Format>(bits);
}

constexpr float e1m2ToFloat(uint8_t bits) {
  return valueIn<E1M2Format>(bits);
}

/// HiFloat8: a prefix says how wide the exponent is, and the fraction has what is left. These are the numbers with an
/// exponent of that magnitude: the prefix at its place, the bits of the exponent's field (its sign, and the magnitude
/// without its leading one), and those of the fraction.
struct HiF8Range {
  int first, last;
  uint8_t prefix, exponentBits, fractionBits;
};
inline constexpr HiF8Range hif8Ranges[] = {
    {0, 0, 0b0001000, 0, 3}, {1, 1, 0b0010000, 1, 3},  {2, 3, 0b0100000, 2, 3},
    {4, 7, 0b1000000, 3, 2}, {8, 15, 0b1100000, 4, 1},
};
inline constexpr uint8_t hif8Nan = 0x80, hif8Infinity = 0x6f, hif8Largest = 0x6e;
inline constexpr int hif8Smallest = -22; ///< its exponent

constexpr float hif8ToFloat(uint8_t bits) {
  if (bits == hif8Nan)
    return small::nan;
  unsigned magnitude = bits & 0x7f;
  // Below the first prefix are powers of two.
  float value = magnitude == 0 ? 0 : small::power(int(magnitude) - 1 + hif8Smallest);
  for (const HiF8Range &range : hif8Ranges) {
    unsigned width = range.exponentBits + range.fractionBits;
    if (magnitude >> width != unsigned(range.prefix) >> width)
      continue;
    unsigned fraction = magnitude & ((1u << range.fractionBits) - 1);
    unsigned field = magnitude >> range.fractionBits & ((1u << range.exponentBits) - 1);
    int exponent = 0;
    if (range.exponentBits != 0) {
      unsigned below = range.exponentBits - 1u, leading = 1u << below;
      exponent = int(leading | (field & (leading - 1)));
      exponent = field >> below ? -exponent : exponent;
    }
    value = (1 + float(fraction) / float(1u << range.fractionBits)) * small::power(exponent);
  }
  value = magnitude == hif8Infinity ? small::infinity : value;
  return bits & 0x80 ? -value : value;
}

/// A scale: a power of two, or NaN.
constexpr float e8m0ToFloat(uint8_t bits) {
  return bits == 0xff ? small::nan : bits == 0 ? 0x1p-127f : small::power(int(bits) - 127);
}

} // namespace pto::sim
