// The driver: takes a case through the list of stages and applies what the case expects of itself.
#include "harness/run/Run.h"
#include "compiler/dialect/Places.h"
#include "compiler/dialect/Registry.h"
#include "harness/run/Display.h"
#include "harness/run/KeptFiles.h"
#include "harness/run/Replay.h"
#include "harness/run/stages/Stages.h"
#include "mlir/IR/Dialect.h"
#include "llvm/ADT/StringExtras.h"
#include <chrono>

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;
using Clock = std::chrono::steady_clock;

static double millisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

static mlir::DialectRegistry registry() {
  mlir::DialectRegistry registry;
  ir::registerDialects(registry);
  return registry;
}

Workshop::Workshop(const Settings &settings)
    : settings(settings), context(registry(), mlir::MLIRContext::Threading::DISABLED),
      evaluator(settings.cacheDirectory), python(settings.python), target(createTarget(settings.target)) {
  context.loadAllAvailableDialects();
}

reports::Result pto::harness::blankResult(const Case &spec, const Settings &settings) {
  reports::Result result;
  result.name = spec.name;
  result.summary = spec.summary;
  result.target = settings.target;
  result.seed = settings.seed;
  result.replay = replayLine(spec, settings);
  return result;
}

Run::Run(const Case &given, Workshop &workshop)
    : own(given.host ? std::make_unique<Case>(given) : nullptr), spec(own ? *own : given), workshop(workshop),
      result(blankResult(spec, workshop.settings)) {}

bool Run::fail(State state, Blame blame, std::string message, reports::Location location) {
  result.state = state;
  result.blame = blame;
  result.message = std::move(message);
  if (!location.file.empty())
    result.location = std::move(location);
  return false;
}

llvm::ArrayRef<Stage> pto::harness::stages() {
  using enum Stage::Source;
  static constexpr Stage list[] = {
      {"load", load, Folder, Blame::Case},
      {"parse", parse, Kernel},
      {"specialize", specialize, Program},
      {"verify", verify},
      {"entry", entry, Kernel},
      {"round-trip", roundTrip},
      {"passes", passes, Program},
      {"equality", equality, Program},
      {"decode", decode, Kernel},
      {"inputs", inputs, Kernel, Blame::Case},
      {"golden", golden, Declared, Blame::Case},
      {"run", run, Kernel},
      {"compare", compare, Declared},
      {"judge", judge, Folder, Blame::Case},
  };
  return list;
}

void pto::harness::applyExpectation(const Case &spec, reports::Result &result) {
  if (!spec.xfail || result.blame == Blame::Case || result.blame == Blame::Infrastructure)
    return;
  if (result.state == State::Pass) {
    result.state = State::Xpass;
    result.blame = Blame::Case;
    result.message = "passed, but the case says it fails: " + spec.xfail->reason + "; remove `xfail`";
    result.location = caseLocation(spec.xfail->place);
  } else if (spec.xfail->accepts(result)) {
    result.state = State::Xfail;
    result.blame = Blame::None;
    result.details.insert(result.details.begin(), std::exchange(result.message, spec.xfail->reason));
  } else {
    result.message += " (`xfail` of the case expects " + spec.xfail->describe() + ": " + spec.xfail->reason + ")";
  }
}

/// A stage is the run's to know, so that a misspelt one is found here.
static bool checkExpectation(Run &run) {
  if (!run.spec.xfail || run.spec.xfail->stage.empty())
    return true;
  llvm::SmallVector<llvm::StringRef> names;
  for (const Stage &stage : stages())
    if (stage.appliesTo(run.spec))
      names.push_back(stage.name);
  if (llvm::is_contained(names, run.spec.xfail->stage))
    return true;
  run.result.stage = "case";
  return run.fail(State::InfraError, Blame::Case,
                  "`xfail` names the stage '" + run.spec.xfail->stage + "'; expected one of " + llvm::join(names, ", "),
                  caseLocation(run.spec.xfail->stagePlace));
}

void pto::harness::failForWarnings(reports::Result &result) {
  if (result.state != State::Pass || result.warnings.empty())
    return;
  result.state = State::FailCheck;
  result.blame = Blame::Kernel;
  result.message =
      "every output is right, but there " +
      (result.warnings.size() == 1 ? "is a warning" : "are " + std::to_string(result.warnings.size()) + " warnings") +
      ", and --werror is on";
}

reports::Result pto::harness::runCase(const Case &spec, Workshop &workshop) {
  return *tryCase(spec, workshop);
}

bool pto::harness::takeThrough(Run &run, llvm::ArrayRef<Stage> part, OnStage onStage) {
  for (const Stage &stage : part) {
    if (!stage.appliesTo(run.spec))
      continue;
    if (onStage)
      onStage(static_cast<unsigned>(&stage - stages().data()) + 1);
    Clock::time_point stageStart = Clock::now();
    run.result.stage = stage.name.str();
    bool goOn = stage.advance(run);
    run.result.stages.push_back({stage.name.str(), millisecondsSince(stageStart)});
    if (!goOn)
      return false;
  }
  return true;
}

std::optional<reports::Result> pto::harness::tryCase(const Case &spec, Workshop &workshop, OnStage onStage) {
  Run run(spec, workshop);
  if (spec.skip) {
    run.result.state = State::Skip;
    run.result.stage = "case";
    run.result.message = *spec.skip;
    return std::move(run.result);
  }
  if (!checkExpectation(run))
    return std::move(run.result);
  takeThrough(run, stages(), onStage);
  if (run.isPostponed) {
    workshop.evaluator.takeNotes();
    return std::nullopt;
  }
  keepFiles(run);
  for (std::string &note : workshop.evaluator.takeNotes())
    run.result.notes.push_back(std::move(note));
  applyExpectation(spec, run.result);
  if (workshop.settings.warningsAreErrors)
    failForWarnings(run.result);
  run.result.durationMs = millisecondsSince(run.started);
  return std::move(run.result);
}

reports::Location pto::harness::sourceLocation(const Case &spec, Place place) {
  std::string kernel = displayPath(spec.kernelFile);
  if (place.file.empty())
    place.file = kernel;
  std::string line =
      place.file == kernel ? lineOf(spec.kernelText, place.line).str() : lineOfFile(place.file, place.line);
  return {std::move(place), std::move(line)};
}

reports::Location pto::harness::sourceLocation(const Case &spec, mlir::LocationAttr location) {
  Place place = placeOf(location);
  return place.line ? sourceLocation(spec, place) : reports::Location();
}

reports::Location pto::harness::caseLocation(Place place) {
  std::string line = lineOfFile(place.file, place.line);
  place.file = displayPath(place.file);
  return {std::move(place), std::move(line)};
}
