// One value of a type as one of another: what all conversions share.
#pragma once

#include "sim/ops/lanes/HiF8.h"
#include "sim/ops/lanes/Lanes.h"
#include "sim/ops/lanes/Rounding.h"

namespace pto::sim::PTO_SIM_BUILD {

/// A float type of 8 or 4 bits; the latter in the low half of its byte.
template <class Format>
struct SmallFloat {
  uint8_t bits;
};
using F8E4M3 = SmallFloat<E4M3Format>;
using F8E5M2 = SmallFloat<E5M2Format>;
using F4E2M1 = SmallFloat<E2M1Format>;
using F4E1M2 = SmallFloat<E1M2Format>;

template <class Format>
[[gnu::always_inline]] inline float widen(SmallFloat<Format> value) {
  return valueIn<Format>(value.bits);
}

/// The format of a float type that is narrower than f32; none for other types.
template <class T>
struct FormatOf;
template <>
struct FormatOf<F16> : std::type_identity<F16Format> {};
template <>
struct FormatOf<BF16> : std::type_identity<BF16Format> {};
template <class Format>
struct FormatOf<SmallFloat<Format>> : std::type_identity<Format> {};

template <class T>
inline constexpr bool isNarrowFloat = requires {
  typename FormatOf<T>::type;
};
template <class T>
inline constexpr bool isAnyFloat = isNarrowFloat<T> || std::is_same_v<T, HiF8> || std::is_floating_point_v<T>;

/// In a register, where two of 4 bits share a byte.
template <class T>
inline constexpr unsigned bitsOfType = 8 * sizeof(T);
template <>
inline constexpr unsigned bitsOfType<F4E2M1> = 4;
template <>
inline constexpr unsigned bitsOfType<F4E1M2> = 4;

/// A float as an integer: rounded, and then the nearest of the type, or the low bits. An infinity is the largest or the
/// smallest in both cases, and NaN is 0. `Wide` holds every finite value that comes, or is the widest there is.
template <class T, class Mode, class Wide, bool Saturates>
[[gnu::always_inline]] inline T integerOf(float value) {
  using Limits = std::numeric_limits<T>;
  // Both are powers of two, or 0: floats that hold exactly what they should. The upper one is out of the type.
  constexpr float low = float(Limits::min()), beyond = float(Limits::max() / 2 + 1) * 2;
  constexpr float wideBeyond = float(std::numeric_limits<Wide>::max() / 2 + 1) * 2;
  float rounded = Mode::integral(value);
  float upper = Saturates ? beyond : std::numeric_limits<float>::infinity();
  float lower = Saturates ? low : -std::numeric_limits<float>::infinity();
  bool isAbove = rounded >= upper, isBelow = Saturates ? rounded < lower : rounded <= lower;
  constexpr float end = Saturates ? std::min(beyond, wideBeyond) : wideBeyond, begin = Saturates ? low : -wideBeyond;
  bool isHeld = rounded < end && rounded >= begin; // not NaN
  T kept = T(Wide(isHeld ? rounded : 0.0f));
  // The low bits of what the widest type does not hold are zero in all others.
  if constexpr (sizeof(T) == 8 && !Saturates) {
    double modulo = double(rounded) - std::floor(double(rounded) * 0x1p-64) * 0x1p64;
    kept = isHeld ? kept : T(uint64_t(modulo >= 0 ? modulo : 0.0));
  }
  T high = isAbove ? Limits::max() : kept;
  return isBelow ? Limits::min() : high;
}

/// What holds every integer that such a conversion can give, or is the widest there is.
template <class To, class From, bool Saturates>
using Holding = std::conditional_t<
    std::is_same_v<To, uint64_t> && Saturates, uint64_t,
    std::conditional_t<(sizeof(To) < 4 || std::is_same_v<To, int32_t>)&&(Saturates || std::is_same_v<From, F16>),
                       int32_t, int64_t>>;

/// One value. What saturates and what does not is decided for a whole register.
template <class To, class Mode, bool Saturates, class From>
[[gnu::always_inline]] inline Bits<To> converted(From from) {
  if constexpr (isAnyFloat<From>) {
    float value;
    if constexpr (std::is_floating_point_v<From>)
      value = from;
    else
      value = widen(from);
    if constexpr (isNarrowFloat<To>)
      return Bits<To>(narrowFloat<typename FormatOf<To>::type, Mode>(value, Saturates));
    else if constexpr (std::is_same_v<To, HiF8>)
      return hif8Of<std::is_same_v<Mode, Hybrid>, Saturates>(value, from);
    else if constexpr (std::is_floating_point_v<To>)
      return std::bit_cast<Bits<To>>(canonical(value));
    else
      return Bits<To>(integerOf<To, Mode, Holding<To, From, Saturates>, Saturates>(value));
  } else if constexpr (isNarrowFloat<To>) {
    float value; // exact, or with bits enough to be rounded again
    if constexpr (sizeof(From) <= 2)
      value = float(from);
    else
      value = floatOf<Odd>(from);
    return Bits<To>(narrowFloat<typename FormatOf<To>::type, Mode>(value, Saturates));
  } else if constexpr (std::is_floating_point_v<To>) {
    float value;
    if constexpr (sizeof(From) <= 2 || std::is_same_v<Mode, NearestEven>)
      value = float(from);
    else
      value = floatOf<Mode>(from);
    return std::bit_cast<Bits<To>>(value);
  } else {
    using Limits = std::numeric_limits<To>;
    // Nothing negative becomes unsigned, whatever the mode.
    constexpr bool clampsAtZero = std::is_same_v<From, int16_t> && std::is_same_v<To, uint32_t>;
    if constexpr (clampsAtZero)
      return Bits<To>(from < 0 ? 0 : from);
    if constexpr (!Saturates)
      return Bits<To>(from);
    constexpr bool mayBeBelow = std::is_signed_v<From> && (!std::is_signed_v<To> || sizeof(To) < sizeof(From));
    constexpr bool mayBeAbove = sizeof(To) < sizeof(From) || (sizeof(To) == sizeof(From) && std::is_signed_v<To>);
    From value = from;
    if constexpr (mayBeBelow)
      value = value < From(Limits::min()) ? From(Limits::min()) : value;
    if constexpr (mayBeAbove)
      value = value > From(Limits::max()) ? From(Limits::max()) : value;
    return Bits<To>(value);
  }
}

} // namespace pto::sim::PTO_SIM_BUILD
