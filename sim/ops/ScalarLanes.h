// How the values of scalar registers are computed on: integers by their width, floats by their type, pairs of floats
// one after the other.
#pragma once

#include "sim/ops/Scalars.h"
#include "sim/ops/Units.h"
#include "sim/ops/lanes/Lanes.h"

namespace pto::sim::PTO_SIM_BUILD {

[[gnu::always_inline]] inline uint64_t truncated(uint64_t value, unsigned bits) {
  return bits >= 64 ? value : value & ((uint64_t(1) << bits) - 1);
}

[[gnu::always_inline]] inline int64_t extended(uint64_t value, unsigned bits) {
  return bits >= 64 ? int64_t(value) : int64_t(value << (64 - bits)) >> (64 - bits);
}

/// An integer operand: its bits, and how many count.
struct Integer {
  uint64_t u;
  unsigned bits;
  [[gnu::always_inline]] int64_t s() const { return extended(u, bits); }
};

/// Calls `run(bits)`; for threads with a constant where the width is a common one, which makes a loop over lanes
/// faster.
template <class Unit, class Run>
[[gnu::always_inline]] inline void withWidth(unsigned bits, Run run) {
  if constexpr (std::is_same_v<Unit, EachThread>) {
    if (bits == 32)
      return run(std::integral_constant<unsigned, 32>());
    if (bits == 64)
      return run(std::integral_constant<unsigned, 64>());
  }
  run(bits);
}

/// result = compute(operand 0, operand 1), cut off to the width that the instruction carries.
template <class Unit, class Compute>
[[gnu::always_inline]] inline void mapIntegers(Core &core, const Instruction &at, Compute compute) {
  withWidth<Unit>(at.carried<IntegerWidth>().bits, [&](auto bits) {
    Unit::map(
        core, at.result[0],
        [=](uint64_t a, uint64_t b) {
          return truncated(compute(Integer{a, bits}, Integer{b, bits}), bits);
        },
        at.operand[0], at.operand[1]);
  });
}

/// A register's value; 16-bit floats are computed as f32.
template <class T>
[[gnu::always_inline]] inline Value<T> valueOf(uint64_t bits) {
  return scalarValue<T>(bits);
}

/// Rounded to the type; every NaN becomes the canonical quiet one.
template <class T>
[[gnu::always_inline]] inline uint64_t bitsOf(Value<T> value) {
  if constexpr (isHalf<T>) {
    T half;
    narrow(canonical(value), half);
    return half.bits;
  } else if constexpr (std::is_same_v<T, double>) {
    return value != value ? 0x7ff8000000000000 : std::bit_cast<uint64_t>(value);
  } else {
    return std::bit_cast<uint32_t>(canonical(value));
  }
}

/// Calls `run<T, IsPair>()`.
template <class Run>
[[gnu::always_inline]] inline void withShape(FloatShape shape, Run run) {
  auto as = [&]<class T>() {
    if constexpr (std::is_same_v<T, double>)
      run.template operator()<double, false>();
    else
      shape.isPair ? run.template operator()<T, true>() : run.template operator()<T, false>();
  };
  switch (shape.type) {
  case ScalarFloat::F16:
    return as.template operator()<F16>();
  case ScalarFloat::BF16:
    return as.template operator()<BF16>();
  case ScalarFloat::F32:
    return as.template operator()<float>();
  case ScalarFloat::F64:
    return as.template operator()<double>();
  }
}

/// result = compute(from…) on bit patterns, each half of a pair by itself.
template <class Unit, class T, bool IsPair, class Compute, class... From>
[[gnu::always_inline]] inline void mapPatterns(Core &core, const Instruction &at, Compute compute, From... from) {
  if constexpr (IsPair) {
    constexpr unsigned width = 8 * sizeof(T);
    constexpr uint64_t low = (uint64_t(1) << width) - 1;
    Unit::map(
        core, at.result[0],
        [=](auto... pair) -> uint64_t { return compute((pair & low)...) | compute((pair >> width)...) << width; },
        from...);
  } else {
    Unit::map(core, at.result[0], compute, from...);
  }
}

/// result = compute(from…)
template <class Unit, class T, bool IsPair, class Compute, class... From>
[[gnu::always_inline]] inline void mapFloats(Core &core, const Instruction &at, Compute compute, From... from) {
  mapPatterns<Unit, T, IsPair>(
      core, at, [=](auto... bits) -> uint64_t { return bitsOf<T>(Value<T>(compute(valueOf<T>(bits)...))); }, from...);
}

void declareScalarMath(OpTables &tables);
void declareConvert(OpTables &tables);

} // namespace pto::sim::PTO_SIM_BUILD
