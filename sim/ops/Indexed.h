// What loads and stores of blocks carry.
#pragma once

#include <cstdint>

namespace pto::sim {

/// The scalar registers that hold the strides, and the bytes of a lane.
struct BlockStrides {
  uint32_t block : 28, laneBytes : 4;
  uint32_t repeat;
};

} // namespace pto::sim
