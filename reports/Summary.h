// A whole run in a few lines, and in one number.
#pragma once

#include "reports/Result.h"
#include "reports/Style.h"

namespace pto::reports {

struct Summary {
  std::vector<StateCount> counts;
  struct Slow {
    std::string name;
    double ms = 0;
  };
  std::vector<Slow> slowest; ///< slowest first
  size_t total = 0, failures = 0, caseErrors = 0, infraErrors = 0;
  size_t withWarnings = 0; ///< of any state
  size_t notRun = 0;       ///< that were selected and have no result; not in the total
  unsigned repeats = 1;    ///< how often each was run
  double wallMs = 0;
};

/// Names so many of the slowest; where it is not said how many, five where there are more cases than that: of a handful
/// the reader has seen their times.
Summary summarize(llvm::ArrayRef<Result> results, double wallMs, std::optional<size_t> slowest = std::nullopt);
/// What the results have to say that are no failures, each text once, with the cases it is said of: what was not
/// checked; with `withReasons` also why a case failed as expected. A failure has its own screen.
void printRemarks(llvm::raw_ostream &os, llvm::ArrayRef<Result> results, bool withReasons, const Style &style);
void printSummary(llvm::raw_ostream &os, const Summary &summary, const Style &style);

namespace exit_code {
constexpr int passed = 0, failed = 100, setUpError = 105, incomplete = 106;
} // namespace exit_code

/// A kernel that failed is never hidden: 100 where one did, else 105 where a case is wrong, else 106 where the
/// infrastructure was or a case did not run, else 0.
int exitCode(llvm::ArrayRef<Result> results, bool isComplete = true);

} // namespace pto::reports
