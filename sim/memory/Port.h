// The one way from an instruction to a memory. It enforces bounds, and tells the policy of its engine of each touch.
#pragma once

#include "sim/memory/Touch.h"
#include "sim/run/Core.h"
#include "sim/run/Machine.h"

namespace pto::sim {

/// The way to a range that is not wholly inside the open memory, and the words for what goes wrong there. Nothing here
/// takes a range whole, so that a handler that goes well need not make one.
namespace edge {

/// Opens the memory at the first access to it. Whether the range is inside then; false after a fault.
[[gnu::cold]] bool isInside(Core &core, const Instruction &at, Access access, Core *owner, MemorySpace space,
                            int64_t address, int64_t bytes);
/// The same for the lanes of a write that touch memory; the others may be outside. Nothing if there are none.
[[gnu::cold]] std::optional<bool> isInside(Core &core, const Instruction &at, Core *owner, MemorySpace space,
                                           int64_t address, int64_t bytes, Lanes lanes);
std::nullptr_t outsideOfGlobal(Core &core, const Instruction &at, Access access, uint64_t pointer, int64_t bytes);

} // namespace edge

template <class Policy>
class Port {
public:
  Port(Core &core, const Instruction &at) : core(core), at(at) {}

  // The bytes of a range, or null after a fault.
  [[gnu::always_inline]] const uint8_t *read(const Range &range) { return reach(Access::Read, range); }
  /// All of them will be written, but for those that the range's lanes leave out.
  [[gnu::always_inline]] uint8_t *write(const Range &range) { return reach(Access::Write, range); }
  [[gnu::always_inline]] uint8_t *update(const Range &range) { return reach(Access::Update, range); }

  /// Whether all of a range is inside its memory, of which nobody hears.
  bool holds(const Range &range) const {
    if (range.space != MemorySpace::Gm)
      return core.memory(range.space).contains(localAddress(range.base, range.offset), range.bytes);
    std::optional<uint64_t> pointer = GmPointer::advance(range.base, range.offset);
    return pointer && core.machine.gm.find(*pointer, range.bytes);
  }

private:
  [[gnu::always_inline]] uint8_t *reach(Access access, const Range &range) {
    return range.space == MemorySpace::Gm ? reachGlobal(access, range) : reachLocal(access, range);
  }

  [[gnu::always_inline]] uint8_t *reachLocal(Access access, const Range &range) {
    LocalMemory &memory = range.ownerOr(core).memory(range.space);
    int64_t address = localAddress(range.base, range.offset);
    if (!memory.contains(address, range.bytes)) [[unlikely]] {
      if (access == Access::Read || !range.lanes.mask) {
        if (!edge::isInside(core, at, access, range.owner, range.space, address, range.bytes))
          return nullptr;
      } else {
        std::optional<bool> inside =
            edge::isInside(core, at, range.owner, range.space, address, range.bytes, range.lanes);
        if (!inside)
          return core.sink.bytes;
        if (!*inside)
          return nullptr;
      }
    }
    if (access != Access::Read)
      memory.noteWrite(address + range.bytes);
    return tell({at, access, range, uint64_t(address)}) ? memory.at(address) : nullptr;
  }

  uint8_t *reachGlobal(Access access, const Range &range) {
    std::optional<uint64_t> pointer = core.movedGm(at, range.base, range.offset);
    if (!pointer)
      return nullptr;
    uint8_t *bytes = core.machine.gm.find(*pointer, range.bytes);
    if (!bytes)
      return edge::outsideOfGlobal(core, at, access, *pointer, range.bytes);
    return tell({at, access, range, *pointer}) ? bytes : nullptr;
  }

  [[gnu::always_inline]] bool tell(const Touch &touch) {
    if constexpr (isSeen<Policy>)
      return Policy::see(core, touch);
    else
      return true;
  }

  Core &core;
  const Instruction &at;
};

// The policies.

namespace checks {

[[gnu::cold]] bool misaligned(Core &core, const Instruction &at, MemorySpace space, int64_t address, int64_t alignment);
/// What is touched is written from now on, and what orders the accesses to it is looked at.
void seeRuns(Core &core, const Touch &touch);
[[gnu::cold]] void readOfUnwritten(Core &core, const Touch &touch);

} // namespace checks

[[gnu::always_inline]] inline bool Checked::see(Core &core, const Touch &touch) {
  const Range &range = touch.range;
  int64_t address = int64_t(touch.address);
  if (range.alignment > 1 && address % range.alignment != 0) [[unlikely]]
    return checks::misaligned(core, touch.instruction, range.space, address, range.alignment);
  bool isGlobal = range.space == MemorySpace::Gm;
  if (touch.access != Access::Write) {
    if (isGlobal)
      core.machine.noteRead(touch.instruction, touch.address);
    else if (const LocalMemory &memory = range.ownerOr(core).memory(range.space);
             !(range.isTail ? memory.isPartlyWritten(address, range.bytes) : memory.isWritten(address, range.bytes)))
        [[unlikely]]
      checks::readOfUnwritten(core, touch);
  }
  checks::seeRuns(core, touch);
  return true;
}

inline bool Traced::see(Core &core, const Touch &touch) {
  if (!Checked::see(core, touch))
    return false;
  core.machine.onTouch(core, touch);
  return true;
}

} // namespace pto::sim
