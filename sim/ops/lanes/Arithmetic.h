// The expressions that several instructions share.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace pto::sim::PTO_SIM_BUILD {

/// Wraps for integers: narrow unsigned types would promote to int and overflow it.
template <class T>
[[gnu::always_inline]] inline T product(T a, T b) {
  if constexpr (std::is_integral_v<T>)
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

// The manual leaves counts outside [0, width) open; the hardware's fields and the public references take the
// count modulo the width, and so do we.
template <class T, class Count>
[[gnu::always_inline]] inline T shiftLeft(T value, Count count) {
  return T(std::make_unsigned_t<T>(value) << (unsigned(count) & (8 * sizeof(T) - 1)));
}

/// Arithmetic for signed types.
template <class T, class Count>
[[gnu::always_inline]] inline T shiftRight(T value, Count count) {
  return T(value >> (unsigned(count) & (8 * sizeof(T) - 1)));
}

} // namespace pto::sim::PTO_SIM_BUILD
