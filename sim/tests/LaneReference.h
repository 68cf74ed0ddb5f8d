// What the lanes of an instruction should be, worked out one at a time with LLVM's APFloat, 128-bit integers and long
// doubles: nothing here is shared with the code under test.
#pragma once

#include "sim/ops/OpTable.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace pto::sim::testing {

unsigned bitsOf(LaneType type);
bool isFloat(LaneType type);

struct LaneOp {
  std::string name;
  /// The operands in order: v a vector, s a scalar, c a predicate that is data, m the mask.
  std::string operands;
  /// One lane: the bits of the operands but for the mask, and the bits of the result. A second result, a predicate,
  /// is the bit above the lane's 32.
  std::function<uint64_t(LaneType, llvm::ArrayRef<uint64_t>)> lane;
  bool hasCarry = false;
  bool shiftsByScalar = false; ///< the scalar is an i16 count
};

const std::vector<LaneOp> &laneOps();

/// exp in the type, rounded once from long double; subnormals are zeros.
uint64_t expReference(LaneType type, uint64_t bits);
long double toLongDouble(LaneType type, uint64_t bits);

} // namespace pto::sim::testing
