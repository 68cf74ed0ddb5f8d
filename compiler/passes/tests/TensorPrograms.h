// Random programs on tensors, in scopes that become kernels.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pto::passes::tests {

/// Program P, whose main takes tensors a and b, a flag c and an Out tensor, all tensors 32 by 32 of FP32.
std::string randomTensorProgram(const std::vector<uint8_t> &choices);

} // namespace pto::passes::tests
