// Counting results.
#include "reports/Summary.h"
#include "reports/Terminal.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::reports {

static constexpr size_t slowestShown = 5;

static bool isInfrastructure(const Result &result) {
  return result.blame == Blame::Infrastructure || (result.state == State::InfraError && result.blame != Blame::Case);
}

Summary summarize(llvm::ArrayRef<Result> results, double wallMs, std::optional<size_t> slowest) {
  Summary summary;
  summary.total = results.size();
  summary.wallMs = wallMs;
  summary.counts = countStates(results);
  for (const Result &result : results) {
    bool isCaseError = result.blame == Blame::Case && result.state != State::Pass;
    summary.caseErrors += isCaseError;
    summary.withWarnings += !result.warnings.empty();
    summary.infraErrors += isInfrastructure(result);
    summary.failures += isFailure(result.state) && !isCaseError && !isInfrastructure(result);
    summary.slowest.push_back({result.name, result.durationMs});
  }
  llvm::stable_sort(summary.slowest, [](const auto &a, const auto &b) { return a.ms > b.ms; });
  size_t shown = slowest.value_or(results.size() > slowestShown ? slowestShown : 0);
  summary.slowest.resize(std::min(summary.slowest.size(), shown));
  return summary;
}

void printSummary(llvm::raw_ostream &os, const Summary &summary, const Style &style) {
  for (const Summary::Slow &slow : summary.slowest) {
    Line line;
    line.column(&slow == &summary.slowest.front() ? "slowest" : "", 9, Colour::Dim);
    line.column(formatDuration(slow.ms), 11).add(slow.name).print(os, style);
  }
  Line line;
  size_t selected = summary.total + summary.notRun;
  line.add(llvm::Twine(selected) + (selected == 1 ? " case" : " cases"), Colour::Bold);
  llvm::StringRef separator = ": ";
  for (const StateCount &count : summary.counts) {
    line.add(separator).add(llvm::Twine(count.count) + " " + nameOf(count.state), colourOf(count.state));
    separator = ", ";
  }
  if (summary.withWarnings)
    line.add(separator).add(llvm::Twine(summary.withWarnings) + " with warnings", Colour::Yellow);
  if (summary.notRun)
    line.add(separator).add(llvm::Twine(summary.notRun) + " did not run", Colour::Yellow);
  if (summary.repeats > 1)
    line.add(", each run " + llvm::Twine(summary.repeats) + " times");
  line.add("  in " + formatDuration(summary.wallMs), Colour::Dim).print(os, style);
}

int exitCode(llvm::ArrayRef<Result> results, bool isComplete) {
  Summary summary = summarize(results, 0);
  if (summary.failures)
    return exit_code::failed;
  if (summary.caseErrors)
    return exit_code::setUpError;
  return summary.infraErrors || !isComplete ? exit_code::incomplete : exit_code::passed;
}

} // namespace pto::reports
