// passes: the pipeline, with verification and a round trip after each pass.
#include "compiler/passes/Pipeline.h"
#include "harness/run/stages/Program.h"
#include "harness/run/stages/Stages.h"
#include "llvm/ADT/StringExtras.h"

using namespace pto;
using namespace pto::harness;

bool pto::harness::runPasses(Run &run) {
  passes::PipelineOptions options;
  options.platform = run.spec.platform;
  llvm::Error error = passes::runPipeline(*run.module, run.spec.strategy, options);
  if (!error)
    return true;
  std::string text = llvm::toString(std::move(error));
  auto [first, rest] = llvm::StringRef(text).split('\n');
  for (llvm::StringRef line : llvm::split(rest, '\n'))
    if (!line.trim().empty())
      run.result.details.push_back(line.str());
  return run.fail(report::State::CompileFail, report::Blame::Kernel, first.str());
}
