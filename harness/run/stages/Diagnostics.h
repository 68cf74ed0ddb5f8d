// From what the compiler finds to a result.
#pragma once

#include "compiler/frontend/Kernel.h"
#include "harness/run/Run.h"

namespace pto::harness {

/// Ends the run with the first error as its message, the others as its details; always false.
bool failWith(Run &run, reports::State state, reports::Blame blame, const std::vector<Diagnostic> &diagnostics);

/// One side of a difference, if there is anything: the marked statement with its neighbours, moved to the left, since
/// both sides have to fit on one screen.
void addExcerpt(std::vector<std::string> &details, llvm::StringRef heading, llvm::StringRef text);

} // namespace pto::harness
