// The parts of a screen that show how an output differs.
#pragma once

#include "reports/Result.h"
#include "reports/Style.h"

namespace pto::reports {

constexpr unsigned labelWidth = 11;
/// A line that begins with a label, or with the space of one.
Line labelled(llvm::StringRef label);

/// "[3, 17]"
std::string bracketed(llvm::ArrayRef<int64_t> numbers);

/// The worst elements, two lines each: what was expected, what came.
void addWorst(std::vector<Line> &lines, const Output &output, size_t most);
/// How many elements are how far off. What lies between equal and infinite is put together to `most` lines.
void addHistogram(std::vector<Line> &lines, const Output &output, size_t most);
/// Which lanes of a register differ, as numbers and as a strip.
void addLanes(std::vector<Line> &lines, const Output &output);

} // namespace pto::reports
