// Cases as they are, then their mutants, on the same workers and through the same stages.
#include "harness/mutate/Mutate.h"
#include "compiler/frontend/Kernel.h"
#include "harness/cli/Console.h"
#include "harness/cli/Selection.h"
#include "harness/mutate/MutationReport.h"
#include "harness/mutate/Trial.h"
#include "harness/run/CasePool.h"
#include "harness/run/Display.h"
#include "harness/run/Run.h"
#include "reports/Summary.h"
#include <map>
#include <numeric>
#include <random>

using namespace pto;
using namespace pto::harness;
using reports::State;
namespace exit_code = reports::exit_code;

/// Runs cases with a bar that counts them.
static std::vector<reports::Result> runAll(llvm::ArrayRef<Case> cases, const Settings &settings, const Options &options,
                                           reports::Progress &progress, bool countsCases) {
  CaseEvents events;
  events.onStart = [&](size_t index) { progress.started(cases[index].name); };
  if (countsCases)
    events.onResult = [&](size_t, const reports::Result &result) { progress.finished(result); };
  events.abortRequested = [&] {
    progress.tick();
    return false;
  };
  return runAllCases(cases, settings, options.jobs, events);
}

/// Why nothing can be learnt from the mutants of a case; empty where something can.
static std::string refusalOf(const Case &spec, const reports::Result &result) {
  if (result.state == State::Pass)
    return "";
  std::string how = reports::nameOf(result.state).str();
  return spec.name + " does not pass as it is: " + how + (result.message.empty() ? "" : ": " + result.message);
}

static std::vector<const mutate::MutationKind *> chosenKinds(const MutationOptions &options) {
  std::vector<const mutate::MutationKind *> kinds;
  for (const mutate::MutationKind &kind : mutate::mutationKinds())
    if (options.kinds.empty() || llvm::is_contained(options.kinds, kind.name) ||
        (kind.isSync && llvm::is_contained(options.kinds, "sync")))
      kinds.push_back(&kind);
  return kinds;
}

/// The same mutant at another point of a case.
using MutantKey = std::tuple<std::string, const mutate::MutationKind *, std::string, unsigned, unsigned>;

static MutantKey keyOf(const Trial &trial) {
  const mutate::Mutant &mutant = trial.mutant;
  return {trial.spec->place.file, mutant.kind, mutant.change, mutant.place.line, mutant.place.column};
}

namespace {

class MutationRun {
public:
  MutationRun(const Options &options, std::vector<Case> cases)
      : options(options), cases(std::move(cases)), workshop(options.settings) {}
  int run();

private:
  bool runUnchanged();
  std::vector<Trial> makeMutants(const Case &spec);
  void runMutants(std::vector<Trial> trials, const reports::Result &unchanged, reports::Progress &progress);
  void keep(Trial trial);
  int finish();

  const Options &options;
  const std::vector<Case> cases;
  Workshop workshop;
  std::vector<reports::Result> unchanged; ///< by case
  std::vector<Trial> trials;              ///< one for each mutant
  std::map<MutantKey, size_t> known;      ///< where it is in `trials`
  std::map<const Case *, std::string> originals;
};

} // namespace

bool MutationRun::runUnchanged() {
  reports::Progress progress(llvm::errs(), barOf(options, cases.size()));
  unchanged = runAll(cases, options.settings, options, progress, /*countsCases=*/true);
  progress.done();
  bool allPass = true;
  for (auto [spec, result] : llvm::zip_equal(cases, unchanged))
    if (std::string refusal = refusalOf(spec, result); !refusal.empty()) {
      llvm::errs() << "error: " << refusal << '\n';
      allPass = false;
    }
  return allPass;
}

/// Its kernel has been parsed before, by a worker: nothing in it can break this process.
std::vector<Trial> MutationRun::makeMutants(const Case &spec) {
  std::vector<Diagnostic> diagnostics;
  auto module = frontend::parseKernel(spec.kernelText, displayPath(spec.kernelFile), workshop.context, diagnostics);
  auto entry = frontend::selectEntry(*module, spec.entry);
  originals[&spec] = mutate::printPlain(*module);
  std::vector<mutate::Mutant> mutants = mutate::mutantsOf(*module, *entry, chosenKinds(options.mutation));
  std::vector<size_t> chosen(mutants.size());
  std::iota(chosen.begin(), chosen.end(), 0);
  if (uint64_t most = options.mutation.mostMutants; most && most < chosen.size()) {
    std::shuffle(chosen.begin(), chosen.end(), std::mt19937_64(options.settings.seed));
    chosen.resize(most);
    llvm::sort(chosen);
  }
  std::vector<Trial> made;
  for (size_t index : chosen)
    made.push_back({&spec, index + 1, std::move(mutants[index]), Fate::Stillborn, {}, {}});
  return made;
}

