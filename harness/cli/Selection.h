// Which cases a command line selects.
#pragma once

#include "harness/case/Case.h"
#include "harness/cli/Options.h"

namespace pto::harness {

/// Reads the cases root and keeps what --case, --exclude and --tag leave.
CaseSet select(const Options &options);

/// Why nothing is selected, and the nearest case that there is.
std::string describeEmptySelection(const Options &options);

} // namespace pto::harness
