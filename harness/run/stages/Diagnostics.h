// From the compiler's diagnostics to a result: the first error is the message, the rest are its details.
#pragma once

#include "compiler/frontend/Kernel.h"
#include "harness/run/Run.h"

namespace pto::harness {

/// Ends the run with the first error; always false.
bool failWith(Run &run, report::State state, report::Blame blame, const std::vector<compiler::Diagnostic> &diagnostics);

} // namespace pto::harness
