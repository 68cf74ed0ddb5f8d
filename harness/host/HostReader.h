// The host program of a folder in the public layout: what it launches over which bytes.
#pragma once

#include "harness/host/HostProgram.h"
#include "llvm/Support/Error.h"

namespace pto::harness {

/// Follows `main` of one of the sources, with these arguments and the files in `data`. The error has the place in them
/// that could not be followed: nothing is guessed.
llvm::Expected<HostProgram> followHostProgram(const std::vector<std::string> &sources,
                                              const std::vector<std::string> &arguments, const std::string &data);

} // namespace pto::harness
