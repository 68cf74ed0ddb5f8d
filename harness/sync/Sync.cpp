// Kernel by kernel: a worker looks for a proposal, then the cases run with it, in every order.
#include "harness/sync/Sync.h"
#include "harness/cli/Console.h"
#include "harness/cli/Selection.h"
#include "harness/run/CasePool.h"
#include "harness/run/Display.h"
#include "harness/run/Run.h"
#include "harness/run/WorkerPool.h"
#include "harness/sync/Search.h"
#include "reports/Summary.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace pto;
using namespace pto::harness;
using sync::LineEdit;
namespace exit_code = reports::exit_code;

namespace {

/// A kernel's file, and the cases that run it.
struct Kernel {
  std::string file;
  std::vector<Case> points;
  std::string text; ///< of the file
  Proposal proposal;

  std::string shown() const { return displayPath(file); }
};

class SyncRun {
public:
  SyncRun(const Options &options, std::vector<Kernel> kernels);
  int run();

private:
  void search();
  void verify();
  using Edits = std::vector<LineEdit>;
  std::vector<std::string> troubles(Edits Proposal::*edits) const;
  void finish(const Kernel &kernel);
  void write(const Kernel &kernel);
  void advise(const Kernel &kernel);
  std::string say(const Kernel &kernel) const;

  const Options &options;
  Settings settings;
  std::vector<Kernel> kernels;
  int exitCode = exit_code::passed;
};

} // namespace

SyncRun::SyncRun(const Options &options, std::vector<Kernel> kernels)
    : options(options), settings(options.settings), kernels(std::move(kernels)) {
  settings.checked = true;
  settings.order = {};
  settings.warningsAreErrors = false;
  settings.keepDirectory.clear();
}

/// Workers do it: what a kernel does to one costs no other kernel anything.
void SyncRun::search() {
  auto workshop = std::make_shared<Workshop>(settings);
  SearchOptions wanted{options.sync.isFromScratch, options.sync.removesRedundant, options.sync.onlyAdvises};
  reports::Progress progress(llvm::errs(), barOf(options, kernels.size()));
  PoolWork work;
  work.count = kernels.size();
  work.jobs = options.jobs;
  work.memoryLimit = settings.memoryLimit;
  work.openShop = [&, workshop](TaskDesk &, WorkerKind) {
    return [&, workshop](size_t task) {
      TaskAnswer answer;
      llvm::raw_string_ostream(answer.payload) << toJSON(propose(kernels[task].points, *workshop, wanted));
      // A kernel that did not parse can leave MLIR's memory in disorder.
      answer.renew = true;
      return answer;
    };
  };
  // Every flag is tried many times.
  constexpr double times = 10;
  work.limitOf = [&](size_t) { return times * settings.timeoutSeconds; };
  work.onStart = [&](size_t task) { progress.started(kernels[task].points.front().name); };
  work.onDone = [&](size_t task, const TaskOutcome &outcome) {
    Proposal &proposal = kernels[task].proposal;
    if (outcome.kind != TaskOutcome::Kind::Finished) {
      proposal.failure = outcome.kind == TaskOutcome::Kind::TimedOut
                             ? "no proposal was found in time; --timeout gives it more"
                             : "the worker that looked for a proposal died: " + outcome.reason;
      return;
    }
    llvm::Expected<Proposal> found = llvm::json::parse<Proposal>(outcome.payload);
    if (found)
      proposal = std::move(*found);
    else
      proposal.failure = llvm::toString(found.takeError());
  };
  work.stopRequested = [] { return false; };
  work.abortRequested = [&] {
    progress.tick();
    return false;
  };
  runPool(work);
  progress.done();
}

