// Cases on a pool of workers: whatever becomes of a worker, its case gets a result.
#pragma once

#include "harness/case/Case.h"
#include "harness/run/Settings.h"
#include "reports/Result.h"
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

void runCases(llvm::ArrayRef<Case> cases, const Settings &settings, unsigned jobs, const CaseEvents &events);

} // namespace pto::harness
