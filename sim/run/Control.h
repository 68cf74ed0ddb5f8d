// Jumps, copies and the end: what structured control flow becomes.
#pragma once

#include "sim/run/Program.h"

namespace pto::sim::control {

// Distances are in instructions, from the one that jumps.
extern const Handlers jump;       ///< by the immediate
extern const Handlers jumpUnless; ///< operand: condition; by the immediate when it is false
/// Operands: lower, upper, step; results: induction variable, and in place of a register the width of all of them.
/// Sets the variable, or jumps by the immediate when the loop has no iteration.
extern const Handlers enterLoop;
/// Operands and results as enterLoop's. Steps, and jumps by the immediate while the loop goes on.
extern const Handlers stepLoop;
extern const Handlers copyScalar; ///< operand to result
extern const Handlers copyWide;
extern const Handlers finish;

} // namespace pto::sim::control
