// Jumps, copies and the end: what structured control flow becomes.
#pragma once

#include "sim/run/Program.h"

namespace pto::sim::control {

/// What a jump or a scope carries: the distance in instructions from itself.
struct Jump {
  int64_t distance;
};
/// What both ends of a loop carry: the same, and the width of the induction variable.
struct LoopEnd {
  int32_t distance;
  uint32_t bits;
};

extern const Code jump;
extern const Code jumpUnless; ///< operand: condition; jumps when it is false
/// Operands: lower, upper, step; result: induction variable. Sets the variable, or jumps when the loop has no
/// iteration.
extern const Code enterLoop;
/// Operands and result as enterLoop's. Steps, and jumps while the loop goes on.
extern const Code stepLoop;
/// Carries the distance to the end of the vector scope that starts here.
extern const Code enterScope;
/// What a section carries: the distance to its end, and whose it is.
struct Section {
  int32_t distance;
  CoreKind kind;
};
extern const Code enterSection; ///< jumps where the core is not of that kind
extern const Code copyScalar;   ///< operand to result
extern const Code copyWide;
extern const Code finish;

} // namespace pto::sim::control
