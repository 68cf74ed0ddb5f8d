// How a tile's elements lie in its memory.
#pragma once

#include "compiler/dialect/layout/Dim.h"
#include <cstdint>
#include <string>

#include "compiler/dialect/layout/Layout.h.inc"

namespace pto::layout {

struct TileLayout {
  /// The part whose elements count; the rest is padding.
  Dims validShape;
  /// Of the boxes.
  Order block = Order::RowMajor;
  /// Within a box.
  Order inner = Order::NoneBox;
  /// Bytes of a box.
  int64_t fractal = 512;
  Pad pad = Pad::Null;

  bool operator==(const TileLayout &) const = default;
};
llvm::hash_code hash_value(const TileLayout &layout);

/// For messages: `null, zero, max, min`.
template <typename Enum>
std::string wordsOf() {
  std::string words;
  for (uint32_t i = 0; !stringifyEnum(static_cast<Enum>(i)).empty(); ++i)
    words += (i ? ", " : "") + stringifyEnum(static_cast<Enum>(i)).str();
  return words;
}

} // namespace pto::layout
