// Reaching into UB: addresses without overflow, bounds always, alignment and first-write tracking when checked.
#pragma once

#include "sim/run/Core.h"
#include <algorithm>
#include <limits>

namespace pto::sim {

/// base + count * size, or the nearest representable address; both lie outside of every memory then.
inline int64_t addressAt(uint64_t base, int64_t count, int64_t size) {
  __int128 address = __int128(int64_t(base)) + __int128(count) * size;
  constexpr __int128 low = std::numeric_limits<int64_t>::min(), high = std::numeric_limits<int64_t>::max();
  return int64_t(std::clamp(address, low, high));
}

template <Policy P>
bool isAligned(Core &core, const Instruction &at, int64_t address, int64_t alignment) {
  if (P == Policy::Fast || address % alignment == 0)
    return true;
  core.fault(at, Fault::Kind::Misaligned,
             "accesses " + core.ub.name() + "+0x" + llvm::Twine::utohexstr(uint64_t(address)) +
                 ", which is not a multiple of " + llvm::Twine(alignment) + " bytes");
  return false;
}

/// The bytes to read, or null after a fault.
template <Policy P>
const uint8_t *readUb(Core &core, const Instruction &at, int64_t address, int64_t bytes) {
  if (!core.ub.contains(address, bytes)) {
    core.outsideOf(at, core.ub, Access::Read, address, bytes);
    return nullptr;
  }
  if (P == Policy::Checked && !core.ub.isWritten(address, bytes))
    core.readOfUnwritten(at, core.ub, address, bytes);
  return core.ub.at(address);
}

/// The bytes to write, all of them, or null after a fault.
template <Policy P>
uint8_t *writeUb(Core &core, const Instruction &at, int64_t address, int64_t bytes) {
  if (!core.ub.contains(address, bytes)) {
    core.outsideOf(at, core.ub, Access::Write, address, bytes);
    return nullptr;
  }
  if (P == Policy::Checked)
    core.ub.markWritten(address, bytes);
  return core.ub.at(address);
}

} // namespace pto::sim
