// run: the target runs the kernel; guard zones and inputs are checked afterwards.
#include "harness/run/stages/Host.h"
#include "harness/run/stages/Launch.h"
#include "harness/run/stages/Stages.h"

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;

Launch pto::harness::launchOver(const Run &run, llvm::MutableArrayRef<Buffer> buffers, Poison poison) {
  Launch launch;
  for (Buffer &buffer : buffers) {
    buffer.slack = run.workshop.settings.slack;
    buffer.layOut(poison);
    launch.arguments.push_back(buffer.launchArgument());
  }
  launch.blocks = run.spec.blocks;
  launch.instructionBudget = run.workshop.settings.instructionBudget;
  launch.checked = run.workshop.settings.checked;
  launch.order = run.workshop.settings.order;
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
                    sourceLocation(run.spec, read.place));
  }
  return true;
}

static std::string describe(const reports::Finding &finding) {
  return finding.check + ": " + finding.message;
}

/// What the checks found fails the run, but for what is allowed, which is told all the same. A consequence is told
/// where what it follows from is allowed.
static bool judgeFindings(Run &run, std::vector<Finding> findings) {
  const Settings &settings = run.workshop.settings;
  auto isAllowed = [&](const Finding &finding) {
    return llvm::is_contained(run.spec.allowedChecks, finding.check) ||
           llvm::is_contained(settings.allowedChecks, name(finding.check));
  };
  if (llvm::any_of(findings, [&](const Finding &each) { return !each.isConsequence && !isAllowed(each); }))
    llvm::erase_if(findings, [](const Finding &each) { return each.isConsequence; });
  for (Finding &finding : findings)
    run.result.findings.push_back({name(finding.check).str(), std::move(finding.message),
                                   sourceLocation(run.spec, std::move(finding.place)), std::move(finding.details),
                                   isAllowed(finding), std::move(finding.edit), std::move(finding.remedies)});
  constexpr size_t mostTold = 20;
  size_t failing = 0;
  const reports::Finding *first = nullptr;
  for (const reports::Finding &finding : run.result.findings) {
    std::string at = finding.location.file + ":" + std::to_string(finding.location.line);
    if (finding.isAllowed) {
      run.result.notes.push_back("allowed at " + at + ", " + describe(finding));
      continue;
    }
    if (++failing > mostTold)
      continue;
    if (first)
      run.result.details.push_back(at + ": " + describe(finding));
    for (const std::string &detail : finding.details)
      run.result.details.push_back((first ? "  " : "") + detail);
    first = first ? first : &finding;
  }
  if (failing > mostTold)
    run.result.details.push_back("and " + std::to_string(failing - mostTold) + " more, in results.jsonl");
  return !first || run.fail(State::FailCheck, Blame::Kernel, describe(*first), first->location);
}

/// What ends the run whatever the checks have found, which is told too: it may be why.
static bool failWithFindings(Run &run, std::vector<Finding> findings, const Trouble &trouble,
                             reports::Location location) {
  judgeFindings(run, std::move(findings));
  if (run.result.state == State::FailCheck)
    run.result.details.insert(run.result.details.begin(), "before that, " + run.result.message);
  return run.fail(trouble.state, trouble.blame, trouble.message, std::move(location));
}

bool pto::harness::run(Run &run) {
  LaunchReport report = run.executable->launch(launchOver(run, run.buffers, Poison::First));
  llvm::append_range(run.result.warnings, report.warnings);
  llvm::append_range(run.result.notes, report.notes);
  run.result.instructions = report.instructions;
  if (report.trouble)
    return failWithFindings(run, std::move(report.findings), *report.trouble,
                            sourceLocation(run.spec, report.trouble->place));
  for (auto find : {&Buffer::findGuardDamage, &Buffer::findChange})
    if (std::optional<std::string> found = firstFound(run.buffers, find))
      return failWithFindings(run, std::move(report.findings), {State::FailCheck, Blame::Kernel, *found, {}}, {});
  if (judgeFindings(run, std::move(report.findings)) && checkReadsOfOutputs(run, report))
    return true;
  if (run.host)
    tellJudgement(run);
  return false;
}
