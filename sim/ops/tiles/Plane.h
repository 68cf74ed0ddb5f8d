// What an instruction computes on: the valid part of a tile as lines, one after the other, whatever its layout is. A
// tile that lies like this is used where it is; any other is copied.
#pragma once

#include "sim/memory/Port.h"
#include "sim/ops/tiles/Tile.h"

namespace pto::sim {

/// Lines of `count` elements: the rows of a tile, or its columns.
template <class Byte>
struct PlaneOf {
  Byte *bytes = nullptr;
  int64_t lines = 0, count = 0;
  int64_t pitch = 0; ///< bytes from line to line
  bool isCopy = false;

  Byte *line(int64_t index) const { return bytes + index * pitch; }
  explicit operator bool() const { return bytes; }
};
using Plane = PlaneOf<uint8_t>;
using ConstPlane = PlaneOf<const uint8_t>;

/// Steps are bytes.
void copyElements(uint8_t *to, int64_t toStep, const uint8_t *from, int64_t fromStep, int64_t count, int64_t bytes);

/// A register's worth of the same few bytes.
inline void repeat(uint8_t *to, const uint8_t *from, size_t bytes) {
  std::memcpy(to, from, bytes);
  for (size_t done = bytes; done < registerBytes; done *= 2)
    std::memcpy(to + done, to, std::min(done, registerBytes - done));
}

/// Between a tile and the plane that is a copy of it.
void gather(const Tile &tile, const uint8_t *memory, const Plane &plane, bool linesDown);
void scatter(const Tile &tile, uint8_t *memory, const Plane &plane, bool linesDown);

/// Whether a tile can be what its registers say; else a fault.
bool isSound(Core &core, const Instruction &at, const Tile &tile);

/// Takes out of the budget what an instruction on a tile that is sound takes.
bool charge(Core &core, const Instruction &at, const Tile &tile);

/// The tiles of one instruction.
template <class P>
class TilePort {
public:
  TilePort(Core &core, const Instruction &at) : core(core), at(at), port(core, at) { core.tileScratch.restart(); }

  /// Nothing after a fault.
  ConstPlane read(const Tile &tile, bool linesDown = false, bool alwaysCopy = false) {
    const uint8_t *memory = nullptr;
    if (!isSound(core, at, tile) || !touch(
                                        tile, [&](const Range &range) { return port.read(range); }, memory))
      return {};
    Plane plane = planeOf(tile, linesDown, const_cast<uint8_t *>(memory), alwaysCopy);
    if (plane.isCopy)
      gather(tile, memory, plane, linesDown);
    return {plane.bytes, plane.lines, plane.count, plane.pitch, plane.isCopy};
  }

  /// For a result; what is written there reaches the tile with `close`. With `updates` it starts as what is there.
  Plane open(const Tile &tile, bool linesDown = false, bool updates = false) {
    const uint8_t *memory = nullptr;
    auto reach = [&](const Range &range) -> const uint8_t * {
      return updates ? port.update(range) : port.write(range);
    };
    if (!isSound(core, at, tile) || !touch(tile, reach, memory))
      return {};
    target = const_cast<uint8_t *>(memory);
    Plane plane = planeOf(tile, linesDown, target, false);
    if (plane.isCopy && updates)
      gather(tile, memory, plane, linesDown);
    return plane;
  }
  void close(const Tile &tile, const Plane &plane, bool linesDown = false) {
    if (plane.isCopy)
      scatter(tile, target, plane, linesDown);
  }

  /// All that is valid as it lies there, from the base on; null after a fault.
  const uint8_t *readInPlace(const Tile &tile) {
    const uint8_t *memory = nullptr;
    bool isThere = isSound(core, at, tile) && touch(
                                                  tile, [&](const Range &range) { return port.read(range); }, memory);
    return isThere ? memory : nullptr;
  }
  uint8_t *openInPlace(const Tile &tile, bool updates) {
    const uint8_t *memory = nullptr;
    auto reach = [&](const Range &range) -> const uint8_t * {
      return updates ? port.update(range) : port.write(range);
    };
    return isSound(core, at, tile) && touch(tile, reach, memory) ? const_cast<uint8_t *>(memory) : nullptr;
  }

  Port<P> &memory() { return port; }

private:
  // An empty tile has no line, and still a plane that says so.
  Plane planeOf(const Tile &tile, bool linesDown, uint8_t *memory, bool alwaysCopy) {
    Plane plane{.lines = linesDown ? tile.validColumns : tile.validRows,
                .count = linesDown ? tile.validRows : tile.validColumns};
    std::optional<int64_t> pitch = tile.pitch(linesDown);
    plane.isCopy = !pitch || alwaysCopy || tile.isEmpty();
    plane.pitch = (plane.isCopy ? plane.count : *pitch) * tile.form.bytes;
    plane.bytes =
        plane.isCopy ? core.tileScratch.take(size_t(plane.lines * plane.pitch)) : memory + tile.offsetOf(0, 0);
    return plane;
  }

  // Touches all that is valid, in as few ranges as there are; `memory` becomes where the tile's base is.
  template <class Reach>
  bool touch(const Tile &tile, Reach reach, const uint8_t *&memory) {
    int64_t begin = 0, end = 0;
    auto flush = [&] {
      if (begin == end)
        return true;
      const uint8_t *bytes = reach(Range{
          .space = tile.form.space, .base = tile.base, .offset = begin, .bytes = end - begin, .owner = tile.owner});
      if (bytes && !memory)
        memory = bytes - begin;
      return bytes != nullptr;
    };
    bool isDone = tile.forEachRun([&](int64_t offset, int64_t, int64_t, int64_t count) {
      if (offset != end) {
        if (!flush())
          return false;
        begin = offset;
      }
      end = offset + count * tile.form.bytes;
      return true;
    });
    return isDone && flush();
  }

  Core &core;
  const Instruction &at;
  Port<P> port;
  uint8_t *target = nullptr;
};

} // namespace pto::sim
