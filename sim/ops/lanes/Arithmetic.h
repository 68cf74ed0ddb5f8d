// The expressions that several instructions share.
#pragma once

#include "sim/machine/Choices.h"
#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace pto::sim::PTO_SIM_BUILD {

/// Wider than every lane: what an integer instruction computes before it wraps or saturates.
using Exact = __int128;

/// Wraps for integers: narrow unsigned types would promote to int and overflow it.
template <class T>
[[gnu::always_inline]] inline T product(T a, T b) {
  if constexpr (std::is_integral_v<T> && !std::is_same_v<T, Exact>)
    return T(uint64_t(sizeof(T) < 8 ? uint32_t(a) * uint32_t(b) : uint64_t(a) * uint64_t(b)));
  else
    return a * b;
}

/// A NaN wins; +0 is above -0. Of equal values both selections give the second, whose bits differ for zeros only.
template <class T>
[[gnu::always_inline]] inline T larger(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    T first = a > b ? a : b, second = b > a ? b : a;
    T both = std::bit_cast<float>(std::bit_cast<uint32_t>(first) & std::bit_cast<uint32_t>(second));
    return a != a || b != b ? std::numeric_limits<T>::quiet_NaN() : both;
  } else {
    return a > b ? a : b;
  }
}

/// A NaN wins; -0 is below +0.
template <class T>
[[gnu::always_inline]] inline T smaller(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    T first = a < b ? a : b, second = b < a ? b : a;
    T both = std::bit_cast<float>(std::bit_cast<uint32_t>(first) | std::bit_cast<uint32_t>(second));
    return a != a || b != b ? std::numeric_limits<T>::quiet_NaN() : both;
  } else {
    return a < b ? a : b;
  }
}

/// Wraps for the most negative integer.
template <class T>
[[gnu::always_inline]] inline auto magnitude(T value) {
  if constexpr (std::is_same_v<T, Exact>) {
    return value < 0 ? -value : value;
  } else {
    using Bits = std::make_unsigned_t<T>;
    return value < 0 ? Bits(0 - Bits(value)) : Bits(value);
  }
}

template <class T>
[[gnu::always_inline]] inline auto negative(T value) {
  if constexpr (std::is_same_v<T, Exact>)
    return -value;
  else
    return std::make_unsigned_t<T>(0 - std::make_unsigned_t<T>(value));
}

/// The sign bit decides, of zeros and NaN too: a positive value is returned whatever the slope.
[[gnu::always_inline]] inline float rectified(float value, float slope) {
  return std::bit_cast<int32_t>(value) < 0 ? slope * value : value;
}

/// How far a count shifts. A negative one is undefined: read as an unsigned number it is beyond every width.
template <class Count>
[[gnu::always_inline]] inline auto places(Count count) {
  return std::make_unsigned_t<Count>(count);
}

/// Beyond the width a shift gives 0. A signed value keeps its sign bit, and loses the bits below it.
template <class T, class Count>
[[gnu::always_inline]] inline T shiftLeft(T value, Count count) {
  using Bits = std::make_unsigned_t<T>;
  constexpr unsigned width = 8 * sizeof(T);
  constexpr Bits sign = std::is_signed_v<T> ? Bits(Bits(1) << (width - 1)) : Bits(0);
  Bits shifted = Bits(Bits(value) << (unsigned(count) & (width - 1)));
  Bits within = Bits((shifted & Bits(~sign)) | (Bits(value) & sign));
  Bits beyond = 0;
  if constexpr (!choices::signedLeftByWidthIsZero)
    beyond = places(count) == width ? Bits(Bits(value) & sign) : Bits(0);
  return T(places(count) < width ? within : beyond);
}

/// Arithmetic for signed types: beyond the width only the sign is left.
template <class T, class Count>
[[gnu::always_inline]] inline T shiftRight(T value, Count count) {
  constexpr unsigned width = 8 * sizeof(T);
  T shifted = T(value >> (unsigned(count) & (width - 1)));
  T beyond = std::is_signed_v<T> ? T(value >> (width - 1)) : T(0);
  return places(count) < width ? shifted : beyond;
}

} // namespace pto::sim::PTO_SIM_BUILD
