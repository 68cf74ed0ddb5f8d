#include "harness/timing/CaseTrace.h"
#include "harness/cli/Validation.h"
#include "harness/run/stages/Launch.h"
#include "harness/run/stages/Stages.h"
#include <map>

using namespace pto;
using namespace pto::harness;
using reports::State;

static CaseAnswer traceCase(const Case &spec, Workshop &workshop, OnStage onStage, const TraceText &make) {
  Run run(spec, workshop);
  llvm::ArrayRef<Stage> all = stages();
  const Stage *golden = llvm::find_if(all, [](const Stage &stage) { return stage.advance == harness::golden; }),
              *launch = llvm::find_if(all, [](const Stage &stage) { return stage.advance == harness::run; });
  if (!takeThrough(run, {all.begin(), golden}, onStage))
    return {std::move(run.result)};
  onStage(unsigned(launch - all.begin()) + 1);
  run.result.stage = launch->name.str();
  std::optional<sim::Trace> trace = run.executable->trace(launchOver(run, run.buffers, Poison::First));
  if (!trace) {
    run.fail(State::InfraError, reports::Blame::Infrastructure,
             "there is no estimate of it: it launches several kernels, or the target " + workshop.settings.target +
                 " gives none");
    return {std::move(run.result)};
  }
  std::string text = make(spec, *trace, run.result);
  return {std::move(run.result), std::move(text)};
}

void pto::harness::complainOfNoTrace(const reports::Result &result) {
  llvm::errs() << "error: " << result.name << " does not run: " << reports::nameOf(result.state) << " at stage "
               << result.stage << ": " << result.message << '\n';
  if (const auto &at = result.location)
    llvm::errs() << "  at " << toString(*at) << '\n';
  for (const std::string &detail : result.details)
    llvm::errs() << "  " << detail << '\n';
}

std::vector<reports::Result> pto::harness::traceCases(llvm::ArrayRef<Case> cases, const Options &options,
                                                      const TraceText &make,
                                                      llvm::function_ref<void(llvm::StringRef text)> onText) {
  std::vector<reports::Result> results;
  std::map<size_t, std::string> texts; ///< of those that wait for their turn
  std::map<size_t, reports::Result> done;
  auto tell = [&] {
    for (auto next = done.find(results.size()); next != done.end(); next = done.find(results.size())) {
      size_t index = results.size();
      const reports::Result &result = results.emplace_back(std::move(next->second));
      done.erase(next);
      for (const std::string &note : result.notes)
        llvm::errs() << "note: " << result.name << ": " << note << '\n';
      if (auto text = texts.extract(index))
        onText(text.mapped());
    }
  };
  CaseEvents events;
  events.onStart = [](size_t) {};
  events.onResult = [&](size_t index, reports::Result result) {
    done.emplace(index, std::move(result));
    tell();
  };
  events.stopRequested = [] { return false; };
  events.abortRequested = wasInterrupted;
  workOnCases(
      cases, options.settings, options.jobs,
      [&](const Case &spec, Workshop &workshop, OnStage onStage) -> std::optional<CaseAnswer> {
        return traceCase(spec, workshop, onStage, make);
      },
      events, [&](size_t index, std::string text) { texts[index] = std::move(text); });
  return results;
}

bool pto::harness::refuseProgram(const Case &spec) {
  if (spec.isProgram())
    llvm::errs() << "error: " << spec.name
                 << " is a program, which is compiled and not run; only kernels take cycles\n";
  return spec.isProgram();
}

std::string pto::harness::lineOf(const Case &spec, const Place &place) {
  reports::Location at = sourceLocation(spec, place);
  return at.file + ":" + std::to_string(at.line);
}
