// The shape of a DMA transfer: bursts, repeated in loops around them.
#pragma once

#include "sim/run/Core.h"
#include "llvm/ADT/SmallVector.h"

namespace pto::sim {

/// One level of repetition; strides are bytes from start to start.
struct DmaLevel {
  int64_t count, sourceStride, destinationStride;
};

struct DmaTransfer {
  int64_t burstBytes = 0;
  llvm::SmallVector<DmaLevel, 4> levels; ///< innermost first: nburst, then the loops

  /// How many bursts there are, saturated.
  int64_t bursts() const;
  /// Whether the last burst of the source or the destination is further away than any memory is large.
  bool leavesEverything() const;
};

/// Calls `burst(sourceOffset, destinationOffset)` for every burst in order until it returns false.
template <class Burst>
void forEachBurst(const DmaTransfer &transfer, Burst burst) {
  llvm::SmallVector<int64_t, 4> index(transfer.levels.size(), 0);
  int64_t source = 0, destination = 0;
  while (burst(source, destination)) {
    size_t level = 0;
    for (; level < index.size(); ++level) {
      const DmaLevel &at = transfer.levels[level];
      if (++index[level] < at.count) {
        source += at.sourceStride;
        destination += at.destinationStride;
        break;
      }
      source -= (at.count - 1) * at.sourceStride;
      destination -= (at.count - 1) * at.destinationStride;
      index[level] = 0;
    }
    if (level == index.size())
      return;
  }
}

} // namespace pto::sim
