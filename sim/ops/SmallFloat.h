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

/// HiFloat8: a prefix says how many bits the exponent has, the rest is fraction. The exponent is its sign, and its
/// magnitude without the leading one.
constexpr float hif8ToFloat(uint8_t bits) {
  if (bits == 0x80)
    return small::nan;
  if ((bits & 0x7f) == 0x6f)
    return bits & 0x80 ? -small::infinity : small::infinity;
  struct Form {
    uint8_t prefix, prefixBits, exponentBits, fractionBits;
  };
  constexpr Form forms[] = {{0b11, 2, 4, 1}, {0b10, 2, 3, 2}, {0b01, 2, 2, 3}, {0b001, 3, 1, 3}, {0b0001, 4, 0, 3}};
  unsigned magnitude = bits & 0x7f, sign = bits & 0x80;
  float value = magnitude == 0 ? 0 : small::power(int(magnitude) - 23);
  for (const Form &form : forms)
    if (magnitude >> (7 - form.prefixBits) == form.prefix) {
      unsigned fraction = magnitude & ((1u << form.fractionBits) - 1);
      unsigned field = magnitude >> form.fractionBits & ((1u << form.exponentBits) - 1);
      int exponent = 0;
      if (form.exponentBits != 0) {
        unsigned below = form.exponentBits - 1u, leading = 1u << below;
        exponent = int(leading | (field & (leading - 1)));
        exponent = field >> below ? -exponent : exponent;
      }
      value = (1 + float(fraction) / float(1u << form.fractionBits)) * small::power(exponent);
      break;
    }
  return sign ? -value : value;
}

/// A scale: a power of two, or NaN.
constexpr float e8m0ToFloat(uint8_t bits) {
  return bits == 0xff ? small::nan : bits == 0 ? 0x1p-127f : small::power(int(bits) - 127);
}

} // namespace pto::sim
