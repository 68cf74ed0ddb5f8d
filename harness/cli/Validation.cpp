// Runs the selected cases and reports on them.
#include "harness/cli/Validation.h"
#include "harness/cli/AllowanceCheck.h"
#include "harness/cli/Console.h"
#include "harness/cli/Repeats.h"
#include "harness/cli/RunFolder.h"
#include "harness/cli/RunHeader.h"
#include "harness/cli/Selection.h"
#include "harness/run/CasePool.h"
#include "harness/run/Display.h"
#include "harness/run/Run.h"
#include "harness/timing/Timeline.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <csignal>

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;

static volatile std::sig_atomic_t interrupted = 0;

/// The first of these signals ends the run with what it has; a second one ends it at once.
static void catchInterrupts() {
  for (int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action = {};
    sigaction(signal, nullptr, &action);
    // Who had a signal ignored, as nohup has, wants the run to go on.
    if (action.sa_handler == SIG_IGN)
      continue;
    action.sa_handler = [](int) { interrupted = 1; };
    action.sa_flags = SA_RESTART | SA_RESETHAND;
    sigaction(signal, &action, nullptr);
  }
}

/// A broken case has a result too: nothing that was selected is missing from the reports.
static reports::Result resultOf(const CaseSet::Broken &broken, const Settings &settings) {
  reports::Result result;
  result.name = broken.name;
  result.state = State::InfraError;
  result.blame = Blame::Case;
  result.stage = "case";
  result.target = settings.target;
  result.seed = settings.seed;
  const Diagnostic &first = broken.errors.front();
  result.message = first.message;
  result.location = caseLocation(first.place);
  for (const Diagnostic &other : llvm::ArrayRef(broken.errors).drop_front())
    result.details.push_back(describe(other));
  return result;
}

namespace {

/// One invocation: the cases, where the results go, what was found so far.
class Validation {
public:
  Validation(const Options &options, CaseSet set, RunFolder &folder)
      : options(options), set(std::move(set)), folder(folder),
        console(options, this->set.cases.size() + this->set.broken.size()) {}
  int run();

private:
  void runEverything();
  void write(const reports::Result &result);
  void add(reports::Result result, size_t place);
  void complain(llvm::Error error);
  void nameThoseThatDidNotRun();

  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  const Options &options;
  const CaseSet set;
  RunFolder &folder;
  Console console;
  reports::FinishedRun record;
  std::vector<bool> hasRun; ///< by the cases' indices
  unsigned rounds = 0;      ///< of --repeat, begun
  bool sawFailure = false, lostResults = false;
};

} // namespace

/// What --fail-fast stops at.
static bool isTrouble(const reports::Result &result) {
  return reports::isFailure(result.state) || result.blame == Blame::Case;
}

/// Said once: a disk that is full is full for every result.
void Validation::complain(llvm::Error error) {
  if (error && !lostResults) {
    lostResults = true;
    console.complain(std::move(error));
  }
  llvm::consumeError(std::move(error));
}

void Validation::write(const reports::Result &result) {
  complain(folder.add(result));
  sawFailure |= isTrouble(result);
}

void Validation::add(reports::Result result, size_t place) {
  console.add(result, place);
  record.results.push_back(std::move(result));
}

void Validation::runEverything() {
  for (const CaseSet::Broken &broken : set.broken) {
    reports::Result result = resultOf(broken, options.settings);
    write(result);
    add(std::move(result), record.results.size());
  }
  hasRun.assign(set.cases.size(), false);
  auto mustStop = [&] { return options.failFast && sawFailure; };
  if (mustStop())
    return;
  std::vector<Repeats> repeats(set.cases.size());
  AllowanceCheck allowances(set.cases, options.settings, [&](size_t index, reports::Result result) {
    add(std::move(result), set.broken.size() + index);
  });
  auto conclude = [&](size_t index) {
    hasRun[index] = true;
    reports::Result result = repeats[index].verdict();
    write(result);
    allowances.add(index, std::move(result));
  };
  for (unsigned round = 1; round <= options.repeat && !mustStop() && !interrupted; ++round) {
    rounds = round;
    CaseEvents events;
    events.onStart = [&](size_t index) { console.started(set.cases[index].name); };
    events.onResult = [&](size_t index, reports::Result result) {
      sawFailure |= isTrouble(result);
      repeats[index].add(std::move(result));
      if (round == options.repeat)
        conclude(index);
    };
    events.stopRequested = mustStop;
    events.abortRequested = [&] {
      console.tick();
      return interrupted != 0;
    };
    runCases(set.cases, options.settings, options.jobs, events);
  }
  // Where not all rounds were run, a pass is not known yet, but a failure is.
  for (size_t index = 0; index < set.cases.size(); ++index)
    if (!hasRun[index] && repeats[index].isDecided())
      conclude(index);
}