/// A mutant is what became of it at the point that says most.
void MutationRun::keep(Trial trial) {
  auto [place, isNew] = known.try_emplace(keyOf(trial), trials.size());
  if (isNew)
    trials.push_back(std::move(trial));
  else if (trial.fate > trials[place->second].fate)
    trials[place->second] = std::move(trial);
}

/// At one point of a case, those that no point before it has noticed. Each may execute a few times as much as the
/// kernel does.
void MutationRun::runMutants(std::vector<Trial> made, const reports::Result &unchanged, reports::Progress &progress) {
  constexpr uint64_t times = 4, more = 10'000;
  Settings settings = options.settings;
  settings.keepDirectory.clear();
  settings.warningsAreErrors = false;
  settings.instructionBudget = std::min(settings.instructionBudget, times * unchanged.instructions + more);
  std::vector<Case> born;
  std::vector<Trial *> tried;
  for (Trial &trial : made) {
    auto before = known.find(keyOf(trial));
    if (before != known.end() && trials[before->second].fate == Fate::Killed)
      continue;
    if (trial.mutant.text.empty()) {
      trial.by = "verify";
      trial.why = trial.mutant.refusal;
      continue;
    }
    born.push_back(*trial.spec);
    born.back().kernelText = trial.mutant.text;
    tried.push_back(&trial);
  }
  std::vector<reports::Result> results = runAll(born, settings, options, progress, /*countsCases=*/false);
  for (auto [trial, result] : llvm::zip_equal(tried, results))
    judge(*trial, unchanged, result, settings.checked);
  for (Order::Kind kind : {Order::Kind::Late, Order::Kind::Early}) {
    settings.order = {kind};
    std::vector<Case> again;
    std::vector<Trial *> doubted;
    for (auto [spec, trial] : llvm::zip_equal(born, tried))
      if (trial->fate == Fate::Redundant) {
        again.push_back(spec);
        doubted.push_back(trial);
      }
    results = runAll(again, settings, options, progress, /*countsCases=*/false);
    for (auto [trial, result] : llvm::zip_equal(doubted, results))
      confirmRedundant(*trial, unchanged, result, settings.order);
  }
  for (Trial &trial : made)
    keep(std::move(trial));
}

int MutationRun::finish() {
  printMutation(trials, options, llvm::outs());
  if (!options.mutation.directory.empty())
    if (llvm::Error error = writeMutants(trials, originals, options.mutation.directory)) {
      llvm::errs() << "error: " << llvm::toString(std::move(error)) << '\n';
      return exit_code::setUpError;
    }
  std::optional<double> rate = killRate(trials);
  return rate && *rate < options.mutation.failUnder ? exit_code::failed : exit_code::passed;
}

int MutationRun::run() {
  if (!runUnchanged())
    return exit_code::setUpError;
  reports::Progress progress(llvm::errs(), barOf(options, cases.size()));
  for (auto [spec, result] : llvm::zip_equal(cases, unchanged)) {
    progress.started(spec.name);
    runMutants(makeMutants(spec), result, progress);
    progress.finished(result);
  }
  progress.done();
  if (!trials.empty())
    return finish();
  llvm::outs() << "there is nothing to mutate in " << cases.size() << (cases.size() == 1 ? " case\n" : " cases\n");
  return exit_code::passed;
}

int pto::harness::mutate(const Options &options) {
  llvm::Expected<CaseSet> set = select(options);
  if (!set)
    return reportUnselected(set.takeError());
  bool isWhole = reportBroken(*set);
  for (const Case &spec : set->cases)
    if (spec.isProgram()) {
      llvm::errs() << "error: " << spec.name
                   << " is a program, which is compiled and not run; only kernels have mutants\n";
      isWhole = false;
    }
  return isWhole ? MutationRun(options, std::move(set->cases)).run() : exit_code::setUpError;
}
