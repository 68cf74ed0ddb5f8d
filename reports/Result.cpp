// The names of the states, and which of them fail a run.
#include "reports/Result.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::reports {

namespace {

struct StateEntry {
  State state;
  llvm::StringLiteral name;
  bool isFailure;
};
constexpr StateEntry states[] = {
    {State::Pass, "pass", false},
    {State::FailNumeric, "fail-numeric", true},
    {State::FailIr, "fail-ir", true},
    {State::FailCheck, "fail-check", true},
    {State::CompileFail, "compile-fail", true},
    {State::Crash, "crash", true},
    {State::Timeout, "timeout", true},
    {State::Xfail, "xfail", false},
    // A case that was to fail and passes is news: its reason is out of date.
    {State::Xpass, "xpass", true},
    {State::Skip, "skip", false},
    // It failed at least once.
    {State::Flaky, "flaky", true},
    // Not the kernel's fault; the exit code tells of it in another way.
    {State::InfraError, "infra-error", false},
};

} // namespace

llvm::StringRef nameOf(State state) {
  return states[static_cast<size_t>(state)].name;
}

std::optional<State> parseState(llvm::StringRef name) {
  for (const StateEntry &entry : states)
    if (entry.name == name)
      return entry.state;
  return std::nullopt;
}

bool isFailure(State state) {
  return states[static_cast<size_t>(state)].isFailure;
}

std::vector<StateCount> countStates(llvm::ArrayRef<Result> results) {
  std::vector<StateCount> counts;
  for (const StateEntry &entry : states)
    if (uint64_t count = llvm::count_if(results, [&](const Result &result) { return result.state == entry.state; }))
      counts.push_back({entry.state, count});
  return counts;
}

} // namespace pto::reports
