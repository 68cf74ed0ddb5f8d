// A DMA transfer: bursts, repeated in loops around them, and what is put around them in UB.
#pragma once

#include "sim/memory/Touch.h"
#include "sim/ops/ScalarFloat.h"
#include "sim/run/Core.h"
#include "llvm/ADT/SmallVector.h"

namespace pto::sim {

/// What the instruction carries: the registers that hold the transfer's numbers.
struct DmaOperands {
  /// One level of repetition: how often, and the strides (or gaps).
  struct Level {
    uint32_t count, sourceStride, destinationStride;
  };
  struct Pad {
    uint32_t value;
    unsigned valueBytes;
    std::optional<uint32_t> left, right; ///< counts of the value
  };

  /// Of the older copies: registers that hold bytes, and the bit that asks for the value in its register.
  struct OlderPad {
    uint32_t left, right, select;
  };

  uint32_t source, destination, burstLength;
  llvm::SmallVector<Level, 1> levels = {}; ///< innermost first: nburst, then the loops
  std::optional<Pad> pad = std::nullopt;
  unsigned elementBytes = 0; ///< of the source
  std::optional<OlderPad> olderPad = std::nullopt;
  /// The older copies have more loops in registers of their own.
  CopyLoops CopyRegisters::*loops = nullptr;
  std::optional<uint32_t> partner = std::nullopt;    ///< the number of the vector core whose UB is written
  std::optional<ScalarFloat> widened = std::nullopt; ///< to f32
};

/// How wide an instruction's fields are; what does not fit cannot be encoded.
struct DmaField {
  const char *name;
  unsigned bits;
};
struct DmaFields {
  DmaField burstLength, sourceStride, destinationStride;
};

struct DmaTransfer {
  /// Strides are bytes from start to start.
  struct Level {
    int64_t count, sourceStride, destinationStride;
  };
  /// What stands around a burst in its row of UB.
  struct Padding {
    int64_t elementBytes = 1, left = 0, right = 0;
    std::optional<uint64_t> value;

    /// Left pad, right pad and filler up to the next block: all with the value, or, without one, with the first
    /// element of the burst.
    void surround(uint8_t *row, const uint8_t *burst, int64_t burstBytes, int64_t rowBytes) const;
  };

  uint64_t source, destination;
  int64_t burstBytes;
  llvm::SmallVector<Level, 4> levels;
  Padding padding;

  /// Out of the registers, or nothing after a fault: a number that does not fit its field.
  static std::optional<DmaTransfer> read(Core &core, const Instruction &at, const DmaFields &fields);

  /// Calls `burst(source, destination)` for every burst in order until it returns false. The ranges have the burst's
  /// length, and start at blocks in a core's memory. Returns what the handler has to: the next instruction, or null
  /// after a fault.
  template <class Burst>
  const Instruction *run(Core &core, const Instruction &at, MemorySpace from, MemorySpace to, Burst burst) const {
    if (isEmpty())
      return &at + 1;
    auto range = [&](MemorySpace space, uint64_t base, int64_t offset) {
      int64_t alignment = space == MemorySpace::Gm ? 1 : int64_t(blockBytes);
      return Range{.space = space, .base = base, .offset = offset, .bytes = burstBytes, .alignment = alignment};
    };
    bool isDone = mayRun(core, at) && forEachBurst([&](int64_t sourceOffset, int64_t destinationOffset) {
                    Range read = range(from, source, sourceOffset), written = range(to, destination, destinationOffset);
                    written.source = &read;
                    return burst(read, written);
                  });
    return isDone ? &at + 1 : nullptr;
  }

private:
  bool isEmpty() const;
  bool mayRun(Core &core, const Instruction &at) const;

  template <class Burst>
  bool forEachBurst(Burst burst) const {
    llvm::SmallVector<int64_t, 4> index(levels.size(), 0);
    int64_t fromSource = 0, fromDestination = 0;
    while (burst(fromSource, fromDestination)) {
      size_t level = 0;
      for (; level < index.size(); ++level) {
        const Level &at = levels[level];
        if (++index[level] < at.count) {
          fromSource += at.sourceStride;
          fromDestination += at.destinationStride;
          break;
        }
        fromSource -= (at.count - 1) * at.sourceStride;
        fromDestination -= (at.count - 1) * at.destinationStride;
        index[level] = 0;
      }
      if (level == index.size())
        return true;
    }
    return false;
  }
};

} // namespace pto::sim
