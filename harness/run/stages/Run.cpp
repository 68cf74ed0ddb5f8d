// run: the target runs the kernel; guard zones and inputs are checked afterwards.
#include "harness/run/stages/Launch.h"
#include "harness/run/stages/Stages.h"

using namespace pto;
using namespace pto::harness;
using report::Blame;
using report::State;

Launch pto::harness::launchOver(const Run &run, llvm::MutableArrayRef<Buffer> buffers, Poison poison) {
  Launch launch;
  for (Buffer &buffer : buffers) {
    buffer.layOut(poison);
    launch.arguments.push_back(buffer.launchArgument());
  }
  launch.blocks = run.spec.blocks;
  launch.instructionBudget = run.workshop.settings.instructionBudget;
  launch.checked = run.workshop.settings.checked;
  return launch;
}

const SecondLaunch &pto::harness::secondLaunch(Run &run) {
  if (!run.second) {
    run.second = SecondLaunch{run.buffers, {}};
    run.second->report = run.executable->launch(launchOver(run, run.second->buffers, Poison::Second));
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
    const auto &[buffers, again] = secondLaunch(run);
    std::optional<std::string> trace;
    if (again.trouble)
      trace = "its course depends on it: " + again.trouble->message;
    for (auto [here, there] : llvm::zip(run.buffers, buffers))
      if (!trace)
        trace = here.findTraceOfPoison(there);
    if (!trace)
      return true;
    return run.fail(State::FailCheck, Blame::Kernel,
                    "reads the output '" + argument.name + "' before it is written, and " + *trace +
                        "; declare it `direction: inout` with what it holds, or write it first",
                    kernelLocation(run.spec, read.location.line, read.location.column));
  }
  return true;
}

static std::string describe(const Finding &finding) {
  return name(finding.check).str() + ": " + finding.message;
}

/// What the checks found fails the run, but for what is allowed, which is told all the same.
static bool judgeFindings(Run &run, llvm::ArrayRef<Finding> findings) {
  const Finding *worst = nullptr;
  for (const Finding &finding : findings) {
    report::Location place = kernelLocation(run.spec, finding.location.line, finding.location.column);
    std::string at = place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
    if (llvm::is_contained(run.spec.allowedChecks, finding.check) ||
        llvm::is_contained(run.workshop.settings.allowedChecks, name(finding.check))) {
      run.result.notes.push_back("allowed, " + describe(finding) + ", at " + at);
      continue;
    }
    if (worst)
      run.result.details.push_back(at + ": " + describe(finding));
    for (const std::string &detail : finding.details)
      run.result.details.push_back((worst ? "  " : "") + detail);
    if (!worst)
      worst = &finding;
  }
  return !worst || run.fail(State::FailCheck, Blame::Kernel, describe(*worst),
                            kernelLocation(run.spec, worst->location.line, worst->location.column));
}

bool pto::harness::run(Run &run) {
  LaunchReport report = run.executable->launch(launchOver(run, run.buffers, Poison::First));
  llvm::append_range(run.result.warnings, report.warnings);
  run.instructions = report.instructions;
  if (report.trouble) {
    const Trouble &trouble = *report.trouble;
    return run.fail(trouble.state, trouble.blame, trouble.message,
                    kernelLocation(run.spec, trouble.location.line, trouble.location.column));
  }
  for (auto find : {&Buffer::findGuardDamage, &Buffer::findChange})
    if (std::optional<std::string> found = firstFound(run.buffers, find))
      return run.fail(State::FailCheck, Blame::Kernel, *found);
  return judgeFindings(run, report.findings) && checkReadsOfOutputs(run, report);
}
