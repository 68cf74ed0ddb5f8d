// parse: kernel text → module.
#include "compiler/frontend/Kernel.h"
#include "harness/run/Display.h"
#include "harness/run/Run.h"
#include "harness/run/stages/Diagnostics.h"
#include "harness/run/stages/Stages.h"

using namespace pto;
using namespace pto::harness;

bool pto::harness::parse(Run &run) {
  std::vector<Diagnostic> diagnostics;
  run.module =
      frontend::parseKernel(run.spec.kernelText, displayPath(run.spec.kernelFile), run.workshop.context, diagnostics);
  return run.module || failWith(run, reports::State::CompileFail, reports::Blame::Kernel, diagnostics);
}
