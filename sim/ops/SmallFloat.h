// Floats of 8 and 4 bits, and the powers of two that scale them: what each pattern is worth.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace pto::sim {

namespace small {

constexpr float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();

/// 2^exponent, of a normal f32.
constexpr float power(int exponent) {
  return std::bit_cast<float>(uint32_t(exponent + 127) << 23);
}

/// A sign, an exponent and a fraction, with subnormals and without special values.
constexpr float plain(unsigned bits, unsigned exponentBits, unsigned fractionBits, int bias) {
  unsigned fraction = bits & ((1u << fractionBits) - 1);
  auto exponent = int(bits >> fractionBits & ((1u << exponentBits) - 1));
  auto significand = float(exponent == 0 ? fraction : fraction + (1u << fractionBits));
  float magnitude = significand * power((exponent == 0 ? 1 : exponent) - bias - int(fractionBits));
  return bits >> (exponentBits + fractionBits) & 1 ? -magnitude : magnitude;
}

} // namespace small

constexpr float e4m3ToFloat(uint8_t bits) {
  return (bits & 0x7f) == 0x7f ? small::nan : small::plain(bits, 4, 3, 7);
}

constexpr float e5m2ToFloat(uint8_t bits) {
  if ((bits & 0x7f) < 0x7c)
    return small::plain(bits, 5, 2, 15);
  return (bits & 3) != 0 ? small::nan : bits & 0x80 ? -small::infinity : small::infinity;
}

constexpr float e2m1ToFloat(uint8_t bits) {
  return small::plain(bits & 0xf, 2, 1, 1);
}

constexpr float e1m2ToFloat(uint8_t bits) {
  return small::plain(bits & 0xf, 1, 2, 1);
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
