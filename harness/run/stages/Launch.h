// Launching a case's kernel.
#pragma once

#include "harness/run/Run.h"

namespace pto::harness {

/// What to launch over these buffers, laid out for it.
Launch launchOver(const Run &run, llvm::MutableArrayRef<Buffer> buffers, Poison poison);

/// Runs the kernel again at the first call.
const SecondLaunch &secondLaunch(Run &run);

} // namespace pto::harness
