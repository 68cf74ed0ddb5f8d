// How large the memories of a core are, as the public buffer limits give them.
#pragma once

#include <cstdint>

namespace pto {

/// In bytes. `scales` lie beside L0A, and beside L0B.
struct MemorySizes {
  uint32_t ub, l1, l0a, l0b, l0c, bt, fb, scales;
};

inline constexpr uint32_t kilobyte = 1024;
inline constexpr MemorySizes sizesOfA2A3 = {192 * kilobyte, 512 * kilobyte, 64 * kilobyte, 64 * kilobyte,
                                            128 * kilobyte, 1 * kilobyte,   2 * kilobyte,  0};
inline constexpr MemorySizes sizesOfA5 = {256 * kilobyte, 512 * kilobyte, 64 * kilobyte, 64 * kilobyte,
                                          256 * kilobyte, 4 * kilobyte,   4 * kilobyte,  4 * kilobyte};

} // namespace pto
