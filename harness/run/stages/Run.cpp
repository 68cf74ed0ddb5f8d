// run: the target runs the kernel; guard zones and inputs are checked afterwards.
#include "harness/run/stages/Launch.h"
#include "harness/run/stages/Stages.h"

using namespace pto;
using namespace pto::harness;
using report::Blame;
using report::State;

LaunchReport pto::harness::launchOver(Run &run, ArgumentMemory &memory, ArgumentMemory::Poison poison) {
  memory.layOut(run.spec.args, run.initial, poison);
  return run.executable->launch({memory.launchArguments(), run.spec.blocks, run.workshop.settings.instructionBudget});
}

const SecondLaunch &pto::harness::secondLaunch(Run &run) {
  if (!run.second) {
    run.second = std::make_unique<SecondLaunch>();
    run.second->report = launchOver(run, run.second->memory, ArgumentMemory::Poison::Second);
  }
  return *run.second;
}

/// An output that the kernel reads holds whatever was there before. Where the result depends on that, it is chance: the
/// poison may happen to be the neutral element of what is done with it.
static bool checkReadsOfOutputs(Run &run, const LaunchReport &first) {
  for (const LaunchReport::Read &read : first.reads) {
    const CaseArgument &argument = run.spec.args[read.argument];
    if (argument.direction != Direction::Out)
      continue;
    const auto &[memory, again] = secondLaunch(run);
    std::optional<std::string> trace = again.trouble
                                           ? std::optional("its course depends on it: " + again.trouble->message)
                                           : run.memory.findTraceOfPoison(memory);
    if (!trace)
      return true;
    return run.fail(State::FailCheck, Blame::Kernel,
                    "reads the output '" + argument.name + "' before it is written, and " + *trace +
                        "; declare it `direction: inout` with what it holds, or write it first",
                    kernelLocation(run.spec, read.location.line, read.location.column));
  }
  return true;
}

bool pto::harness::run(Run &run) {
  LaunchReport report = launchOver(run, run.memory, ArgumentMemory::Poison::First);
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
  return checkReadsOfOutputs(run, report);
}