/// By kernel, what goes wrong with its edits in some order of what nothing orders; empty where nothing does. All run
/// together: starting workers takes longer than most cases.
std::vector<std::string> SyncRun::troubles(Edits Proposal::*edits) const {
  std::vector<Case> cases;
  std::vector<size_t> owners;
  for (auto [index, kernel] : llvm::enumerate(kernels))
    for (const Case &spec : kernel.proposal.failure.empty() ? kernel.points : std::vector<Case>()) {
      cases.push_back(spec);
      cases.back().kernelText = applyEdits(spec.kernelText, kernel.proposal.*edits);
      owners.push_back(index);
    }
  std::vector<std::string> found(kernels.size());
  Settings ordered = settings;
  for (Order order : {Order{}, Order{Order::Kind::Late}, Order{Order::Kind::Early}, Order{Order::Kind::Random, 1}}) {
    ordered.order = order;
    for (auto [owner, result] : llvm::zip_equal(owners, runAllCases(cases, ordered, options.jobs)))
      if (result.state != reports::State::Pass && found[owner].empty())
        found[owner] = result.name + " does not pass with --order " + order.text() + ": " +
                       reports::nameOf(result.state).str() + ": " + result.message;
  }
  return found;
}

/// In a line that is split, what stays is the text of one point.
static bool hasPlaceholderIn(const Kernel &kernel, llvm::ArrayRef<LineEdit> edits) {
  for (const LineEdit &edit : edits)
    for (unsigned line = edit.line; edit.keepsSome && line < edit.line + edit.count; ++line)
      if (lineOf(kernel.text, line) != lineOf(kernel.points.front().kernelText, line))
        return true;
  return false;
}

void SyncRun::verify() {
  for (Kernel &kernel : kernels) {
    Proposal &proposal = kernel.proposal;
    proposal.edits = withoutNoise(kernel.text, proposal.edits);
    if (proposal.failure.empty() && hasPlaceholderIn(kernel, proposal.edits))
      proposal.failure = "what it needs goes into a line with a placeholder and other operations; split that line";
  }
  for (auto [kernel, why] : llvm::zip_equal(kernels, troubles(&Proposal::edits)))
    if (!why.empty())
      kernel.proposal.failure = why;
  // With nothing redundant these are the same.
  if (options.sync.removesRedundant ||
      llvm::all_of(kernels, [](const Kernel &kernel) { return kernel.proposal.redundant.empty(); }))
    return;
  for (auto [kernel, why] : llvm::zip_equal(kernels, troubles(&Proposal::lean)))
    if (!why.empty())
      kernel.proposal.redundant.clear();
}

static std::string count(size_t number, llvm::StringRef noun) {
  return llvm::formatv("{0} {1}{2}", number, noun, number == 1 ? "" : "s");
}

/// "adds 4 lines, takes out 2; passes at 3 points, in the orders program, late, early and random"
std::string SyncRun::say(const Kernel &kernel) const {
  const Proposal &proposal = kernel.proposal;
  size_t all = kernel.points.front().points;
  std::string points = kernel.points.size() < all ? llvm::formatv("{0} of {1} points", kernel.points.size(), all).str()
                                                  : count(all, "point");
  std::string what = proposal.edits.empty() ? "nothing to change" : "adds " + count(proposal.added, "line");
  if (proposal.removed)
    what += ", takes out " + std::to_string(proposal.removed);
  return what + "; passes in every order" + (all > 1 ? " at " + points : "");
}

void SyncRun::advise(const Kernel &kernel) {
  const Proposal &proposal = kernel.proposal;
  std::string file = kernel.shown();
  for (const std::string &addition : proposal.additions)
    llvm::outs() << file << ": missing: " << addition << '\n';
  for (const auto *all : {&proposal.redundant, &proposal.tooMuch})
    for (const Advice &advice : *all)
      llvm::outs() << toString(advice.place) << ": advice: " << advice.text << '\n';
  if (proposal.additions.empty() && proposal.redundant.empty() && proposal.tooMuch.empty())
    llvm::outs() << file << ": nothing is missing, nothing is redundant\n";
}

