// Runs the selected cases and reports on them.
#pragma once

#include "harness/cli/Options.h"

namespace pto::harness {

/// The exit code of the run.
int validate(const Options &options);

} // namespace pto::harness
