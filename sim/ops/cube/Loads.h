// What the instructions that fill L1, L0A and L0B with fractals carry.
#pragma once

#include "sim/machine/Arch.h"
#include <array>
#include <optional>

namespace pto::sim {

/// mte_gm_l1_frac: the registers of its numbers.
struct FractalStoreOperands {
  uint32_t source, destination, rows, columns, innerStride, groups, rowStride, columnStride, groupStride;
  std::optional<uint32_t> outerStride;
  uint32_t smallChannels;
  bool isTransposed; ///< the source has columns one after the other
  unsigned elementBytes;
};

/// Loads of L0A and L0B, in elements of a matrix or in fractals.
struct FractalLoadOperands {
  uint32_t source, destination;
  /// In elements: rows of the result, k, where they start in fractals. In fractals: first row and column, how many rows
  /// and columns, how many lie in a column of the source and of the destination.
  std::array<uint32_t, 6> numbers;
  bool isTile, isTransposed;
  MemorySpace to;
  unsigned elementBits;
};

/// Loads of scales.
struct ScaleLoadOperands {
  uint32_t source, destination, rows, k;
  std::optional<std::array<uint32_t, 2>> start; ///< in fractals
  MemorySpace to;
};

} // namespace pto::sim
