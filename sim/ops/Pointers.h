// How instructions count from a pointer.
#pragma once

#include "sim/memory/Touch.h"

namespace pto::sim {

/// What an access through a pointer and an offset carries: offsets count the pointer's elements.
struct PointerStep {
  uint32_t elementBytes;
  /// The pointer itself is accessed, and moved by the offset afterwards.
  bool isPostUpdate = false;
  /// Of a load whose users all leave out what the predicate in operand 2 does: the bytes of a lane, else 0.
  uint8_t maskedLaneBytes = 0;

  int64_t distance(uint64_t offset) const { return saturatedProduct(int64_t(offset), elementBytes); }
};

} // namespace pto::sim
