// round-trip: print → parse → equal, print again → same text.
#include "compiler/equality/RoundTrip.h"
#include "harness/run/Run.h"
#include "harness/run/stages/Diagnostics.h"
#include "harness/run/stages/Stages.h"

using namespace pto;
using namespace pto::harness;

bool pto::harness::roundTrip(Run &run) {
  std::optional<equality::Difference> difference = equality::checkRoundTrip(*run.module);
  if (!difference)
    return true;
  run.result.details = {"at " + difference->path};
  addExcerpt(run.result.details, "before:", difference->left);
  addExcerpt(run.result.details, "after:", difference->right);
  return run.fail(reports::State::FailIr, reports::Blame::Kernel,
                  (run.spec.isProgram() ? "the program" : "the kernel") +
                      (" changed when it was printed and parsed again: " + difference->reason),
                  sourceLocation(run.spec, difference->leftPlace));
}
