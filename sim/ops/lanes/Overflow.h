// What CTRL makes of results that do not fit: integers saturate in place of wrapping, f16 has no infinities and no NaN.
#pragma once

#include "sim/ops/lanes/Arithmetic.h"
#include "sim/ops/lanes/Lanes.h"
#include <limits>

namespace pto::sim::PTO_SIM_BUILD {

/// Marks an operation on integers, or on the patterns of floats, as arithmetic: its exact result may not fit.
template <class Lane>
struct Arithmetic : Lane {
  static constexpr bool isArithmetic = true;
};
template <class Lane>
Arithmetic<Lane> arithmetic(Lane) {
  return {};
}

template <class T, class Lane>
inline constexpr bool mayOverflow = !std::is_integral_v<T> || requires {
  Lane::isArithmetic;
};

template <LaneType Type>
inline constexpr bool isIntegerLane = Type >= LaneType::S8 &&Type <= LaneType::U64;
template <LaneType Type>
inline constexpr bool isSignedLane = Type >= LaneType::S8 &&Type <= LaneType::S64;

/// The lane computed exactly, and its nearest value in the type.
template <LaneType Type, class T, class Lane>
struct Saturating {
  using Number = std::conditional_t<isSignedLane<Type>, std::make_signed_t<T>, T>;
  using Limits = std::numeric_limits<Number>;

  template <class... In>
  T operator()(In... in) const {
    Exact exact = Lane()(Exact(Number(in))...);
    return T(exact < Limits::min() ? Limits::min() : exact > Limits::max() ? Limits::max() : Number(exact));
  }
};

/// An f16 without infinities, which become the largest numbers, and NaN, which becomes 0.
[[gnu::always_inline]] inline uint16_t finiteHalf(uint16_t bits) {
  uint16_t magnitude = bits & 0x7fff;
  uint16_t kept = magnitude > 0x7c00 ? 0 : bits;
  return uint16_t(magnitude == 0x7c00 ? bits - 1 : kept);
}

[[gnu::noinline]] inline void saturateHalf(uint8_t *lanes) {
  for (size_t i = 0; i < laneCount<uint16_t>; ++i)
    put<uint16_t>(lanes, i, finiteHalf(get<uint16_t>(lanes, i)));
}

// The handlers under the modes of CTRL, which are rare and tested once a register.

template <Handler Wrapping, Handler Saturated>
const Instruction *wrapsOrSaturates(Core &core, const Instruction &at) {
  if (core.control.saturatesIntegers()) [[unlikely]]
    return Saturated(core, at);
  return Wrapping(core, at);
}

template <Handler Compute>
const Instruction *mayLoseInfinities(Core &core, const Instruction &at) {
  const Instruction *next = Compute(core, at);
  if (core.control.saturatesHalf()) [[unlikely]]
    saturateHalf(core.wide(at.result[0]));
  return next;
}

} // namespace pto::sim::PTO_SIM_BUILD
