// Every mode from the nearest-even one: find the two neighbours of the value in the type, and choose.
#include "golden/tensor/Rounding.h"
#include "golden/tensor/Convert.h"
#include "golden/tensor/FloatFormat.h"
#include <cmath>

namespace pto::golden {
namespace {

/// The two values of the type around `value`, which is none itself, by magnitude.
struct Neighbours {
  uint64_t small, large;
};

double choose(Rounding rounding, DType type, double value, Neighbours patterns) {
  double small = decode(type, patterns.small), large = decode(type, patterns.large);
  bool negative = std::signbit(value);
  switch (rounding) {
  case Rounding::TowardsZero:
    return small;
  case Rounding::Floor:
    return negative ? large : small;
  case Rounding::Ceil:
    return negative ? small : large;
  case Rounding::ToOdd:
    return patterns.small & 1 ? small : large;
  default:
    return decode(type, encode(type, value));
  }
}

bool isTie(DType type, double value, Neighbours patterns) {
  double small = decode(type, patterns.small), large = decode(type, patterns.large);
  // Both differences are exact: the neighbours are within a factor of two of the value, or the smaller one is 0.
  return std::isfinite(large) && std::fabs(value - small) == std::fabs(large - value);
}

} // namespace

std::optional<Rounding> parseRounding(std::string_view letter) {
  constexpr std::string_view letters = "RAFCZO";
  size_t index = letter.size() == 1 ? letters.find(letter[0]) : std::string_view::npos;
  if (index == std::string_view::npos)
    return std::nullopt;
  return static_cast<Rounding>(index);
}

double roundTo(DType type, double value, Rounding rounding) {
  const FloatFormat &format = formatOf(type);
  uint64_t nearest = encode(type, value);
  double rounded = decode(type, nearest);
  if (rounding == Rounding::NearestEven || std::isnan(value) || std::isinf(value) || rounded == value)
    return rounded;
  uint64_t sign = nearest & format.signBit(), magnitude = nearest & (format.signBit() - 1);
  bool overflowed = magnitude > format.largestFinite();
  if (overflowed)
    magnitude = format.largestFinite() + 1;
  bool grew = overflowed || std::fabs(rounded) > std::fabs(value);
  Neighbours patterns{sign | (grew ? magnitude - 1 : magnitude), sign | (grew ? magnitude : magnitude + 1)};
  if (rounding == Rounding::NearestAway)
    return isTie(type, value, patterns) ? decode(type, patterns.large) : rounded;
  // Beyond the largest finite number an odd pattern is as far as rounding to odd goes.
  if (rounding == Rounding::ToOdd && overflowed)
    return decode(type, patterns.small);
  return choose(rounding, type, value, patterns);
}

double fusedMultiplyAdd(DType type, double a, double b, double c) {
  if (type == DType::F64)
    return std::fma(a, b, c);
  // The product of two values of at most 24 significant bits is exact in float64. The sum is not: what it lost is
  // kept in its last bit (rounding to odd), so that the second rounding cannot mistake it for a tie.
  double product = a * b, sum = product + c;
  if (std::isfinite(sum)) {
    double part = sum - product;
    double lost = (product - (sum - part)) + (c - part);
    uint64_t bits = std::bit_cast<uint64_t>(sum);
    if (lost != 0 && !(bits & 1)) {
      bool outwards = (lost > 0) == (sum > 0);
      sum = std::bit_cast<double>(outwards ? bits + 1 : bits - 1);
    }
  }
  return roundTo(type, sum);
}

} // namespace pto::golden
