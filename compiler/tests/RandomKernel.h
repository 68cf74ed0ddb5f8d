// Valid kernels at random: every vector instruction that the dialect has, in every type that it takes,
// inside scopes, loops and branches.
#pragma once

#include <cstdint>
#include <string>

namespace pto::tests {

// The same seed and size give the same text. A smaller size gives a smaller kernel, down to an empty one.
std::string randomKernel(uint64_t seed, unsigned size);

} // namespace pto::tests