void Validation::nameThoseThatDidNotRun() {
  for (size_t index = 0; index < hasRun.size(); ++index)
    if (!hasRun[index])
      record.end.notRun.push_back(set.cases[index].name);
  if (!record.end.isComplete())
    record.end.stopped = interrupted ? reports::Stop::Interrupted : reports::Stop::FirstFailure;
}

int Validation::run() {
  record.header = headerOf(options, set.cases.size() + set.broken.size());
  if (llvm::Error error = folder.begin(record.header)) {
    console.complain(std::move(error));
    return reports::exit_code::setUpError;
  }
  runEverything();
  nameThoseThatDidNotRun();
  // In the order of names, whatever order the workers finished in: two runs can be compared line by line.
  llvm::sort(record.results, [](const reports::Result &a, const reports::Result &b) { return a.name < b.name; });

  reports::RunEnd &end = record.end;
  end.durationMs = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  end.ended = reports::formatTime(std::chrono::system_clock::now());
  end.counts = reports::countStates(record.results);
  end.exitCode = reports::exitCode(record.results, end.stopped != reports::Stop::Interrupted);
  complain(folder.finish(record));
  if (llvm::is_contained(options.reports, "junit"))
    complain(folder.writeJUnit(record));

  reports::Summary summary = reports::summarize(record.results, end.durationMs, options.slowest);
  summary.notRun = end.notRun.size();
  summary.repeats = rounds;
  console.finish(record.results, summary, set.lookalikes);
  if (!end.isComplete())
    llvm::errs() << describe(end.stopped) << ": " << end.notRun.size() << (end.notRun.size() == 1 ? " case" : " cases")
                 << " did not run\n";
  return lostResults && end.exitCode != reports::exit_code::failed ? reports::exit_code::setUpError : end.exitCode;
}

int pto::harness::validate(const Options &options) {
  llvm::Expected<CaseSet> set = select(options);
  if (!set)
    return reportUnselected(set.takeError());
  return validate(options, std::move(*set));
}

/// A case whose folder lies in the folder of kept files, or which that folder lies in the root of.
static std::optional<std::string> findKeptAmongCases(const CaseSet &set, const std::string &out) {
  llvm::SmallString<256> kept;
  if (llvm::sys::fs::real_path(out, kept))
    return std::nullopt;
  llvm::sys::path::append(kept, "cases");
  auto isWithin = [](llvm::StringRef inner, llvm::StringRef outer) {
    return inner.consume_front(outer) && (inner.empty() || inner.front() == '/');
  };
  for (const Case &spec : set.cases) {
    llvm::SmallString<256> folder;
    if (llvm::sys::fs::real_path(spec.folder, folder))
      continue;
    llvm::StringRef root = folder;
    root.consume_back(spec.folderName());
    if (isWithin(folder, kept) || isWithin(kept, root.rtrim('/')))
      return spec.folder;
  }
  return std::nullopt;
}

int pto::harness::validate(const Options &options, CaseSet set) {
  auto folder = RunFolder::open(options.outDirectory);
  if (!folder) {
    llvm::errs() << "error: " << llvm::toString(folder.takeError()) << '\n';
    return reports::exit_code::setUpError;
  }
  if ((*folder)->isAnother())
    llvm::errs() << "another run is writing to " << options.outDirectory << "; this one writes to " << (*folder)->path()
                 << '\n';
  Options actual = options;
  actual.outDirectory = (*folder)->path();
  if (options.keepTemps) {
    actual.settings.keepDirectory = actual.outDirectory + "/cases";
    if (std::optional<std::string> clash = findKeptAmongCases(set, actual.outDirectory)) {
      llvm::errs() << "error: --keep-temps would write among the cases in " << *clash
                   << "; choose another folder with --out\n";
      return reports::exit_code::setUpError;
    }
  }
  std::unique_ptr<Timeline> timeline;
  if (!options.timelineFile.empty()) {
    auto opened = Timeline::open(options.timelineFile, set.cases);
    if (!opened) {
      llvm::errs() << "error: " << llvm::toString(opened.takeError()) << '\n';
      return reports::exit_code::setUpError;
    }
    timeline = std::move(*opened);
  }
  catchInterrupts();
  int exitCode = Validation(actual, std::move(set), **folder).run();
  int drawn = timeline ? timeline->write(actual) : 0;
  return exitCode ? exitCode : drawn;
}

bool pto::harness::wasInterrupted() {
  return interrupted != 0;
}
