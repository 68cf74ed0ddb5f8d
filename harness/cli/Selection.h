// Which cases a command line selects.
#pragma once

#include "harness/case/Case.h"
#include "harness/cli/Options.h"
#include "llvm/Support/Error.h"

namespace pto::harness {

/// Reads the cases and keeps what the options of selection leave, in the order they are to run in. An error where a
/// name or pattern matches nothing, or nothing is left: it says which, and what is nearest to it.
llvm::Expected<CaseSet> select(const Options &options);

} // namespace pto::harness
