// convert: between scalar integers and floats, with a rounding that the instruction names. Every value but a 64-bit
// integer is exact in double precision; such an integer is made odd there, which rounds the same to what has fewer
// bits.
#include "sim/ops/ScalarLanes.h"
#include "sim/ops/lanes/RoundToOdd.h"
#include <cmath>

namespace pto::sim::PTO_SIM_BUILD {

namespace {

template <class T>
struct Format;
template <>
struct Format<F16> {
  static constexpr int precision = 11, smallest = -14;
  static constexpr double largest = 65504;
};
template <>
struct Format<BF16> {
  static constexpr int precision = 8, smallest = -126;
  static constexpr double largest = 0x1.fep127;
};
template <>
struct Format<float> {
  static constexpr int precision = 24, smallest = -126;
  static constexpr double largest = 0x1.fffffep127;
};

/// To an integral value.
template <Rounding Mode>
[[gnu::always_inline]] inline double integral(double value) {
  switch (Mode) {
  case Rounding::ToEven:
    return std::rint(value);
  case Rounding::HalfAway:
    return std::round(value);
  case Rounding::Floor:
    return std::floor(value);
  case Rounding::Ceil:
    return std::ceil(value);
  case Rounding::ToZero:
    return std::trunc(value);
  case Rounding::ToOdd: {
    double whole = std::trunc(value);
    return whole == value || std::fmod(whole, 2) != 0 ? whole : whole + std::copysign(1, value);
  }
  }
}

/// To the nearest even value of the type: for that there are instructions.
template <class T>
[[gnu::always_inline]] inline float nearest(double value) {
  if constexpr (std::is_same_v<T, F16>)
    return floatToOddForHalf(value);
  else if constexpr (std::is_same_v<T, BF16>)
    return floatToOdd(value);
  else
    return float(value);
}

/// To a value of the type, which a float is.
template <class T, Rounding Mode>
[[gnu::always_inline]] inline float toType(double value) {
  if constexpr (Mode == Rounding::ToEven) {
    return nearest<T>(value);
  } else {
    if (value == 0 || !std::isfinite(value))
      return float(value);
    int exponent = std::max(std::ilogb(value), Format<T>::smallest) - Format<T>::precision + 1;
    double rounded = std::ldexp(integral<Mode>(std::ldexp(value, -exponent)), exponent);
    if (std::abs(rounded) <= Format<T>::largest)
      return float(rounded);
    bool stays = Mode == Rounding::ToZero || Mode == Rounding::ToOdd || (Mode == Rounding::Floor && value > 0) ||
                 (Mode == Rounding::Ceil && value < 0);
    return float(std::copysign(stays ? Format<T>::largest : INFINITY, value));
  }
}

/// Saturating, f16 has neither infinities nor NaN, and no other type becomes infinite.
template <class T>
[[gnu::always_inline]] inline uint64_t saturated(double value, uint64_t bits) {
  constexpr uint64_t sign = uint64_t(1) << (8 * sizeof(T) - 1);
  Value<T> result = valueOf<T>(bits);
  bool isOver = std::isinf(result) && (std::isfinite(value) || std::is_same_v<T, F16>);
  if (std::is_same_v<T, F16> && result != result)
    return 0;
  return isOver ? bitsOf<T>(float(Format<T>::largest)) | (bits & sign) : bits;
}

[[gnu::always_inline]] inline double oddInteger(uint64_t bits, bool isSigned) {
  __int128 exact = isSigned ? __int128(int64_t(bits)) : __int128(bits);
  double nearest = isSigned ? double(int64_t(bits)) : double(bits);
  __int128 dropped = exact - __int128(nearest);
  return toOdd(nearest, dropped > 0 ? 1.0 : dropped < 0 ? -1.0 : 0.0);
}

/// A source as a double.
template <Convertible From, bool IsSigned>
[[gnu::always_inline]] inline double exactly(uint64_t bits) {
  if constexpr (From == Convertible::Int32)
    return IsSigned ? double(int32_t(bits)) : double(uint32_t(bits));
  else if constexpr (From == Convertible::Int64)
    return oddInteger(bits, IsSigned);
  else if constexpr (From == Convertible::F16)
    return double(valueOf<F16>(bits));
  else if constexpr (From == Convertible::BF16)
    return double(valueOf<BF16>(bits));
  else
    return double(valueOf<float>(bits));
}

template <Convertible To, bool IsSigned, Rounding Mode>
[[gnu::always_inline]] inline uint64_t toInteger(double value) {
  double whole = integral<Mode>(value);
  if constexpr (To == Convertible::Int64)
    return sim::toInteger(whole, 64, IsSigned);
  constexpr double least = IsSigned ? -0x1p31 : 0, most = IsSigned ? 0x1p31 - 1 : 0x1p32 - 1;
  double within = whole < least ? least : whole > most ? most : whole;
  return uint32_t(int64_t(within == within ? within : 0));
}

template <Convertible From, Convertible To, bool IsSigned, Rounding Mode>
[[gnu::always_inline]] inline uint64_t converted(uint64_t bits, bool saturates) {
  double value = exactly<From, IsSigned>(bits);
  if constexpr (To == Convertible::Int32 || To == Convertible::Int64) {
    return toInteger<To, IsSigned, Mode>(value);
  } else {
    using T = std::conditional_t<To == Convertible::F16, F16, std::conditional_t<To == Convertible::BF16, BF16, float>>;
    uint64_t result = bitsOf<T>(toType<T, Mode>(value));
    return saturates ? saturated<T>(value, result) : result;
  }
}

constexpr unsigned widthOf(Convertible type) {
  return type == Convertible::Int64 ? 64 : type == Convertible::F16 || type == Convertible::BF16 ? 16 : 32;
}

/// One conversion with one rounding, for all registers of an instruction.
template <class Unit, Convertible From, Convertible To, Rounding Mode>
void convertAs(Core &core, const Instruction &at, ConvertOperands operands) {
  auto one = [saturates = operands.saturates]<bool IsSigned>(uint64_t bits) {
    return converted<From, To, IsSigned, Mode>(bits, saturates);
  };
  constexpr bool hasInteger = From <= Convertible::Int64 || To <= Convertible::Int64;
  if (hasInteger && !operands.isSigned)
    return Unit::map(
        core, at.result[0], [=](uint64_t bits) { return one.template operator()<false>(bits); }, at.operand[0]);
  if (!operands.isPair)
    return Unit::map(
        core, at.result[0], [=](uint64_t bits) { return one.template operator()<true>(bits); }, at.operand[0]);
  if constexpr (!hasInteger) {
    constexpr uint64_t low = (uint64_t(1) << widthOf(From)) - 1;
    Unit::map(
        core, at.result[0],
        [=](uint64_t pair) {
          return one.template operator()<true>(pair & low) | one.template operator()<true>(pair >> widthOf(From))
                                                                 << widthOf(To);
        },
        at.operand[0]);
  }
}

template <class Unit, Convertible From, Convertible To>
void convertWith(Core &core, const Instruction &at, ConvertOperands operands) {
  switch (operands.rounding) {
  case Rounding::ToEven:
    return convertAs<Unit, From, To, Rounding::ToEven>(core, at, operands);
  case Rounding::HalfAway:
    return convertAs<Unit, From, To, Rounding::HalfAway>(core, at, operands);
  case Rounding::Floor:
    return convertAs<Unit, From, To, Rounding::Floor>(core, at, operands);
  case Rounding::Ceil:
    return convertAs<Unit, From, To, Rounding::Ceil>(core, at, operands);
  case Rounding::ToZero:
    return convertAs<Unit, From, To, Rounding::ToZero>(core, at, operands);
  case Rounding::ToOdd:
    return convertAs<Unit, From, To, Rounding::ToOdd>(core, at, operands);
  }
}

template <class Unit, Convertible From, Convertible... To>
void addFrom(OpTables &tables, std::integer_sequence<Convertible, To...>) {
  auto name = [](Convertible type) {
    static constexpr llvm::StringLiteral names[] = {"i32", "i64", "f16", "bf16", "f32"};
    return names[unsigned(type)];
  };
  (Unit::table(tables).add("pto.convert", (name(From) + " to " + name(To)).str(),
                           Code(Unit::pipe,
                                [](Core &core, const Instruction &at) -> const Instruction * {
                                  convertWith<Unit, From, To>(core, at, at.carried<ConvertOperands>());
                                  return &at + 1;
                                })),
   ...);
}

template <class Unit>
void declareAll(OpTables &tables) {
  using enum Convertible;
  addFrom<Unit, Int32>(tables, std::integer_sequence<Convertible, F16, BF16, F32>());
  addFrom<Unit, Int64>(tables, std::integer_sequence<Convertible, F32>());
  addFrom<Unit, F16>(tables, std::integer_sequence<Convertible, Int32, BF16, F32>());
  addFrom<Unit, BF16>(tables, std::integer_sequence<Convertible, Int32, F16, F32>());
  addFrom<Unit, F32>(tables, std::integer_sequence<Convertible, Int32, Int64, F16, BF16>());
}

} // namespace

void declareConvert(OpTables &tables) {
  declareAll<OneScalar>(tables);
  declareAll<EachThread>(tables);
}

} // namespace pto::sim::PTO_SIM_BUILD
