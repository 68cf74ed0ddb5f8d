// Operations on tiles of which one may be valid where the other is not.
#pragma once

#include "sim/ops/tiles/Tile.h"
#include <array>

namespace pto::sim {

/// Values with their indices.
struct PartialPositionForm {
  std::array<TileOperand, 2> values, indices;
  TileOperand destination, destinationIndices;
  bool isLargest = false;
};

namespace tiles {

extern const Code partial, ///< carries an ElementwiseForm
    partialPosition;

} // namespace tiles

} // namespace pto::sim
