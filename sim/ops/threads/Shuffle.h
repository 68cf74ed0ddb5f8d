// What shuffles carry.
#pragma once

#include <cstdint>

namespace pto::sim {

/// How many lanes exchange values with each other: 16 or 32.
struct ShuffleWidth {
  uint32_t lanes;
};

} // namespace pto::sim
