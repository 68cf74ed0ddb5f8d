// What holds for a program. A pass may rely on what earlier ones have established, and must not undo it.
#pragma once

#include "compiler/dialect/program/Ops.h"
#include <string>

namespace pto::passes {

enum Property : unsigned {
  SSAForm = 1U << 0,
  FlatCalls = 1U << 1,
  Memrefs = 1U << 2,
  Addresses = 1U << 3,
  Synchronized = 1U << 4,
  NoUnrolledLoops = 1U << 5,
  NoInCoreScopes = 1U << 6,
  MemorySpaces = 1U << 7,
  ReturnOrder = 1U << 8,
  TileOps = 1U << 9,
  CallDirections = 1U << 10
};

/// Of several: `SSAForm, FlatCalls`.
std::string namesOf(unsigned properties);

/// Reports what breaks any of these properties, where it stands. Synchronized and ReturnOrder are not looked into.
mlir::LogicalResult checkProperties(prog::ProgramOp program, unsigned properties);

} // namespace pto::passes
