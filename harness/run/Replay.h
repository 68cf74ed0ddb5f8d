// The command that runs a case again.
#pragma once

#include "harness/case/Case.h"
#include "harness/run/Settings.h"
#include <string>

namespace pto::harness {

/// One line for a shell, with every setting that is not the default.
std::string replayLine(const Case &spec, const Settings &settings);

/// "0.25": the shortest that reads back.
std::string formatNumber(double number);
/// "4GiB": as --memory reads it.
std::string formatSize(uint64_t bytes);

} // namespace pto::harness
