// verify: the dialect's rules.
#include "compiler/frontend/Kernel.h"
#include "harness/run/Run.h"
#include "harness/run/stages/Diagnostics.h"
#include "harness/run/stages/Stages.h"

using namespace pto;
using namespace pto::harness;

bool pto::harness::verify(Run &run) {
  std::vector<Diagnostic> diagnostics;
  return frontend::verifyKernel(*run.module, diagnostics) ||
         failWith(run, reports::State::CompileFail, reports::Blame::Kernel, diagnostics);
}
