// --watch: the loop of a person who mends a kernel.
#pragma once

#include "harness/cli/Options.h"

namespace pto::harness {

/// Runs all that is selected, then what each saved file touches, until it is interrupted; the exit code of the last
/// run.
int watch(const Options &options);

} // namespace pto::harness
