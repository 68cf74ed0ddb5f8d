// What instructions carry that pick elements by index, by pattern or by order.
#pragma once

#include "sim/ops/ScalarFloat.h"
#include "sim/ops/tiles/Tile.h"
#include "llvm/ADT/SmallVector.h"

namespace pto::sim {

/// Elements of one tile, by the indices in another.
struct IndexForm {
  TileOperand source, indices, destination;
  bool toIndex = false;   ///< an index is a place of the destination, the rest of which is 0; else of the source
  int64_t unitBytes = 0;  ///< what moves at once: an element, or a block
  int64_t indexBytes = 0; ///< what an index counts
};

/// Every so many elements of a row, or every so many rows, from one on.
struct PatternForm {
  TileOperand source, destination;
  int64_t first = 0, step = 1;
  bool ofRows = false;  ///< whole rows
  bool spreads = false; ///< the destination has the pattern, and is 0 elsewhere
};

/// What becomes of an index that leaves the view.
enum class OutsideIndex : uint8_t { Undefined, Clamp, Wrap, Zero, Skip };

/// Rows or elements of a view, by the indices in a tile.
struct ViewIndexForm {
  TileOperand tile, indices;
  uint32_t view;
  bool ofRows = false;
  OutsideIndex outside = OutsideIndex::Undefined;
  unsigned atomicType = 0, atomicOperation = 0; ///< of a scatter, as CTRL codes them
};

/// Scores and their indices, or lists of records.
struct SortForm {
  llvm::SmallVector<TileOperand, 4> sources; ///< scores and indices; or lists
  TileOperand destination;
  ScalarFloat score = ScalarFloat::F32;
  std::optional<uint32_t> length = {}; ///< a register: elements of each run of the only list
  bool stopsAtEnd = false;
};

namespace tiles {

extern const Code gather, pattern, sortBlocks, mergeLists;
Code gatherView(Pipe pipe);
Code scatterView(Pipe pipe);

} // namespace tiles

} // namespace pto::sim
