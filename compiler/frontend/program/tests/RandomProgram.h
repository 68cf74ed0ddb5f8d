// Random well-typed programs, as text.
// Generated from the bytes of a seed, so that RapidCheck can shrink them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pto::frontend::tests {

/// Every choice takes a byte; when they are used up, every choice is the first.
std::string randomProgram(const std::vector<uint8_t> &choices);

} // namespace pto::frontend::tests
