// The operations that kernels can use, as their author reads of them: what they compute, how they are written, what of
// them is simulated.
#pragma once

#include "harness/cli/Options.h"

namespace pto::harness {

/// A Markdown table of all, or pages about those that the options name. The exit code.
int printIsa(const Options &options);

} // namespace pto::harness
