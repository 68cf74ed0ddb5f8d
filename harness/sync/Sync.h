// The sync command: what orders the pipes of a kernel, proposed as a patch.
#pragma once

#include "harness/cli/Options.h"

namespace pto::harness {

/// Proposes for the kernels of the selected cases; the exit code.
int synchronize(const Options &options);

} // namespace pto::harness
