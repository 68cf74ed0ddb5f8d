// From tasks of a pool to results of cases.
#include "harness/run/CasePool.h"
#include "golden/reference/Plugin.h"
#include "harness/run/Display.h"
#include "harness/run/Replay.h"
#include "harness/run/Run.h"
#include "harness/run/WorkerPool.h"
#include "harness/run/stages/Stages.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;
using Kind = TaskOutcome::Kind;

/// How a case ended that has no verdict, and the option that gives it more of what it lacked.
static std::string describe(const Case &spec, const TaskOutcome &outcome, llvm::StringRef stage,
                            const Settings &settings) {
  switch (outcome.kind) {
  case Kind::TimedOut:
    return llvm::formatv("not done after {0} s, at stage {1}; {2} raises the limit",
                         formatNumber(spec.timeoutSeconds.value_or(settings.timeoutSeconds)), stage,
                         spec.timeoutSeconds ? "`timeout:` of the case" : "--timeout, or `timeout:` of the case,");
  case Kind::OutOfMemory:
    return llvm::formatv("out of memory at stage {0}: a worker is limited to {1}; --memory raises the limit", stage,
                         formatSize(settings.memoryLimit));
  case Kind::NotStarted:
    return "no worker could be started: " + outcome.reason;
  default:
    return llvm::formatv("the worker died at stage {0}: {1}", stage, outcome.reason);
  }
}

/// What is known of a case whose worker did not answer. Whose fault it is depends on the stage it had come to.
static reports::Result resultOf(const Case &spec, const TaskOutcome &outcome, const Settings &settings) {
  static constexpr Stage none = {"start", nullptr, Stage::Source::Any, Blame::Infrastructure};
  const Stage &stage = outcome.step ? stages()[outcome.step - 1] : none;
  reports::Result result = blankResult(spec, settings);
  result.stage = stage.name.str();
  result.durationMs = outcome.seconds * 1000;
  result.blame = stage.blame;
  result.message = describe(spec, outcome, stage.name, settings);
  if (stage.blame == Blame::Kernel)
    result.state = outcome.kind == Kind::TimedOut ? State::Timeout : State::Crash;
  else
    result.state = State::InfraError;
  if (stage.blame == Blame::Case)
    result.location = caseLocation(stage.advance == harness::golden ? spec.goldenPlace : spec.place);
  addLines(result.details, outcome.lastWords);
  applyExpectation(spec, result);
  return result;
}

static llvm::Expected<reports::Result> readAnswer(llvm::StringRef payload) {
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(payload);
  if (!value)
    return value.takeError();
  return reports::fromJson(*value);
}

// The result is a line; what follows is the text.
static CaseAnswer readResult(const Case &spec, TaskOutcome outcome, const Settings &settings) {
  if (outcome.kind == Kind::Finished) {
    auto [line, text] = llvm::StringRef(outcome.payload).split('\n');
    llvm::Expected<reports::Result> result = readAnswer(line);
    if (result) {
      if (!outcome.firstDeath.empty())
        result->notes.push_back("the first worker to run it died (" + outcome.firstDeath +
                                "); this verdict is from a new one");
      return {std::move(*result), text.str()};
    }
    outcome.kind = Kind::Crashed;
    outcome.reason = "its reply cannot be read: " + llvm::toString(result.takeError());
  }
  return {resultOf(spec, outcome, settings)};
}

/// What does the cases, in one worker and for as long as it lives. LibTorch takes half a second to load, and MLIR's
/// parser can write to memory that it has freed when it gives up on a kernel, for which the next case would pay: a
/// worker whose kernel did not parse, or not again, is replaced, and only heavy ones, who get no such kernels, load
/// LibTorch.
static std::function<TaskAnswer(size_t)> openShop(llvm::ArrayRef<Case> cases, std::shared_ptr<Workshop> workshop,
                                                  const CaseWork &work, TaskDesk &desk, WorkerKind kind) {
  // LLVM would print and abort, which looks like any other crash.
  llvm::install_bad_alloc_error_handler(
      [](void *desk, const char *, bool) { static_cast<TaskDesk *>(desk)->giveUpForMemory(); }, &desk);
  workshop->mayCompute = kind == WorkerKind::Heavy;
  // Before the first case's time begins. Why it cannot be loaded is told where it is needed.
  if (workshop->mayCompute)
    llvm::consumeError(golden::loadPlugin().takeError());
  return [cases, workshop, &work, &desk](size_t task) {
    TaskAnswer answer;
    auto done = work(cases[task], *workshop, [&](unsigned stage) { desk.setStep(stage); });
    if (!done) {
      answer.isHeavy = true;
      return answer;
    }
    const reports::Result &result = done->result;
    llvm::raw_string_ostream(answer.payload) << reports::toJson(result) << '\n' << done->text;
    bool hasParsed = result.stage != "parse" && result.stage != "round-trip";
    answer.renew = !hasParsed && result.state != State::Pass;
    return answer;
  };
}

/// A golden whose loop runs on says so itself when the time is over, with its line. It has a moment to do so.
static double killedAfter(double timeoutSeconds) {
  return timeoutSeconds + std::clamp(timeoutSeconds / 4, 1.0, 5.0);
}

void pto::harness::workOnCases(llvm::ArrayRef<Case> cases, const Settings &settings, unsigned jobs,
                               const CaseWork &doCase, const CaseEvents &events,
                               std::function<void(size_t index, std::string text)> onText) {
  // Workers inherit it as it was before the first case.
  auto workshop = std::make_shared<Workshop>(settings);
  PoolWork work;
  work.count = cases.size();
  work.jobs = jobs;
  work.memoryLimit = settings.memoryLimit;
  work.openShop = [&](TaskDesk &desk, WorkerKind kind) { return openShop(cases, workshop, doCase, desk, kind); };
  work.limitOf = [&](size_t task) { return killedAfter(cases[task].timeoutSeconds.value_or(settings.timeoutSeconds)); };
  work.onStart = events.onStart;
  work.onDone = [&](size_t task, TaskOutcome outcome) {
    CaseAnswer answer = readResult(cases[task], std::move(outcome), settings);
    if (!answer.text.empty())
      onText(task, std::move(answer.text));
    events.onResult(task, std::move(answer.result));
  };
  work.stopRequested = events.stopRequested;
  work.abortRequested = events.abortRequested;
  runPool(work);
}

void pto::harness::runCases(llvm::ArrayRef<Case> cases, const Settings &settings, unsigned jobs,
                            const CaseEvents &events) {
  auto tryOne = [](const Case &spec, Workshop &workshop, OnStage onStage) -> std::optional<CaseAnswer> {
    std::optional<reports::Result> result = tryCase(spec, workshop, onStage);
    return result ? std::optional(CaseAnswer{std::move(*result)}) : std::nullopt;
  };
  workOnCases(cases, settings, jobs, tryOne, events, [](size_t, const std::string &) {});
}

std::vector<reports::Result> pto::harness::runAllCases(llvm::ArrayRef<Case> cases, const Settings &settings,
                                                       unsigned jobs, CaseEvents events) {
  std::vector<reports::Result> results(cases.size());
  auto notNow = [] { return false; };
  CaseEvents all = {.onStart = events.onStart ? events.onStart : [](size_t) {},
                    .onResult =
                        [&](size_t index, reports::Result result) {
                          results[index] = result;
                          if (events.onResult)
                            events.onResult(index, std::move(result));
                        },
                    .stopRequested = events.stopRequested ? events.stopRequested : notNow,
                    .abortRequested = events.abortRequested ? events.abortRequested : notNow};
  runCases(cases, settings, jobs, all);
  return results;
}
