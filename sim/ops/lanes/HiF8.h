// HiFloat8 in lanes: reading it, and rounding to it. Near one there are three bits of fraction, far away one, and the
// smallest numbers are powers of two.
#pragma once

#include "sim/ops/SmallFloat.h"
#include <array>
#include <bit>
#include <cstdint>

namespace pto::sim::PTO_SIM_BUILD {

struct HiF8 {
  uint8_t bits;
};

/// The value of every pattern.
inline constexpr std::array<float, 256> hif8Values = [] {
  std::array<float, 256> values{};
  for (unsigned bits = 0; bits < 256; ++bits)
    values[bits] = hif8ToFloat(uint8_t(bits));
  return values;
}();

inline float widen(HiF8 value) {
  return hif8Values[value.bits];
}

/// Fraction bits of the numbers with that exponent.
constexpr unsigned hif8FractionBits(int exponent) {
  for (const HiF8Range &range : hif8Ranges)
    if (int magnitude = exponent < 0 ? -exponent : exponent; magnitude >= range.first && magnitude <= range.last)
      return range.fractionBits;
  return 0;
}

/// The pattern of a number that has one: an exponent and a fraction.
constexpr uint8_t hif8Pattern(int exponent, unsigned fraction) {
  int magnitude = exponent < 0 ? -exponent : exponent;
  for (const HiF8Range &range : hif8Ranges)
    if (magnitude >= range.first && magnitude <= range.last) {
      unsigned size = range.exponentBits > 0 ? range.exponentBits - 1 : 0;
      unsigned field =
          range.first == 0 ? 0 : unsigned(exponent < 0) << size | (unsigned(magnitude) & ((1u << size) - 1));
      return uint8_t(range.prefix | field << range.fractionBits | fraction);
    }
  return uint8_t(exponent - hif8Smallest + 1); // 0 for what is half of the smallest and rounded down
}

/// How the hybrid mode rounds where numbers have less than three bits of fraction, from what is below the fraction's
/// kept bits: half away where they have three. An exact number stays.
struct Hybrid {
  /// Of an f32: the 14 bits that come first against the number's last 14.
  static bool isUp(uint32_t fraction, unsigned kept, float) {
    uint32_t dropped = fraction & (0x7fffffu >> kept);
    return dropped != 0 && (dropped >> (9 - kept)) >= (fraction & 0x3fff);
  }
  /// Of an f16, whose fraction is in the high ten bits here: the first two against bit 0 and a one.
  template <class Half>
  static bool isUp(uint32_t fraction, unsigned kept, Half) {
    uint32_t half = fraction >> 13;
    return (half >> (8 - kept) & 3) >= ((half & 1) << 1 | 1);
  }
};

/// An f32, or an f16 that was widened, in HiFloat8. Without saturation 1.25 · 2^15 and more is infinite, and with it
/// the largest number, 2^15; NaN is then 0. There is no -0.
template <bool IsHybrid, bool Saturates, class From>
inline uint8_t hif8Of(float value, From from) {
  uint32_t bits = std::bit_cast<uint32_t>(value), magnitude = bits & 0x7fffffff, sign = bits >> 24 & 0x80;
  if (magnitude > 0x7f800000)
    return Saturates ? 0 : hif8Nan;
  if (magnitude >= std::bit_cast<uint32_t>(0x1.4p15f))
    return uint8_t(sign | (Saturates ? hif8Largest : hif8Infinity));
  int exponent = int(magnitude >> 23) - 127;
  if (exponent < hif8Smallest)
    return exponent == hif8Smallest - 1 ? uint8_t(sign | 1) : 0;
  unsigned kept = hif8FractionBits(exponent);
  uint32_t fraction = magnitude & 0x7fffff;
  bool isUp = IsHybrid && kept < 3 ? Hybrid::isUp(fraction, kept, from) : (fraction >> (22 - kept) & 1) != 0;
  uint32_t rounded = (fraction >> (23 - kept)) + isUp;
  // What is rounded up to the next power of two has the fraction of that.
  if (rounded >> kept)
    ++exponent, rounded = 0;
  return uint8_t(sign | (exponent > 15 ? hif8Largest : hif8Pattern(exponent, rounded)));
}

} // namespace pto::sim::PTO_SIM_BUILD
