// Scalar floats: widened to double, computed there, rounded once to their type.
#pragma once

#include <cstdint>

namespace pto::sim {

enum class ScalarFloat : uint8_t { F16, BF16, F32, F64 };

/// Exact.
double toDouble(uint64_t bits, ScalarFloat type);

/// Rounded to nearest even; every NaN becomes the canonical quiet one.
uint64_t fromDouble(double value, ScalarFloat type);

/// An integer rounded once to the type; `isSigned` tells how to read the bits.
uint64_t fromInteger(uint64_t value, bool isSigned, ScalarFloat type);

/// Truncated toward zero. What does not fit becomes the nearest value that does, NaN becomes 0.
uint64_t toInteger(double value, unsigned bits, bool isSigned);

} // namespace pto::sim
