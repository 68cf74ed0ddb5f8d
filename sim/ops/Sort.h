// What a merge of sorted lists carries.
#pragma once

#include <array>
#include <cstdint>

namespace pto::sim {

/// The scalar registers that hold its numbers.
struct MergeOperands {
  uint32_t destination;
  std::array<uint32_t, 4> lists;
  uint32_t lengths, config;
};

/// Where the counts of the last merge go.
struct MergeCounts {
  std::array<uint32_t, 4> slots;
};

} // namespace pto::sim
