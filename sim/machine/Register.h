// A 256-byte register: vector data, or a predicate spread out to one byte per bit.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pto::sim {

inline constexpr size_t registerBytes = 256;
inline constexpr size_t blockBytes = 32; ///< a lane group, and the unit of alignment in UB

/// A predicate has 256 bits, one for each byte of a vector register; lane i of N-byte data is bit N*i. Here each
/// bit is a byte that is 0 or 1, so that lane i of the data and lane i of its predicate sit at the same place and
/// a masked loop over lanes vectorizes.
struct alignas(64) Register {
  uint8_t bytes[registerBytes];
};

} // namespace pto::sim
