// A matrix product on what L0A, L0B and L0C hold: fractals of 16 rows of 32 bytes.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pto::sim {

enum class FactorType : uint8_t { S8, F16, BF16, F32, E4M3, E5M2, HiF8, E2M1, E1M2 };

inline constexpr size_t fractalRows = 16, fractalRowBytes = 32, fractalBytes = fractalRows * fractalRowBytes;

constexpr size_t bitsOf(FactorType type) {
  switch (type) {
  case FactorType::F32:
    return 32;
  case FactorType::F16:
  case FactorType::BF16:
    return 16;
  case FactorType::E2M1:
  case FactorType::E1M2:
    return 4;
  default:
    return 8;
  }
}

/// How many elements a row of a fractal has.
constexpr size_t fractalColumns(FactorType type) {
  return 8 * fractalRowBytes / bitsOf(type);
}

enum class Tf32Rounding : uint8_t { None, Even, Away };

struct MatrixProduct {
  /// One of the factors: columns of fractals over k, each with `blocks` of them below each other.
  struct Factor {
    const uint8_t *bytes;
    FactorType type;
    size_t blocks; ///< of 16 rows; 0 for a single row that lies there as it is
    /// Each 32 elements along k have one, in fractals of 16 rows of two; or null.
    const uint8_t *scales = nullptr;
  };
  Factor lhs, rhs;
  size_t k;
  /// Columns of `lhs.blocks` blocks of 16 by 16 results, each of 4 bytes; what they hold is added to.
  uint8_t *result;
  uint32_t *scratch; ///< room for `scratchWords()`
  Tf32Rounding rounding = Tf32Rounding::None;
  bool saturatesInputs = false; ///< infinities become the largest numbers, NaN becomes 0

  size_t lhsRows() const { return (lhs.blocks == 0 ? 1 : lhs.blocks) * fractalRows; }
  size_t rhsRows() const { return rhs.blocks * fractalRows; }
  size_t scratchWords() const { return (lhsRows() + rhsRows()) * k + lhsRows() * rhsRows(); }
};

/// Every element of the result is what it holds plus the products along k, one after the other. Floats are rounded
/// after every product and every sum, so that the bits are the same whatever the width of the processor's vectors;
/// integers are summed exactly, and saturate at the end.
using MultiplyFunction = void (*)(const MatrixProduct &);

} // namespace pto::sim
