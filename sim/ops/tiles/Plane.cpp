// Copies between tiles and planes.
#include "sim/ops/tiles/Plane.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

namespace {

constexpr uint64_t baseAlignment = blockBytes;

template <class T>
void copyStrided(uint8_t *to, int64_t toStep, const uint8_t *from, int64_t fromStep, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    std::memcpy(to + i * toStep, from + i * fromStep, sizeof(T));
}

/// Calls `copy(offset, place, step, count)`: what lies together in the tile, and where it is in the plane.
template <class Copy>
void forEachPiece(const Tile &tile, const Plane &plane, bool linesDown, Copy copy) {
  int64_t bytes = tile.form.bytes;
  bool isAlong = tile.form.order.elementsDown == linesDown;
  tile.forEachRun([&](int64_t offset, int64_t row, int64_t column, int64_t count) {
    int64_t line = linesDown ? column : row, element = linesDown ? row : column;
    copy(offset, plane.line(line) + element * bytes, isAlong ? bytes : plane.pitch, count);
    return true;
  });
}

} // namespace

void copyElements(uint8_t *to, int64_t toStep, const uint8_t *from, int64_t fromStep, int64_t count, int64_t bytes) {
  if (toStep == bytes && fromStep == bytes) {
    std::memcpy(to, from, size_t(count * bytes));
    return;
  }
  switch (bytes) {
  case 1:
    return copyStrided<uint8_t>(to, toStep, from, fromStep, count);
  case 2:
    return copyStrided<uint16_t>(to, toStep, from, fromStep, count);
  case 4:
    return copyStrided<uint32_t>(to, toStep, from, fromStep, count);
  default:
    return copyStrided<uint64_t>(to, toStep, from, fromStep, count);
  }
}

void gather(const Tile &tile, const uint8_t *memory, const Plane &plane, bool linesDown) {
  int64_t bytes = tile.form.bytes;
  forEachPiece(tile, plane, linesDown, [&](int64_t offset, uint8_t *place, int64_t step, int64_t count) {
    copyElements(place, step, memory + offset, bytes, count, bytes);
  });
}

void scatter(const Tile &tile, uint8_t *memory, const Plane &plane, bool linesDown) {
  int64_t bytes = tile.form.bytes;
  forEachPiece(tile, plane, linesDown, [&](int64_t offset, uint8_t *place, int64_t step, int64_t count) {
    copyElements(memory + offset, bytes, place, step, count, bytes);
  });
}

bool isSound(Core &core, const Instruction &at, const Tile &tile) {
  if (tile.base % baseAlignment != 0) {
    core.fault(at, Fault::Kind::Misaligned,
               llvm::formatv("has a tile at address {0} of {1}, which is no multiple of {2}", int64_t(tile.base),
                             name(tile.form.space), baseAlignment));
    return false;
  }
  if (tile.validRows >= 0 && tile.validColumns >= 0 && tile.validRows <= tile.rows && tile.validColumns <= tile.columns)
    return true;
  core.fault(at, Fault::Kind::Illegal,
             llvm::formatv("has a tile of {0}x{1} elements of which {2}x{3} are valid", tile.rows, tile.columns,
                           tile.validRows, tile.validColumns));
  return false;
}

} // namespace pto::sim
