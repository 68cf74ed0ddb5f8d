// run: the target runs the kernel; guard zones and inputs are checked afterwards.
#include "harness/run/Run.h"
#include "harness/run/stages/Stages.h"

using namespace pto;
using namespace pto::harness;
using report::Blame;
using report::State;

bool pto::harness::launch(Run &run) {
  run.memory.layOut(run.spec.args, run.initial, ArgumentMemory::Poison::First);
  LaunchReport report =
      run.executable->launch({run.memory.launchArguments(), run.spec.blocks, run.workshop.settings.instructionBudget});
  llvm::append_range(run.result.warnings, report.warnings);
  run.instructions = report.instructions;
  if (report.trouble) {
    const Trouble &trouble = *report.trouble;
    return run.fail(trouble.state, trouble.blame, trouble.message,
                    kernelLocation(run.spec, trouble.location.line, trouble.location.column));
  }
  if (std::optional<std::string> damage = run.memory.findGuardDamage())
    return run.fail(State::FailCheck, Blame::Kernel, *damage);
  if (std::optional<std::string> change = run.memory.findChangedInput(run.initial))
    return run.fail(State::FailCheck, Blame::Kernel, *change);
  return true;
}
