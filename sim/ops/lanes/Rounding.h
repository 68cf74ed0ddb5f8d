// Rounding modes: of a value to an integral one, and of the bits that a narrower type has no room for.
#pragma once

#include "sim/ops/SmallFloat.h"
#include <cmath>
#include <type_traits>

namespace pto::sim::PTO_SIM_BUILD {

// A mode says what an integral value is, and whether a magnitude that lost bits becomes the next larger one: `kept` is
// what is left of it, `dropped` what was cut off, `half` half a unit of what is left.

/// R: to nearest, ties to even
struct NearestEven {
  template <class T>
  [[gnu::always_inline]] static T integral(T value) {
    return std::nearbyint(value);
  }
  template <class U>
  [[gnu::always_inline]] static U up(U kept, U dropped, U half, bool) {
    // Signed, as vector instructions compare; there is room for it.
    using Signed = std::make_signed_t<U>;
    return U(Signed(dropped + (kept & 1)) > Signed(half));
  }
};

/// A: to nearest, ties away from zero
struct NearestAway {
  template <class T>
  [[gnu::always_inline]] static T integral(T value) {
    T cut = std::trunc(value);
    return cut + (std::fabs(value - cut) >= T(0.5) ? std::copysign(T(1), value) : std::copysign(T(0), value));
  }
  template <class U>
  [[gnu::always_inline]] static U up(U, U dropped, U half, bool) {
    using Signed = std::make_signed_t<U>;
    return U(Signed(dropped) >= Signed(half));
  }
};

/// F: down
struct Floor {
  template <class T>
  [[gnu::always_inline]] static T integral(T value) {
    return std::floor(value);
  }
  template <class U>
  [[gnu::always_inline]] static U up(U, U dropped, U, bool isNegative) {
    return U(dropped != 0) & U(isNegative);
  }
};

/// C: up
struct Ceiling {
  template <class T>
  [[gnu::always_inline]] static T integral(T value) {
    return std::ceil(value);
  }
  template <class U>
  [[gnu::always_inline]] static U up(U, U dropped, U, bool isNegative) {
    return U(dropped != 0) & U(!isNegative);
  }
};

/// Z: towards zero
struct Truncate {
  template <class T>
  [[gnu::always_inline]] static T integral(T value) {
    return std::trunc(value);
  }
  template <class U>
  [[gnu::always_inline]] static U up(U, U, U, bool) {
    return 0;
  }
};

/// O: to odd, where anything is lost
struct Odd {
  template <class U>
  [[gnu::always_inline]] static U up(U kept, U dropped, U, bool) {
    return U(dropped != 0) & ~kept & 1;
  }
};

/// An f32 in a narrower format, rounded once. Beyond the largest number a mode that rounds away from zero there gives
/// infinity, and the others the largest number. `saturates`: infinities are the largest numbers, and NaN is 0, as
/// always in a format without them.
template <class Format, class Mode>
[[gnu::always_inline]] inline uint32_t narrowFloat(float value, bool saturates) {
  saturates |= Format::specials == Specials::None;
  uint32_t bits = std::bit_cast<uint32_t>(value), magnitude = bits & 0x7fffffff;
  bool isNegative = bits >> 31 != 0;
  constexpr int lowest = Format::minExponent + 127; // the biased exponent of the smallest normal number
  constexpr unsigned shift = 23 - Format::fraction;
  // A subnormal of the format loses more bits, and has its leading one in the fraction.
  int exponent = int(magnitude >> 23), below = lowest - (exponent > 0 ? exponent : 1);
  bool isSubnormal = below > 0;
  uint32_t significand = (magnitude & 0x7fffff) | (exponent > 0 ? 0x800000u : 0u);
  uint32_t whole = isSubnormal ? significand : magnitude - (uint32_t(lowest - 1) << 23);
  unsigned lost = shift + unsigned(isSubnormal ? (below < 24 ? below : 24) : 0);
  // Beyond 31 nothing but the loss is left; a shift by that much is none in C++.
  unsigned places = lost < 31 ? lost : 31;
  uint32_t kept = whole >> places, dropped = whole & ((1u << places) - 1), half = 1u << (places - 1);
  uint32_t rounded = kept + Mode::template up<uint32_t>(kept, dropped, half, isNegative);
  constexpr uint32_t overflow = Format::specials == Specials::InfinityAndNan ? Format::infinity : Format::nan;
  bool isLarge = rounded > Format::largest, isInfinite = magnitude == 0x7f800000;
  // What lies above the largest number is rounded as half a unit and more above it would be.
  bool roundsOut = Mode::template up<uint32_t>(1, 3, 2, isNegative) != 0;
  uint32_t result = isLarge ? (saturates || !(roundsOut || isInfinite) ? Format::largest : overflow) : rounded;
  bool isNan = magnitude > 0x7f800000;
  // A NaN that stands for what is beyond has no sign.
  bool hasSign = isNegative && (Format::specials == Specials::None || result != Format::nan);
  return isNan ? (saturates ? 0 : Format::nan) : result | uint32_t(hasSign) << Format::sign;
}

/// An integer as an f32, rounded once.
template <class Mode, class Integer>
[[gnu::always_inline]] inline float floatOf(Integer value) {
  bool isNegative = value < 0;
  uint64_t magnitude = isNegative ? 0 - uint64_t(value) : uint64_t(value);
  int zeros = std::countl_zero(magnitude | 1), places = 40 - zeros;
  if (places <= 0)
    return float(value);
  uint64_t kept = magnitude >> places, dropped = magnitude & ((uint64_t(1) << places) - 1);
  uint64_t rounded = kept + Mode::template up<uint64_t>(kept, dropped, uint64_t(1) << (places - 1), isNegative);
  float result = float(rounded) * std::bit_cast<float>(uint32_t(127 + places) << 23);
  return isNegative ? -result : result;
}

} // namespace pto::sim::PTO_SIM_BUILD
