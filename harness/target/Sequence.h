// Kernels that a host launches one after the other over the same buffers.
#pragma once

#include "harness/target/Target.h"

namespace pto::harness {

struct LaunchPart {
  std::unique_ptr<Executable> kernel;
  std::vector<size_t> arguments; ///< of the whole, by their numbers
  uint32_t blocks = 1;
};

/// One executable that takes the arguments of all. The first that stops ends it.
std::unique_ptr<Executable> launchInOrder(std::vector<LaunchPart> parts);

} // namespace pto::harness
