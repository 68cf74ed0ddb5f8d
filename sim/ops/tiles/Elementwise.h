// Instructions that compute each element of a tile from those at its place in others. What an element becomes is said
// where the vector instruction is declared; here it is done for whole tiles, 256 bytes at a time.
#pragma once

#include "sim/ops/ScalarFloat.h"
#include "sim/ops/tiles/Tile.h"
#include "llvm/ADT/SmallVector.h"

namespace pto::sim {

/// Where the elements of a line come from.
enum class ElementSource : uint8_t {
  Same,        ///< the same place of a tile
  Scalar,      ///< one for all
  PerRow,      ///< of a tile with one for each row
  PerRunOfRow, ///< of a tile with 32 bytes for each row, which repeat
  PerColumn,   ///< of a tile's first row
};

struct TileInput {
  ElementSource source = ElementSource::Same;
  TileOperand tile;    ///< or
  uint32_t scalar = 0; ///< a register
  uint32_t wide = 0;   ///< of the vector instruction: where it takes them
};

/// What such an instruction carries.
struct ElementwiseForm {
  Instruction vector; ///< on registers that nothing else uses
  uint32_t mask;      ///< of these, the one that has to have all lanes
  llvm::SmallVector<TileInput, 3> inputs;
  TileOperand destination;
  std::optional<uint64_t> neither = {}; ///< of tpart*: the bits of an element that no operand has

  explicit ElementwiseForm(const Code &code) : vector(code) {}
};

} // namespace pto::sim
