// Counting results.
#include "reports/Summary.h"
#include "reports/Terminal.h"
#include "llvm/ADT/STLExtras.h"
#include <array>

namespace pto::report {

static constexpr size_t slowestShown = 5;
static constexpr size_t stateCount = static_cast<size_t>(State::InfraError) + 1;

static bool isInfrastructure(const Result &result) {
  return result.blame == Blame::Infrastructure || (result.state == State::InfraError && result.blame != Blame::Case);
}

Summary summarize(llvm::ArrayRef<Result> results, double wallMs) {
  Summary summary;
  summary.total = results.size();
  summary.wallMs = wallMs;
  std::array<size_t, stateCount> counts{};
  for (const Result &result : results) {
    ++counts[static_cast<size_t>(result.state)];
    bool isCaseError = result.blame == Blame::Case && result.state != State::Pass;
    summary.caseErrors += isCaseError;
    summary.infraErrors += isInfrastructure(result);
    summary.failures += isFailure(result.state) && !isCaseError && !isInfrastructure(result);
    summary.slowest.push_back({result.name, result.durationMs});
  }
  for (size_t i = 0; i < stateCount; ++i)
    if (counts[i])
      summary.counts.push_back({static_cast<State>(i), counts[i]});
  llvm::stable_sort(summary.slowest, [](const auto &a, const auto &b) { return a.ms > b.ms; });
  summary.slowest.resize(std::min(summary.slowest.size(), slowestShown));
  return summary;
}

void printSummary(llvm::raw_ostream &os, const Summary &summary, const Style &style) {
  // With a handful of cases the reader has seen their times.
  if (summary.total > slowestShown) {
    for (const Summary::Slow &slow : summary.slowest) {
      Line line;
      line.column(&slow == &summary.slowest.front() ? "slowest" : "", 9, Colour::Dim);
      line.column(formatDuration(slow.ms), 11).add(slow.name).print(os, style);
    }
  }
  Line line;
  line.add(llvm::Twine(summary.total) + (summary.total == 1 ? " case" : " cases"), Colour::Bold);
  llvm::StringRef separator = ": ";
  for (const Summary::Count &count : summary.counts) {
    line.add(separator).add(llvm::Twine(count.count) + " " + nameOf(count.state), colourOf(count.state));
    separator = ", ";
  }
  line.add("  in " + formatDuration(summary.wallMs), Colour::Dim).print(os, style);
}

int exitCode(llvm::ArrayRef<Result> results) {
  Summary summary = summarize(results, 0);
  if (summary.caseErrors)
    return exit_code::setUpError;
  if (summary.infraErrors)
    return exit_code::incomplete;
  return summary.failures ? exit_code::failed : exit_code::passed;
}

} // namespace pto::report
