// Random kernels over tiles, as text: loops that carry tiles, branches, breaks, views, changes in place.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pto::passes::tests {

/// Every choice takes a byte; when they are used up, every choice is the first.
std::string randomTileKernel(const std::vector<uint8_t> &choices);

} // namespace pto::passes::tests
