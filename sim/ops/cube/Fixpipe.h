// What the instructions that take products out of L0C carry.
#pragma once

#include "sim/machine/Arch.h"
#include "sim/ops/ScalarFloat.h"
#include "sim/ops/cube/UnitFlags.h"
#include <array>
#include <optional>

namespace pto::sim {

enum class FixpipeLayout : uint8_t { Rows, Columns, Fractals };
enum class FixpipeSplit : uint8_t { None, Rows, Columns };
enum class FixpipeRelu : uint8_t { None, Normal, Leaky };
/// What is stored.
enum class FixpipeResult : uint8_t { F32, S32, F16, BF16, S8, U8 };

struct FixpipeRule {
  bool isInteger = false; ///< the products
  bool scales = false;
  FixpipeResult result = {};
  FixpipeRelu relu = FixpipeRelu::None;
};

/// A parameter for all channels, or a table with one for each.
struct FixpipeParameter {
  uint32_t slot;
  bool isTable;
  ScalarFloat type; ///< of the one for all
};

struct FixpipeOperands {
  uint32_t source, destination, m, n, sourceStride, destinationStride;
  std::optional<FixpipeParameter> scale = {}, slope = {}; ///< of quantization, of a leaky relu
  std::optional<uint32_t> clip = {}, layoutOperand = {}, subBlock = {};
  std::optional<std::array<uint32_t, 3>> loop = {}; ///< count, strides of the source and of the destination
  MemorySpace to = {};
  FixpipeRule rule = {};
  FixpipeLayout layout = FixpipeLayout::Rows;
  FixpipeSplit split = FixpipeSplit::None;
  std::optional<bool> saturates = {}; ///< f16; what CTRL says where the instruction does not
  bool alwaysSaturates = false;       ///< f16 made of integers
  UnitFlag unitFlag = UnitFlag::Unused;
  std::optional<std::pair<unsigned, unsigned>> atomic = {}; ///< type and operation, as CTRL codes them
};

/// Nothing for the other instructions of the pipe.
std::optional<UnitsOfL0c> unitsOfFixpipe(const Core &core, const Instruction &at);

/// Whether bytes lie in one of the two tables of the fixpipe buffer; false after a fault.
bool isInFixpipeTable(Core &core, const Instruction &at, const char *verb, uint64_t address, int64_t bytes);

} // namespace pto::sim
