// A pointer into global memory: which kernel argument it came from and how far into it, in one 64-bit word.
#pragma once

#include <cstdint>
#include <optional>

namespace pto::sim {

/// The upper 16 bits hold the argument's number plus one, the lower 48 a signed byte offset. An integer that never
/// was a pointer has no argument, so a pointer forged from it faults instead of reaching somebody's buffer.
struct GmPointer {
  static constexpr unsigned offsetBits = 48;
  static constexpr int64_t offsetLimit = int64_t(1) << (offsetBits - 1);
  static constexpr unsigned argumentLimit = 0xffff - 1;

  static uint64_t pack(unsigned argument, int64_t offset) {
    return (uint64_t(argument) + 1) << offsetBits | (uint64_t(offset) & ((uint64_t(1) << offsetBits) - 1));
  }
  static std::optional<unsigned> argument(uint64_t pointer) {
    unsigned owner = unsigned(pointer >> offsetBits);
    return owner == 0 ? std::nullopt : std::optional<unsigned>(owner - 1);
  }
  static int64_t offset(uint64_t pointer) {
    return static_cast<int64_t>(pointer << (64 - offsetBits)) >> (64 - offsetBits);
  }
  /// The pointer moved by `bytes`, or nothing if that is further than any buffer can be.
  static std::optional<uint64_t> advance(uint64_t pointer, int64_t bytes) {
    int64_t moved;
    if (__builtin_add_overflow(offset(pointer), bytes, &moved) || moved < -offsetLimit || moved >= offsetLimit)
      return std::nullopt;
    return (pointer >> offsetBits << offsetBits) | (uint64_t(moved) & ((uint64_t(1) << offsetBits) - 1));
  }
};

} // namespace pto::sim
