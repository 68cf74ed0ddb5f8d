// Launching a case's kernel.
#pragma once

#include "harness/run/Run.h"

namespace pto::harness {

LaunchReport launchOver(Run &run, ArgumentMemory &memory, ArgumentMemory::Poison poison);

/// Runs the kernel again at the first call.
const SecondLaunch &secondLaunch(Run &run);

} // namespace pto::harness
