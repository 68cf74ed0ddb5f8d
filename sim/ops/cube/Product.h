// What the instructions that multiply matrices carry.
#pragma once

#include "sim/ops/cube/MatrixProduct.h"
#include "sim/ops/cube/UnitFlags.h"

namespace pto::sim {

struct ProductOperands {
  // Registers.
  uint32_t lhs, rhs, destination, m, n, k;
  std::optional<uint32_t> bias = {}; ///< what sums start from, instead of 0
  bool accumulates = false;          ///< they start from what is there
  bool isScaled = false;
  bool takesRow = true;               ///< a single row of the left factor lies there as it is
  std::optional<bool> saturates = {}; ///< what CTRL says where the instruction does not
  UnitFlag unitFlag = UnitFlag::Unused;
  Tf32Rounding rounding = Tf32Rounding::None;
  FactorType lhsType = {}, rhsType = {};
  MultiplyFunction multiply = {};
};

/// NaN has one pattern, whatever went in.
void finishProduct(uint8_t *result, size_t count, bool saturates);

/// Nothing for what is no such instruction.
std::optional<UnitsOfL0c> unitsOfProduct(const Core &core, const Instruction &at);

} // namespace pto::sim
