// Runs the selected cases and reports on them.
#include "harness/cli/Validation.h"
#include "harness/cli/Selection.h"
#include "harness/run/Display.h"
#include "harness/run/Run.h"
#include "harness/run/WorkerPool.h"
#include "reports/JUnit.h"
#include "reports/JsonLines.h"
#include "reports/Progress.h"
#include "reports/Summary.h"
#include "reports/Terminal.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <csignal>
#include <map>

using namespace pto;
using namespace pto::harness;
using report::Blame;
using report::State;

static constexpr int nothingMatched = 4, setUpError = 105;

static volatile std::sig_atomic_t interrupted = 0;

/// A broken case has a result too: nothing that was selected is missing from the reports.
static report::Result resultOf(const CaseSet::Broken &broken, const Settings &settings) {
  report::Result result;
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

/// What is known of a case whose worker did not answer.
static report::Result resultOf(const Case &spec, const TaskOutcome &outcome, const Settings &settings) {
  report::Result result;
  result.name = spec.name;
  result.summary = spec.summary;
  result.target = settings.target;
  result.seed = settings.seed;
  result.replay = replayLine(spec, settings);
  result.stage = "run";
  result.blame = Blame::Kernel;
  result.message = outcome.reason;
  result.state = outcome.kind == TaskOutcome::Kind::TimedOut ? State::Timeout : State::Crash;
  if (outcome.kind == TaskOutcome::Kind::Crashed)
    result.message = "the worker died: " + outcome.reason;
  llvm::SmallVector<llvm::StringRef> words;
  llvm::StringRef(outcome.lastWords).split(words, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : words)
    result.details.push_back(line.str());
  return result;
}

namespace {

/// One invocation: the cases, the reports that are being written, what was found so far.
class Validation {
public:
  Validation(const Options &options, CaseSet set) : options(options), set(std::move(set)) {}
  int run();

private:
  bool openReports();
  void runCases();
  void record(report::Result result, size_t place);
  void showInOrder(bool everything);
  void show(const report::Result &result);
  bool closeReports();
  bool wantsReport(llvm::StringRef kind) const { return llvm::is_contained(options.reports, kind); }
  std::string reportPath(const char *file) const { return options.outDirectory + "/" + file; }

  const Options &options;
  CaseSet set;
  report::Style style;
  std::vector<report::Result> results;
  std::map<size_t, size_t> unshown; ///< from a result's place in what is printed to its index
  size_t nextShown = 0;
  std::unique_ptr<report::JsonLinesWriter> lines;
  std::unique_ptr<report::Progress> progress;
  size_t screens = 0;
  bool sawFailure = false, lostResults = false;
};

} // namespace

static bool complain(llvm::Error error) {
  if (!error)
    return true;
  llvm::errs() << "error: " << llvm::toString(std::move(error)) << '\n';
  return false;
}

bool Validation::openReports() {
  if (std::error_code error = llvm::sys::fs::create_directories(options.outDirectory)) {
    llvm::errs() << "error: cannot make the folder " << options.outDirectory << ": " << error.message()
                 << "; --out names another\n";
    return false;
  }
  auto opened = report::JsonLinesWriter::open(reportPath("results.jsonl"));
  if (!opened)
    return complain(opened.takeError());
  lines = std::move(*opened);
  return true;
}

/// Passes are shown where there are few of them; a failure gets a screen, the later ones of many a line.
void Validation::show(const report::Result &result) {
  constexpr size_t fewCases = 5, mostScreens = 10;
  if (report::isFailure(result.state) || result.blame != Blame::None) {
    if (screens++ < mostScreens)
      report::printScreen(llvm::outs(), result, style);
    else
      report::printLine(llvm::outs(), result, style);
  } else if (options.verbose || set.cases.size() <= fewCases) {
    report::printLine(llvm::outs(), result, style);
  }
  if (options.verbose) {
    for (const report::Result::StageTime &stage : result.stages)
      report::Line(4)
          .column(stage.stage, 12)
          .add(report::formatDuration(stage.ms), report::Colour::Dim)
          .print(llvm::outs(), style);
    for (const std::string &warning : result.warnings)
      report::Line(4).add("warning: " + warning, report::Colour::Yellow).print(llvm::outs(), style);
  }
  llvm::outs().flush();
}

/// In the order of the cases, whichever worker was first: two runs print the same lines.
void Validation::showInOrder(bool everything) {
  while (!unshown.empty() && (everything || unshown.begin()->first == nextShown)) {
    const report::Result &result = results[unshown.begin()->second];
    nextShown = unshown.begin()->first + 1;
    unshown.erase(unshown.begin());
    progress->aside([&] { show(result); });
  }
}

void Validation::record(report::Result result, size_t place) {
  if (llvm::Error error = lines->write(result); error && !lostResults) {
    lostResults = true;
    progress->aside([&] { complain(std::move(error)); });
  } else {
    llvm::consumeError(std::move(error));
  }
  sawFailure |= report::isFailure(result.state) || result.blame == Blame::Case;
  progress->finished(result);
  unshown[place] = results.size();
  results.push_back(std::move(result));
  showInOrder(/*everything=*/false);
}

void Validation::runCases() {
  PoolWork work;
  work.count = set.cases.size();
  work.jobs = options.jobs;
  work.openShop = [&] {
    // One for each worker, and for as long as it lives.
    auto workshop = std::make_shared<Workshop>(options.settings);
    return [this, workshop](size_t task) {
      std::string line;
      llvm::raw_string_ostream(line) << report::toJson(runCase(set.cases[task], *workshop));
      return line;
    };
  };
  work.limitOf = [&](size_t task) { return set.cases[task].timeoutSeconds.value_or(options.settings.timeoutSeconds); };
  work.onStart = [&](size_t task) { progress->started(set.cases[task].name); };
  work.onDone = [&](size_t task, TaskOutcome outcome) {
    const Case &spec = set.cases[task];
    size_t place = set.broken.size() + task;
    if (outcome.kind == TaskOutcome::Kind::Finished) {
      llvm::Expected<llvm::json::Value> value = llvm::json::parse(outcome.payload);
      llvm::Expected<report::Result> result =
          value ? report::fromJson(*value) : llvm::Expected<report::Result>(value.takeError());
      if (result)
        return record(std::move(*result), place);
      outcome.kind = TaskOutcome::Kind::Crashed;
      outcome.reason = "its answer cannot be read: " + llvm::toString(result.takeError());
    }
    record(resultOf(spec, outcome, options.settings), place);
  };
  work.stopRequested = [&] { return options.failFast && sawFailure; };
  work.abortRequested = [&] {
    progress->tick();
    return interrupted != 0;
  };
  runPool(work);
}

/// In the order of names, whatever order the workers finished in: two runs can be compared line by line.
bool Validation::closeReports() {
  llvm::sort(results, [](const report::Result &a, const report::Result &b) { return a.name < b.name; });
  lines.reset();
  std::string path = reportPath("results.jsonl"), sorted = path + ".sorted";
  auto writer = report::JsonLinesWriter::open(sorted);
  if (!writer)
    return complain(writer.takeError());
  for (const report::Result &result : results)
    if (!complain((*writer)->write(result)))
      return false;
  writer->reset();
  if (std::error_code error = llvm::sys::fs::rename(sorted, path))
    return complain(llvm::createStringError(error, "cannot write %s", path.c_str()));
  return !wantsReport("junit") || complain(report::writeJUnitFile(reportPath("junit.xml"), results));
}

int Validation::run() {
  auto start = std::chrono::steady_clock::now();
  style.colour = options.color;
  if (!openReports())
    return setUpError;
  report::Progress::Options shown;
  shown.total = set.cases.size() + set.broken.size();
  shown.isTerminal = options.progressBar;
  shown.lines = report::Progress::Options::Lines::None;
  shown.style = style;
  progress = std::make_unique<report::Progress>(llvm::errs(), shown);
  for (const CaseSet::Broken &broken : set.broken)
    record(resultOf(broken, options.settings), results.size());
  if (!(options.failFast && sawFailure))
    runCases();
  showInOrder(/*everything=*/true);
  progress->done();

  bool written = closeReports() && !lostResults;
  double wall = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  report::printSummary(llvm::outs(), report::summarize(results, wall), style);
  llvm::outs().flush();
  if (!written)
    return setUpError;
  int code = report::exitCode(results);
  size_t missing = shown.total - results.size();
  if (missing == 0)
    return code;
  llvm::errs() << (interrupted ? "interrupted: " : "stopped at the first failure: ") << missing
               << (missing == 1 ? " case" : " cases") << " did not run\n";
  return interrupted ? report::exit_code::incomplete : code;
}

int pto::harness::validate(const Options &options) {
  CaseSet set = select(options);
  if (set.cases.empty() && set.broken.empty()) {
    llvm::errs() << "error: " << describeEmptySelection(options) << '\n';
    return nothingMatched;
  }
  std::signal(SIGINT, [](int) { interrupted = 1; });
  std::signal(SIGTERM, [](int) { interrupted = 1; });
  return Validation(options, std::move(set)).run();
}
