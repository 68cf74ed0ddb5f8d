// Copies between tiles and planes.
#include "sim/ops/tiles/Plane.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

namespace {

constexpr uint64_t baseAlignment = blockBytes;

template <class T>
[[gnu::always_inline]] inline void copySteps(uint8_t *__restrict to, int64_t toStep, const uint8_t *__restrict from,
                                             int64_t fromStep, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    std::memcpy(to + i * toStep, from + i * fromStep, sizeof(T));
}

// Out of every second place, and into it, is what conversions do: with constant steps the compiler makes vectors of it.
template <class T>
void copyStrided(uint8_t *to, int64_t toStep, const uint8_t *from, int64_t fromStep, int64_t count) {
  constexpr int64_t bytes = sizeof(T);
  if (toStep == bytes && fromStep == 2 * bytes)
    copySteps<T>(to, bytes, from, 2 * bytes, count);
  else if (toStep == 2 * bytes && fromStep == bytes)
    copySteps<T>(to, 2 * bytes, from, bytes, count);
  else
    copySteps<T>(to, toStep, from, fromStep, count);
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

namespace {

// Rows become columns, a few at a time, so that what is read and what is written both stay near.
template <class T>
void turn(uint8_t *to, int64_t toPitch, const uint8_t *from, int64_t fromPitch, int64_t rows, int64_t columns) {
  constexpr int64_t group = 16, bytes = sizeof(T);
  for (int64_t row = 0; row < rows; row += group) {
    int64_t count = std::min(group, rows - row);
    for (int64_t column = 0; column < columns; ++column)
      copySteps<T>(to + column * toPitch + row * bytes, bytes, from + row * fromPitch + column * bytes, fromPitch,
                   count);
  }
}

void turnElements(uint8_t *to, int64_t toPitch, const uint8_t *from, int64_t fromPitch, int64_t rows, int64_t columns,
                  int64_t bytes) {
  switch (bytes) {
  case 1:
    return turn<uint8_t>(to, toPitch, from, fromPitch, rows, columns);
  case 2:
    return turn<uint16_t>(to, toPitch, from, fromPitch, rows, columns);
  case 4:
    return turn<uint32_t>(to, toPitch, from, fromPitch, rows, columns);
  default:
    return turn<uint64_t>(to, toPitch, from, fromPitch, rows, columns);
  }
}

} // namespace

void gather(const Tile &tile, const uint8_t *memory, const Plane &plane, bool linesDown) {
  int64_t bytes = tile.form.bytes;
  if (std::optional<int64_t> pitch = tile.pitch(!linesDown); pitch && !tile.pitch(linesDown) && !tile.isEmpty())
    return turnElements(plane.bytes, plane.pitch, memory + tile.offsetOf(0, 0), *pitch * bytes, plane.count,
                        plane.lines, bytes);
  forEachPiece(tile, plane, linesDown, [&](int64_t offset, uint8_t *place, int64_t step, int64_t count) {
    copyElements(place, step, memory + offset, bytes, count, bytes);
  });
}

void scatter(const Tile &tile, uint8_t *memory, const Plane &plane, bool linesDown) {
  int64_t bytes = tile.form.bytes;
  if (std::optional<int64_t> pitch = tile.pitch(!linesDown); pitch && !tile.pitch(linesDown) && !tile.isEmpty())
    return turnElements(memory + tile.offsetOf(0, 0), *pitch * bytes, plane.bytes, plane.pitch, plane.lines,
                        plane.count, bytes);
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

bool charge(Core &core, const Instruction &at, const Tile &tile) {
  return core.charge(at, 1 + tile.validElements() * tile.form.bytes / int64_t(registerBytes));
}

} // namespace pto::sim
