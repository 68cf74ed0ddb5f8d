// The slots of a pipe between cores: which is next, and where a tile lies in it.
#pragma once

#include "sim/ops/tiles/Tile.h"

namespace pto::sim {

/// How two vector cores share a tile.
enum class SlotSplit : uint8_t { Whole, Rows, Columns };

/// What the instruction carries that takes the next slot.
struct SlotForm {
  uint32_t counter; ///< a register: how many were taken
  uint32_t slotBytes, slots;
  TileOperand tile;                     ///< that goes there, or comes from there
  uint64_t firstByte = 0;               ///< of the first slot from the base
  uint32_t base = 0;                    ///< a register: where the first slot is
  std::optional<uint32_t> address = {}; ///< becomes the slot's address
  std::optional<uint32_t> view = {};    ///< or a view of it, in global memory
  uint32_t mustWait = 0;                ///< becomes whether the slot was taken before
  SlotSplit split = SlotSplit::Whole;
  bool halves = false;       ///< gives the tile at the address its valid part: that of each vector core
  bool isPartOfSlot = false; ///< the tile is what this vector core has of the slot
  bool keepsCounter = false; ///< another instruction counts on
};

namespace tiles {

extern const Code nextSlot;

} // namespace tiles

} // namespace pto::sim
