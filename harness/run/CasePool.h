// Cases on a pool of workers: whatever becomes of a worker, its case gets a result.
#pragma once

#include "harness/case/Case.h"
#include "harness/run/Run.h"
#include "llvm/ADT/ArrayRef.h"
#include <functional>

namespace pto::harness {

/// All are called in this process.
struct CaseEvents {
  std::function<void(size_t index)> onStart;
  std::function<void(size_t index, reports::Result result)> onResult;
  /// Asked before each start: true starts no more; those under way are finished.
  std::function<bool()> stopRequested;
  /// Asked while waiting: true ends everything at once.
  std::function<bool()> abortRequested;
};

/// What a worker does with a case; nothing where it has to be done by one that may compute.
struct CaseAnswer {
  reports::Result result;
  std::string text = {}; ///< besides
};
using CaseWork = std::function<std::optional<CaseAnswer>(const Case &spec, Workshop &workshop, OnStage onStage)>;

/// Does `work` with each case, and tells the text of those that have one before the result.
void workOnCases(llvm::ArrayRef<Case> cases, const Settings &settings, unsigned jobs, const CaseWork &work,
                 const CaseEvents &events, std::function<void(size_t index, std::string text)> onText);

/// Takes each through all stages.
void runCases(llvm::ArrayRef<Case> cases, const Settings &settings, unsigned jobs, const CaseEvents &events);

/// Runs all of them; the results are in the order of the cases. Of the events any may be left out.
std::vector<reports::Result> runAllCases(llvm::ArrayRef<Case> cases, const Settings &settings, unsigned jobs,
                                         CaseEvents events = {});

} // namespace pto::harness
