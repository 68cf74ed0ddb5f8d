// From tasks of a pool to results of cases.
#include "harness/run/CasePool.h"
#include "harness/run/Run.h"
#include "harness/run/WorkerPool.h"
#include "llvm/Support/raw_ostream.h"

using namespace pto;
using namespace pto::harness;
using report::Blame;
using report::State;

/// What is known of a case whose worker did not answer.
static report::Result resultOf(const Case &spec, const TaskOutcome &outcome, const Settings &settings) {
  report::Result result;
  result.name = spec.name;
  result.summary = spec.summary;
  result.target = settings.target;
  result.seed = settings.seed;
  result.replay = replayLine(spec, settings);
  result.stage = "run";
  result.blame = Blame::Kernel;
  result.message = outcome.reason;
  result.state = outcome.kind == TaskOutcome::Kind::TimedOut ? State::Timeout : State::Crash;
  if (outcome.kind == TaskOutcome::Kind::Crashed)
    result.message = "the worker died: " + outcome.reason;
  llvm::SmallVector<llvm::StringRef> words;
  llvm::StringRef(outcome.lastWords).split(words, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : words)
    result.details.push_back(line.str());
  return result;
}

static report::Result readResult(const Case &spec, TaskOutcome outcome, const Settings &settings) {
  if (outcome.kind == TaskOutcome::Kind::Finished) {
    llvm::Expected<llvm::json::Value> value = llvm::json::parse(outcome.payload);
    llvm::Expected<report::Result> result =
        value ? report::fromJson(*value) : llvm::Expected<report::Result>(value.takeError());
    if (result)
      return std::move(*result);
    outcome.kind = TaskOutcome::Kind::Crashed;
    outcome.reason = "its answer cannot be read: " + llvm::toString(result.takeError());
  }
  return resultOf(spec, outcome, settings);
}

void pto::harness::runCases(llvm::ArrayRef<Case> cases, const Settings &settings, unsigned jobs,
                            const CaseEvents &events) {
  PoolWork work;
  work.count = cases.size();
  work.jobs = jobs;
  work.openShop = [&] {
    // One for each worker, and for as long as it lives.
    auto workshop = std::make_shared<Workshop>(settings);
    return [cases, workshop](size_t task) {
      std::string line;
      llvm::raw_string_ostream(line) << report::toJson(runCase(cases[task], *workshop));
      return line;
    };
  };
  work.limitOf = [&](size_t task) { return cases[task].timeoutSeconds.value_or(settings.timeoutSeconds); };
  work.onStart = events.onStart;
  work.onDone = [&](size_t task, TaskOutcome outcome) {
    events.onResult(task, readResult(cases[task], std::move(outcome), settings));
  };
  work.stopRequested = events.stopRequested;
  work.abortRequested = events.abortRequested;
  runPool(work);
}
