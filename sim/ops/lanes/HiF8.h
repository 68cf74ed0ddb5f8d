// HiFloat8: a prefix says how wide the exponent is, and the fraction has what is left. Near one there are three bits of
// it, far away one, and the smallest numbers are powers of two.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace pto::sim::PTO_SIM_BUILD {

struct HiF8 {
  uint8_t bits;
};

/// Numbers with an exponent of that magnitude: the prefix at its place, the bits of the exponent's field (its sign, and
/// the magnitude without its leading one), and those of the fraction.
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

constexpr double powerOfTwo(int exponent) {
  double power = 1;
  for (; exponent > 0; --exponent)
    power *= 2;
  for (; exponent < 0; ++exponent)
    power /= 2;
  return power;
}

/// The value of every pattern.
inline constexpr std::array<uint32_t, 256> hif8Values = [] {
  std::array<uint32_t, 256> values{};
  auto set = [&](uint8_t magnitude, uint32_t bits) {
    values[magnitude] = bits, values[magnitude | 0x80] = bits | 0x80000000;
  };
  for (int m = 1; m < 8; ++m)
    set(uint8_t(m), std::bit_cast<uint32_t>(float(powerOfTwo(m - 23))));
  for (const HiF8Range &range : hif8Ranges)
    for (unsigned rest = 0; rest < 1u << (range.exponentBits + range.fractionBits); ++rest) {
      unsigned field = rest >> range.fractionBits, fraction = rest & ((1u << range.fractionBits) - 1);
      unsigned size = range.exponentBits > 0 ? range.exponentBits - 1 : 0; // of the magnitude in the field
      bool isNegative = range.exponentBits > 0 && field >> size != 0;
      int magnitude = range.first == 0 ? 0 : int(1u << size | (field & ((1u << size) - 1)));
      double value =
          powerOfTwo(isNegative ? -magnitude : magnitude) * (1 + double(fraction) / (1u << range.fractionBits));
      set(uint8_t(range.prefix | rest), std::bit_cast<uint32_t>(float(value)));
    }
  set(hif8Infinity, 0x7f800000);
  values[hif8Nan] = 0x7fc00000;
  return values;
}();

inline float widen(HiF8 value) {
  return std::bit_cast<float>(hif8Values[value.bits]);
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
