// Where the host's memory for a core's memories comes from.
#include "sim/memory/LocalMemory.h"
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace pto::sim {

namespace {

constexpr int64_t margin = registerBytes;

/// Zeroed memory that was used before: its pages are there, while those of new memory cost more than a small kernel.
class Spares {
public:
  uint8_t *take(size_t count) {
    for (Spare &spare : kept)
      if (spare.count == count) {
        uint8_t *bytes = spare.bytes.release();
        spare = std::move(kept.back());
        kept.pop_back();
        return bytes;
      }
    if (void *bytes = std::calloc(count, 1))
      return static_cast<uint8_t *>(bytes);
    throw std::bad_alloc();
  }

  /// `bytes` are zero again.
  void giveBack(uint8_t *bytes, size_t count) {
    std::unique_ptr<uint8_t, Free> owned(bytes);
    if (kept.size() < limit)
      kept.push_back({count, std::move(owned)});
  }

private:
  static constexpr size_t limit = 16;
  struct Free {
    void operator()(uint8_t *bytes) const { std::free(bytes); }
  };
  struct Spare {
    size_t count;
    std::unique_ptr<uint8_t, Free> bytes;
  };
  std::vector<Spare> kept;
};

thread_local Spares spares;

} // namespace

LocalMemory &LocalMemory::operator=(LocalMemory &&other) noexcept {
  std::swap(space, other.space);
  std::swap(room, other.room);
  std::swap(size, other.size);
  std::swap(used, other.used);
  std::swap(bytes, other.bytes);
  std::swap(written, other.written);
  return *this;
}

LocalMemory::~LocalMemory() {
  if (!isOpen())
    return;
  clear();
  for (uint8_t *owned : {bytes, written})
    spares.giveBack(owned - margin, size_t(size + 2 * margin));
}

void LocalMemory::open() {
  if (room == 0 || isOpen())
    return;
  for (uint8_t **owned : {&bytes, &written})
    *owned = spares.take(size_t(room + 2 * margin)) + margin;
  size = room;
}

void LocalMemory::clear() {
  if (used == 0)
    return;
  std::memset(bytes, 0, size_t(used));
  std::memset(written, 0, size_t(used));
  used = 0;
}

} // namespace pto::sim
