// A memory inside a core: zero at the start, bounded, and aware of which bytes were ever written. Its bytes are reached
// through the port only.
#pragma once

#include "sim/machine/Arch.h"
#include "sim/machine/Register.h"
#include <cstdint>
#include <cstring>

namespace pto::sim {

class LocalMemory {
public:
  /// One without room takes no access at all.
  LocalMemory() = default;
  LocalMemory(MemorySpace space, int64_t capacity) : space(space), room(capacity) {}
  LocalMemory(const LocalMemory &) = delete;
  LocalMemory &operator=(LocalMemory &&other) noexcept;
  ~LocalMemory();

  llvm::StringRef name() const { return sim::name(space); }
  int64_t capacity() const { return room; }

  /// A memory takes no room of the host before the first access to it; until then it contains nothing.
  bool isOpen() const { return size != 0; }
  void open();

  /// Whether [address, address + count) lies inside; never overflows.
  bool contains(int64_t address, int64_t count) const {
    return address >= 0 && count >= 0 && address <= size && count <= size - address;
  }

  // Which bytes were written, as far as a policy keeps track.
  void markWritten(int64_t address, int64_t count) {
    noteWrite(address + count);
    std::memset(written + address, 1, size_t(count));
  }
  bool isWritten(int64_t address, int64_t count) const {
    return count == 0 || std::memchr(written + address, 0, size_t(count)) == nullptr;
  }
  bool isPartlyWritten(int64_t address, int64_t count) const {
    return std::memchr(written + address, 1, size_t(count)) != nullptr;
  }
  uint8_t *writtenAt(int64_t address) { return written + address; }

  /// Back to the state at kernel start.
  void clear();

private:
  template <class Policy>
  friend class Port;

  uint8_t *at(int64_t address) { return bytes + address; }
  void noteWrite(int64_t end) {
    if (end > used) [[unlikely]]
      used = end < size ? end : size;
  }

  MemorySpace space = MemorySpace::Gm;
  int64_t room = 0;
  int64_t size = 0; ///< of the room, once it is open
  int64_t used = 0; ///< nothing from here on was written
  // Both lie between margins that a register which is masked at the edge of the memory may touch, but does not change.
  uint8_t *bytes = nullptr, *written = nullptr;
};

} // namespace pto::sim
