// golden: LibTorch's references, or those kept from an earlier run.
#include "harness/run/Display.h"
#include "harness/run/Run.h"
#include "harness/run/stages/Stages.h"

using namespace pto;
using namespace pto::harness;
using report::Blame;
using report::State;

/// A golden that loops for ever is told of while its worker still has time to do so.
constexpr double shareOfTimeout = 0.8;

static golden::ReferenceRequest requestOf(const Run &run) {
  golden::ReferenceRequest request;
  request.secondsAllowed = shareOfTimeout * run.spec.timeoutSeconds.value_or(run.workshop.settings.timeoutSeconds);
  request.text = run.spec.golden;
  request.file = run.spec.goldenPlace.file;
  request.line = run.spec.goldenPlace.line;
  request.column = run.spec.goldenPlace.column;
  for (auto [argument, tensor] : llvm::zip(run.spec.args, run.initial)) {
    if (argument.isScalar)
      request.scalars.push_back({argument.name, argument.dtype, argument.value, argument.integer});
    else if (argument.direction != Direction::Out)
      request.inputs.push_back({argument.name, tensor});
    if (!argument.isScalar && argument.direction != Direction::In)
      request.outputs.push_back({argument.name, argument.dtype, argument.shape, argument.compare});
  }
  return request;
}

static bool failGolden(Run &run, llvm::Error error) {
  llvm::handleAllErrors(
      std::move(error),
      [&](const golden::GoldenError &golden) {
        run.fail(State::InfraError, Blame::Case, golden.message,
                 caseLocation({golden.file, golden.line, golden.column}));
      },
      // Without a place it is not the golden's text that is at fault: a plugin is missing, memory ran out.
      [&](const llvm::ErrorInfoBase &other) { run.fail(State::InfraError, Blame::Infrastructure, other.message()); });
  return false;
}

/// A tolerance that an all-zero output would pass checks nothing.
static bool checkThatComparisonsCanFail(Run &run) {
  size_t output = 0;
  for (const CaseArgument &argument : run.spec.args) {
    if (argument.isScalar || argument.direction == Direction::In)
      continue;
    std::optional<std::string> vacuous =
        golden::findVacuous(run.references[output++], argument.compare, run.spec.allowZero);
    if (vacuous)
      return run.fail(State::InfraError, Blame::Case, "output '" + argument.name + "': " + *vacuous,
                      caseLocation(argument.place));
  }
  return true;
}

bool pto::harness::evaluate(Run &run) {
  golden::ReferenceRequest request = requestOf(run);
  if (!run.workshop.mayCompute) {
    std::optional<std::vector<golden::Reference>> kept = run.workshop.evaluator.findKept(request);
    if (!kept)
      return run.postpone();
    run.references = std::move(*kept);
    return checkThatComparisonsCanFail(run);
  }
  llvm::Expected<std::vector<golden::Reference>> references = run.workshop.evaluator.evaluate(request);
  if (!references)
    return failGolden(run, references.takeError());
  run.references = std::move(*references);
  return checkThatComparisonsCanFail(run);
}
