// Jumps, copies and the end: what structured control flow becomes.
#pragma once

#include "sim/run/Program.h"

namespace pto::sim::control {

/// What a jump or a scope carries: the distance in instructions from itself, and of a scope how many registers of
/// either kind it needs at once.
struct Jump {
  int32_t distance;
  uint16_t vectors = 0, predicates = 0;
};
/// What both ends of a loop carry: the same, the width of the induction variable, and whether it is in a vector scope.
struct LoopEnd {
  int32_t distance;
  uint16_t bits;
  bool isHardware = false;
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
