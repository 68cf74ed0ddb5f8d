// How a tile's elements lie in its memory.
// A type keeps a view only where it differs from the one that shape and memory imply.
#pragma once

#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Types.h"

namespace pto::prog {

struct TileView {
  mlir::ArrayAttr validShape;
  /// Null without one.
  mlir::ArrayAttr stride;
  Dim startOffset;
  std::string blockLayout = "row_major";
  std::string scatterLayout = "none_box";
  int64_t fractal = 512;
  std::string pad = "null";
};

/// What a tile of this shape in this memory has when nothing is said about it.
TileView implicitView(mlir::ArrayAttr shape, MemorySpace memory);
/// What the type says, completed by what it implies.
TileView viewOf(TileType type);

/// The type with this view, in the one form that equal views share.
TileType tileWith(mlir::ArrayAttr shape, DType dtype, MemorySpace memory, const TileView &view,
                  mlir::DictionaryAttr memref = {});
/// The same tile elsewhere. A view that was implied by the old memory is then the one that the new memory implies.
TileType withMemory(TileType type, MemorySpace memory);

} // namespace pto::prog
