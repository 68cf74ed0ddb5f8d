// decode: the target makes the kernel ready, or refuses it by name.
#include "harness/run/Display.h"
#include "harness/run/Run.h"
#include "harness/run/stages/Stages.h"

using namespace pto;
using namespace pto::harness;

bool pto::harness::decode(Run &run) {
  Trouble refusal;
  run.executable = run.workshop.target->prepare(run.entry, refusal);
  if (run.executable)
    return true;
  auto [first, rest] = llvm::StringRef(refusal.message).split('\n');
  addLines(run.result.details, rest);
  return run.fail(refusal.state, refusal.blame, first.str(), sourceLocation(run.spec, refusal.place));
}
