// The mutate command: does a case notice small mistakes in its kernel?
#pragma once

#include "harness/cli/Options.h"

namespace pto::harness {

/// Runs the selected cases, then every mutant of their kernels, and prints what became of them; the exit code.
int mutate(const Options &options);

} // namespace pto::harness
