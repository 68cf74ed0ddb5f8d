// The flags by which products and fixpipe hand each other parts of L0C.
#pragma once

#include "sim/run/Core.h"

namespace pto::sim {

enum class UnitFlag : uint8_t { Unused, Check, CheckAndChange };

/// What an instruction does with the unit flags of a part of L0C.
struct UnitsOfL0c {
  UnitFlag use;
  uint64_t address;
  size_t bytes;
};

/// A product waits until fixpipe has taken what lies there, fixpipe until a product is there. False after a fault:
/// cores run in program order, so that nothing would change a flag any more.
bool checkUnitFlags(Core &core, const Instruction &at, UnitFlag use, uint64_t address, size_t bytes);
/// Done with them: a product is there, or has been taken.
void changeUnitFlags(Core &core, const Instruction &at, UnitFlag use, uint64_t address, size_t bytes);

/// Whether an instruction waits for no unit flag: one may start then.
bool allowedByUnitFlags(Core &core, const Instruction &at);

} // namespace pto::sim
