// What an instruction does to a memory, as the port and its policies see it.
#pragma once

#include "sim/machine/Arch.h"
#include <bit>
#include <cstdint>
#include <cstring>

namespace pto::sim {

class Core;
struct Instruction;

/// An update reads what it replaces, as an atomic store does.
enum class Access : uint8_t { Read, Write, Update };

/// What stands for a number that 64 bits do not hold: the furthest one, outside of all memories. Apart, so that the
/// compiler makes no code of its own for it.
[[gnu::cold]] int64_t furthest(bool isNegative);

inline int64_t saturatedProduct(int64_t a, int64_t b) {
  int64_t product;
  return __builtin_mul_overflow(a, b, &product) ? furthest((a < 0) != (b < 0)) : product;
}

/// An address in a core's own memory.
inline int64_t localAddress(uint64_t base, int64_t offset) {
  int64_t sum;
  return __builtin_add_overflow(int64_t(base), offset, &sum) ? furthest(offset < 0) : sum;
}

/// The predicate of a range, which leaves out some of its elements.
struct Lanes {
  const uint8_t *mask = nullptr; ///< a predicate register; without one all elements are touched
  uint8_t width = 1;             ///< of a lane in the registers: how far its bit of the mask is from the next one's
  uint8_t bytes = 1;             ///< of an element in memory

  /// Elements of the type `Stored` from registers with lanes of the type `Lane`.
  template <class Lane, class Stored>
  static constexpr Lanes of(const uint8_t *mask) {
    return {mask, sizeof(Lane), sizeof(Stored)};
  }

  bool isActive(int64_t element) const { return !mask || (mask[element * width] & 1) != 0; }
  /// Whether none of the elements is left out.
  bool areAllActive(int64_t elements) const;
};

/// Bytes in a row that an instruction touches at once, and what is asked of them. What an instruction touches in
/// several places, the bursts of a transfer or the blocks of a load with a stride, are as many ranges.
struct Range {
  MemorySpace space;
  uint64_t base;      ///< an address, in gm a GmPointer
  int64_t offset = 0; ///< of the first byte from there
  int64_t bytes;
  int64_t alignment = 1;
  /// A read that reaches past what was written, where a predicate will hide it: one written byte is enough.
  bool isTail = false;
  /// Those of a write leave bytes alone; what those of a read leave out is read, and nobody looks at it.
  Lanes lanes = {};
  /// Of an update by an atomic instruction: its operation and type. Those of a transfer are in CTRL.
  uint16_t atomic = 0;
  static constexpr uint16_t exchanges = 0x200; ///< of `atomic`: what is written does not depend on what was there
  /// Where the bytes that are written were read, by an instruction that only moves them.
  const Range *source = nullptr;
  /// Whose memory it is; null for the memory of the core that executes the instruction, and in gm.
  Core *owner = nullptr;

  Core &ownerOr(Core &executing) const { return owner ? *owner : executing; }
};

/// Whether two updates give the same in either order; they are told by operation and type.
inline bool commute(unsigned first, unsigned second) {
  return first == second && !(first & Range::exchanges);
}

struct Touch {
  const Instruction &instruction; ///< its code knows the pipe
  Access access;
  const Range &range;
  uint64_t address; ///< of the range's first byte, in gm a GmPointer

  /// Calls `run(address, bytes)` for every longest row of bytes that are touched.
  template <class Run>
  void forEachRun(Run run) const {
    const Lanes &lanes = range.lanes;
    int64_t count = range.bytes >> std::countr_zero(lanes.bytes);
    if (!lanes.mask || lanes.areAllActive(count)) {
      run(address, range.bytes);
      return;
    }
    for (int64_t first = 0; first < count;) {
      int64_t end = first;
      while (end < count && lanes.isActive(end))
        ++end;
      if (end > first)
        run(address + uint64_t(first * lanes.bytes), (end - first) * lanes.bytes);
      first = end + 1;
    }
  }
};

} // namespace pto::sim
