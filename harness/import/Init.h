// `init`: a first case.yaml for a kernel.
#pragma once

#include "harness/cli/Options.h"

namespace pto::harness {

/// Its exit code.
int initCase(const Options &options);

} // namespace pto::harness
