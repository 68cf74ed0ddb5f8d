// Runs the selected cases and reports on them.
#pragma once

#include "harness/case/Case.h"
#include "harness/cli/Options.h"

namespace pto::harness {

/// The exit code of the run.
int validate(const Options &options);
/// The same over cases that were selected before.
int validate(const Options &options, CaseSet set);
/// Whether a signal asked to end.
bool wasInterrupted();

} // namespace pto::harness
