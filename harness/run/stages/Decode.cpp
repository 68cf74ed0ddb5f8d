// decode: the target makes the kernel ready, or refuses it by name.
#include "harness/run/Display.h"
#include "harness/run/Run.h"
#include "harness/run/stages/Stages.h"
#include "harness/target/Sequence.h"

using namespace pto;
using namespace pto::harness;

bool pto::harness::decode(Run &run) {
  std::vector<LaunchPart> parts;
  // What is asked of a run goes before what the case says.
  Conventions conventions = run.spec.conventions.with(run.workshop.settings.conventions);
  for (const KernelLaunch &launch : run.launches) {
    Trouble refusal;
    std::unique_ptr<Executable> kernel = run.workshop.target->prepare(launch.entry, conventions, refusal);
    if (!kernel) {
      auto [first, rest] = llvm::StringRef(refusal.message).split('\n');
      addLines(run.result.details, rest);
      return run.fail(refusal.state, refusal.blame, first.str(), sourceLocation(run.spec, refusal.place));
    }
    parts.push_back({std::move(kernel), launch.arguments, launch.blocks});
  }
  run.executable = parts.size() == 1 ? std::move(parts.front().kernel) : launchInOrder(std::move(parts));
  return true;
}
