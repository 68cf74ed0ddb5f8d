// What the values of options may be, said the same way for all of them: "expected …, found 'x'".
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

namespace pto::harness {

/// An integer, ends included.
CLI::Validator integerFrom(uint64_t low, uint64_t high);
/// A finite number, ends included.
CLI::Validator numberFrom(double low, double high, const std::string &unit);
/// A number of bytes, such as 512MiB or 4GiB.
CLI::Validator sizeFrom(uint64_t low);
CLI::Validator oneOf(std::vector<std::string> choices);

} // namespace pto::harness
