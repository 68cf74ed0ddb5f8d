// passes: the pipeline, with verification and a round trip after each pass.
#include "compiler/passes/Pipeline.h"
#include "harness/run/Display.h"
#include "harness/run/stages/Program.h"
#include "harness/run/stages/Stages.h"

using namespace pto;
using namespace pto::harness;

/// The first problem is the message, at its place in the user's program; the others are details.
static void fail(Run &run, const passes::PassError &error) {
  std::string prefix = error.pass.empty() ? "" : error.pass + ": ";
  if (error.problems.empty())
    run.fail(reports::State::CompileFail, reports::Blame::Kernel, prefix + "failed and did not say why");
  for (const Diagnostic &problem : error.problems)
    if (&problem != &error.problems.front())
      run.result.details.push_back(toString(problem));
    else
      run.fail(reports::State::CompileFail, reports::Blame::Kernel, prefix + problem.message,
               problem.place.line ? sourceLocation(run.spec, problem.place) : reports::Location());
}

static void fail(Run &run, const llvm::ErrorInfoBase &error) {
  std::string text = error.message();
  auto [first, rest] = llvm::StringRef(text).split('\n');
  addLines(run.result.details, rest);
  run.fail(reports::State::CompileFail, reports::Blame::Kernel, first.str());
}

bool pto::harness::passes(Run &run) {
  passes::PipelineOptions options;
  if (!run.spec.platform.empty())
    options.platform = run.spec.platform;
  llvm::Error error = passes::runPipeline(*run.module, run.spec.strategy, options);
  if (!error)
    return true;
  llvm::handleAllErrors(
      std::move(error), [&](const passes::PassError &each) { fail(run, each); },
      [&](const llvm::ErrorInfoBase &each) { fail(run, each); });
  return false;
}
