// The registers that the older copies take their loops and their padding from.
#pragma once

#include <array>
#include <cstdint>

namespace pto::sim {

/// Two loops around the bursts of a copy in one direction, the inner one first.
struct CopyLoops {
  struct Loop {
    int64_t count = 1, sourceStride = 0, destinationStride = 0;
  };
  std::array<Loop, 2> loops = {};
};

struct CopyRegisters {
  CopyLoops gmToUb, ubToGm;
  uint64_t padValue = 0;
};

} // namespace pto::sim
