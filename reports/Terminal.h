// A result on one screen: what failed, where, by how much, and the line that replays it.
#pragma once

#include "reports/Result.h"
#include "reports/Style.h"

namespace pto::reports {

/// The most lines that a screen takes.
constexpr unsigned screenLines = 40;

void printScreen(llvm::raw_ostream &os, const Result &result, const Style &style);

/// "fail-numeric  micro-op/vadd@dtype=f16  12 of 1024 elements differ"
void printLine(llvm::raw_ostream &os, const Result &result, const Style &style);

Colour colourOf(State state);

/// "1.2 ms", "3.4 s", "2 min 05 s".
std::string formatDuration(double ms);

} // namespace pto::reports
