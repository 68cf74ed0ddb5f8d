// `explain`: where a kernel's cycles go, as text or JSON.
#pragma once

#include "harness/cli/Options.h"

namespace pto::harness {

int explain(const Options &options);

} // namespace pto::harness
