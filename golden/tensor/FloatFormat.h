// The layout of a binary floating-point type, and the exact way between its bit patterns and float64.
#pragma once

#include "golden/tensor/DType.h"
#include <bit>
#include <cstdint>

namespace pto::golden {

/// What the largest exponent of a type means. E4M3 (the FN flavour of the OCP standard) gives it to finite values
/// and keeps only the all-ones pattern as NaN.
enum class TopExponent { InfinityAndNaN, AllOnesIsNaN };

struct FloatFormat {
  int exponentBits, fractionBits;
  TopExponent top = TopExponent::InfinityAndNaN;

  constexpr int bits() const { return 1 + exponentBits + fractionBits; }
  constexpr int bias() const { return (1 << (exponentBits - 1)) - 1; }
  /// The exponent of the smallest normal number: 2^minExponent.
  constexpr int minExponent() const { return 1 - bias(); }
  constexpr uint64_t signBit() const { return uint64_t(1) << (bits() - 1); }
  constexpr uint64_t fractionMask() const { return (uint64_t(1) << fractionBits) - 1; }
  constexpr bool hasInfinity() const { return top == TopExponent::InfinityAndNaN; }
  /// The largest magnitude pattern that is not NaN: infinity, or the largest finite number.
  constexpr uint64_t lastOrdered() const { return hasInfinity() ? infinityBits() : signBit() - 2; }
  constexpr uint64_t infinityBits() const { return ((uint64_t(1) << exponentBits) - 1) << fractionBits; }
  constexpr uint64_t largestFinite() const { return hasInfinity() ? infinityBits() - 1 : signBit() - 2; }
  constexpr uint64_t quietNaN() const {
    return hasInfinity() ? infinityBits() | uint64_t(1) << (fractionBits - 1) : signBit() - 1;
  }
  constexpr uint64_t smallestNormal() const { return uint64_t(1) << fractionBits; }
  constexpr bool isNaN(uint64_t pattern) const { return (pattern & (signBit() - 1)) > lastOrdered(); }
  constexpr bool isInfinite(uint64_t pattern) const {
    return hasInfinity() && (pattern & (signBit() - 1)) == infinityBits();
  }
};

inline constexpr FloatFormat f16Format{5, 10}, bf16Format{8, 7}, f32Format{8, 23}, f64Format{11, 52}, e5m2Format{5, 2},
    e4m3Format{4, 3, TopExponent::AllOnesIsNaN};

/// The format of a float type. Integer types have none and get that of f64.
constexpr const FloatFormat &formatOf(DType type) {
  switch (type) {
  case DType::F16:
    return f16Format;
  case DType::BF16:
    return bf16Format;
  case DType::F32:
    return f32Format;
  case DType::F8E4M3:
    return e4m3Format;
  case DType::F8E5M2:
    return e5m2Format;
  default:
    return f64Format;
  }
}

/// 2^exponent, for the exponents of normal float64 numbers.
constexpr double powerOfTwo(int exponent) {
  return std::bit_cast<double>(uint64_t(exponent + f64Format.bias()) << 52);
}

/// The value of a pattern. A NaN keeps its sign and payload, and a signaling one stays signaling, so that a value
/// which is only moved keeps its bits.
template <FloatFormat F>
constexpr double decodeFloat(uint64_t pattern) {
  constexpr int shift = 52 - F.fractionBits;
  uint64_t sign = (pattern & F.signBit()) << (64 - F.bits());
  uint64_t magnitude = pattern & (F.signBit() - 1);
  if (magnitude > F.lastOrdered() || (F.hasInfinity() && magnitude == F.infinityBits())) {
    uint64_t fraction = F.hasInfinity() ? (magnitude & F.fractionMask()) << shift : uint64_t(1) << 51;
    return std::bit_cast<double>(sign | f64Format.infinityBits() | fraction);
  }
  // With the exponent field widened but not rebiased the number is 2^(difference of biases) too small; the product
  // is exact, and right for subnormals too once they are normalized by it.
  if (magnitude < F.smallestNormal()) {
    double value = static_cast<double>(static_cast<int64_t>(magnitude)) * powerOfTwo(F.minExponent() - F.fractionBits);
    return std::bit_cast<double>(std::bit_cast<uint64_t>(value) | sign);
  }
  return std::bit_cast<double>(sign | ((magnitude << shift) + (uint64_t(f64Format.bias() - F.bias()) << 52)));
}

/// Rounds once, to nearest even. What is too large becomes infinity, or NaN in a type without infinity.
template <FloatFormat F>
constexpr uint64_t encodeFloat(double value) {
  uint64_t bits = std::bit_cast<uint64_t>(value);
  constexpr int shift = 52 - F.fractionBits;
  uint64_t sign = bits >> 63 << (F.bits() - 1);
  uint64_t magnitude = bits & ~(uint64_t(1) << 63);
  if (magnitude > f64Format.infinityBits()) {
    if (!F.hasInfinity())
      return sign | F.quietNaN();
    uint64_t payload = (magnitude & f64Format.fractionMask()) >> shift;
    return sign | F.infinityBits() | (payload ? payload : F.quietNaN() & F.fractionMask());
  }
  constexpr uint64_t smallestNormal = uint64_t(f64Format.bias() + F.minExponent()) << 52;
  if (magnitude < smallestNormal) {
    // Adding this makes the unit of float64's own rounding the smallest subnormal.
    constexpr double magic = powerOfTwo(F.minExponent() - F.fractionBits + 52);
    double sum = std::bit_cast<double>(magnitude) + magic;
    return sign | (std::bit_cast<uint64_t>(sum) - std::bit_cast<uint64_t>(magic));
  }
  uint64_t odd = (magnitude >> shift) & 1;
  uint64_t rounded = (magnitude + ((uint64_t(1) << (shift - 1)) - 1) + odd) >> shift;
  rounded -= uint64_t(f64Format.bias() - F.bias()) << F.fractionBits;
  if (rounded > F.largestFinite())
    rounded = F.hasInfinity() ? F.infinityBits() : F.quietNaN();
  return sign | rounded;
}
template <>
constexpr double decodeFloat<f64Format>(uint64_t pattern) {
  return std::bit_cast<double>(pattern);
}
template <>
constexpr uint64_t encodeFloat<f64Format>(double value) {
  return std::bit_cast<uint64_t>(value);
}

/// Calls `f` with the format as a template argument: `withFormat(type, []<FloatFormat F>() { … })`.
template <typename Callable>
decltype(auto) withFormat(DType type, Callable &&f) {
  switch (type) {
  case DType::F16:
    return f.template operator()<f16Format>();
  case DType::BF16:
    return f.template operator()<bf16Format>();
  case DType::F32:
    return f.template operator()<f32Format>();
  case DType::F8E4M3:
    return f.template operator()<e4m3Format>();
  case DType::F8E5M2:
    return f.template operator()<e5m2Format>();
  default:
    return f.template operator()<f64Format>();
  }
}

} // namespace pto::golden
