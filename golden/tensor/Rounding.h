// Rounding in the modes of the instruction set, and the exact fused multiply-add of a narrow type.
#pragma once

#include "golden/tensor/DType.h"
#include <optional>
#include <string_view>

namespace pto::golden {

/// The letters are those of the instruction set's rounding operands.
enum class Rounding { NearestEven, NearestAway, Floor, Ceil, TowardsZero, ToOdd };

/// R A F C Z O.
std::optional<Rounding> parseRounding(std::string_view letter);

/// `value` rounded once to the float type `type`. A directed mode stops at the largest finite number where it
/// points that way; the nearest modes overflow to infinity.
double roundTo(DType type, double value, Rounding rounding = Rounding::NearestEven);

/// a · b + c rounded once to `type`. The operands have to be values of the type (`roundTo` leaves them alone).
double fusedMultiplyAdd(DType type, double a, double b, double c);

} // namespace pto::golden
