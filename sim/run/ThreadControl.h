// Branches, loops and the end, for a warp: all of its lanes go the same way, and a mask says which of them execute.
#pragma once

#include "sim/run/Program.h"

namespace pto::sim::threads {

/// What they carry: the distance in instructions from itself, to where a warp goes that has no lane left, and where the
/// lanes from before the branch or loop are kept.
struct Branch {
  int32_t distance;
  uint32_t mask;
};
/// What both ends of a loop carry besides, which is too much for an instruction: a pointer to it.
struct Loop {
  Branch branch;
  uint32_t bits; ///< of the induction variable
};

extern const Code split;       ///< operand: condition; keeps the lanes, and leaves those where it holds
extern const Code splitElse;   ///< operand: condition; leaves those of the kept lanes where it does not hold
extern const Code join;        ///< the kept lanes execute again
extern const Code keepLanes;   ///< before a loop
extern const Code leaveUnless; ///< operand: condition; lanes where it does not hold wait for the join
extern const Code jump;
/// Operands: lower, upper, step; result: induction variable. Keeps the lanes.
extern const Code enterLoop;
/// Operands and result as enterLoop's. Steps; lanes whose loop is over wait for the join.
extern const Code stepLoop;
extern const Code copy; ///< operand to result, in the lanes that execute
extern const Code end;

} // namespace pto::sim::threads
