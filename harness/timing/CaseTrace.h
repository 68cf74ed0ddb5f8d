// The traces of cases: their kernels run up to what they compute, which nobody compares.
#pragma once

#include "harness/cli/Options.h"
#include "harness/run/CasePool.h"

namespace pto::harness {

/// What a worker makes of a trace. What it has to say besides, it adds to the result's notes.
using TraceText = std::function<std::string(const Case &spec, const sim::Trace &trace, reports::Result &result)>;

/// Calls `onText` with what becomes of each case's trace, in their order. The results, fewer where it is interrupted:
/// those of cases that have no trace say why.
std::vector<reports::Result> traceCases(llvm::ArrayRef<Case> cases, const Options &options, const TraceText &make,
                                        llvm::function_ref<void(llvm::StringRef text)> onText);

/// Says on stderr why a case has no trace.
void complainOfNoTrace(const reports::Result &result);

/// Says on stderr that a program has none, and returns whether it is one.
bool refuseProgram(const Case &spec);

/// "kernel.pto:12"
std::string lineOf(const Case &spec, const Place &place);

} // namespace pto::harness