void SyncRun::write(const Kernel &kernel) {
  std::string target = options.sync.file;
  if (options.sync.writes) {
    llvm::SmallString<256> real;
    // Not the link that may lead to it.
    target = llvm::sys::fs::real_path(kernel.file, real) ? kernel.file : real.str().str();
  }
  std::string text = applyEdits(kernel.text, kernel.proposal.edits);
  llvm::Error error = llvm::sys::fs::exists(target) && llvm::sys::fs::access(target, llvm::sys::fs::AccessMode::Write)
                          ? llvm::createStringError(std::errc::permission_denied, "it may not be written to")
                          : llvm::writeToOutput(target, [&](llvm::raw_ostream &os) {
                              os << text;
                              return llvm::Error::success();
                            });
  if (!error)
    return;
  llvm::errs() << "error: cannot write " << displayPath(target) << ": " << llvm::toString(std::move(error)) << '\n';
  exitCode = exit_code::setUpError;
}

void SyncRun::finish(const Kernel &kernel) {
  const Proposal &proposal = kernel.proposal;
  if (!proposal.failure.empty()) {
    Place place = proposal.failurePlace;
    llvm::errs() << "error: " << kernel.shown() << ": " << proposal.failure
                 << (place.line ? ", at line " + std::to_string(place.line) : "") << '\n';
    exitCode = exitCode ? exitCode : exit_code::failed;
    return;
  }
  if (options.sync.onlyAdvises) {
    advise(kernel);
    return;
  }
  if (options.sync.writes ? !proposal.edits.empty() : !options.sync.file.empty())
    write(kernel);
  else if (!options.sync.writes)
    llvm::outs() << unifiedDiff(kernel.shown(), kernel.text, proposal.edits);
  llvm::outs().flush();
  if (options.quiet)
    return;
  llvm::errs() << kernel.shown() << ": " << say(kernel) << '\n';
  for (const Advice &advice : proposal.redundant)
    if (!options.sync.removesRedundant)
      llvm::errs() << toString(advice.place) << ": " << advice.text << "; --remove-redundant takes it out\n";
}

int SyncRun::run() {
  search();
  verify();
  for (const Kernel &kernel : kernels)
    finish(kernel);
  return exitCode;
}

/// Why nothing can be proposed for a case; empty where something can.
static llvm::StringRef refusalOf(const Case &spec) {
  if (spec.isProgram())
    return "is a program, which is compiled and not run; only kernels are ordered";
  if (spec.skip)
    return "is skipped";
  return spec.xfail ? "is expected to fail" : "";
}

static llvm::Error readKernel(Kernel &kernel) {
  auto buffer = llvm::MemoryBuffer::getFile(kernel.file);
  if (!buffer)
    return llvm::createStringError(buffer.getError(),
                                   "cannot read " + kernel.shown() + ": " + buffer.getError().message());
  kernel.text = (*buffer)->getBuffer().str();
  return llvm::Error::success();
}

int pto::harness::synchronize(const Options &options) {
  llvm::Expected<CaseSet> set = select(options);
  if (!set)
    return reportUnselected(set.takeError());
  bool isWhole = reportBroken(*set);
  llvm::MapVector<llvm::StringRef, Kernel, std::map<llvm::StringRef, unsigned>> byFile;
  auto refuse = [&](const llvm::Twine &why) {
    llvm::errs() << "error: " << why << '\n';
    isWhole = false;
  };
  for (const Case &spec : set->cases) {
    if (llvm::StringRef why = refusalOf(spec); !why.empty())
      refuse(spec.name + " " + why);
    Kernel &kernel = byFile[spec.kernelFile];
    kernel.file = spec.kernelFile;
    kernel.points.push_back(spec);
  }
  std::vector<Kernel> kernels;
  for (auto &[file, kernel] : byFile) {
    if (llvm::Error error = readKernel(kernel))
      refuse(llvm::toString(std::move(error)));
    kernels.push_back(std::move(kernel));
  }
  if (!options.sync.file.empty() && kernels.size() > 1)
    refuse("-o takes the text of one kernel; " + llvm::Twine(kernels.size()) + " are selected");
  return isWhole ? SyncRun(options, std::move(kernels)).run() : exit_code::setUpError;
}
