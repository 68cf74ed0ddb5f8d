// What stands behind the valid part of a tile.
#pragma once

#include "sim/memory/Port.h"
#include "sim/ops/tiles/Tile.h"

namespace pto::sim {

/// The bits of a tile's pad; 0 for one that says nothing of it.
uint64_t padBits(const TileForm &form);

/// Fills each line of a tile up to the end of its last 32 bytes, where the tile has a pad; false after a fault.
template <class P>
bool padLines(Port<P> &port, const Tile &tile) {
  std::optional<int64_t> pitch = tile.pitch(tile.form.order.elementsDown);
  if (tile.form.pad == TilePad::Null || tile.isEmpty() || !pitch)
    return true;
  bool down = tile.form.order.elementsDown;
  int64_t bytes = tile.form.bytes, lines = down ? tile.validColumns : tile.validRows,
          valid = (down ? tile.validRows : tile.validColumns) * bytes, lineBytes = *pitch * bytes,
          end = std::min<int64_t>((valid + blockBytes - 1) / blockBytes * blockBytes, lineBytes);
  uint64_t value = padBits(tile.form);
  for (int64_t line = 0; end > valid && line < lines; ++line) {
    uint8_t *to = port.write(
        {.space = tile.form.space, .base = tile.base, .offset = line * lineBytes + valid, .bytes = end - valid});
    if (!to)
      return false;
    for (int64_t at = 0; at < end - valid; at += bytes)
      std::memcpy(to + at, &value, size_t(bytes));
  }
  return true;
}

} // namespace pto::sim
