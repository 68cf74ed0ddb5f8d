// golden: LibTorch's references, or those kept from an earlier run.
#include "harness/run/Display.h"
#include "harness/run/Run.h"
#include "harness/run/stages/Inputs.h"
#include "harness/run/stages/Stages.h"

using namespace pto;
using namespace pto::harness;
using report::Blame;
using report::State;

/// Random inputs may by chance give a reference that checks nothing: zero is one byte in 256. A case is at fault where
/// other seeds do not help.
constexpr int otherSeeds = 12;

using Tensors = std::vector<golden::Tensor>;
using References = std::vector<golden::Reference>;

static golden::ReferenceRequest requestOf(const Run &run, const Tensors &initial) {
  golden::ReferenceRequest request;
  std::chrono::duration<double> timeout(run.spec.timeoutSeconds.value_or(run.workshop.settings.timeoutSeconds));
  request.deadline = run.started + std::chrono::duration_cast<std::chrono::steady_clock::duration>(timeout);
  request.text = run.spec.golden;
  request.file = run.spec.goldenPlace.file;
  request.line = run.spec.goldenPlace.line;
  request.column = run.spec.goldenPlace.column;
  for (auto [argument, tensor] : llvm::zip(run.spec.args, initial)) {
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

struct CaseVacuity {
  const CaseArgument *output;
  std::string message;
};

using IsAllowed = llvm::function_ref<bool(golden::Vacuity)>;
using FindVacuity = llvm::function_ref<std::optional<golden::VacuityFound>(IsAllowed)>;

/// Calls `visit` for each output with a function that looks for what its comparison leaves unchecked.
static void forEachOutput(const Case &spec, const Tensors &initial, const References &references,
                          llvm::function_ref<void(const CaseArgument &, FindVacuity)> visit) {
  size_t output = 0;
  for (auto [argument, tensor] : llvm::zip(spec.args, initial)) {
    if (argument.isScalar || argument.direction == Direction::In)
      continue;
    const golden::Reference &reference = references[output++];
    const golden::Tensor *before = argument.direction == Direction::InOut ? &tensor : nullptr;
    const golden::CompareMode &mode = argument.compare;
    visit(argument, [&](IsAllowed isAllowed) { return golden::findVacuity(reference, mode, before, isAllowed); });
  }
}

static std::optional<CaseVacuity> findVacuity(const Case &spec, const Tensors &initial, const References &references) {
  std::optional<CaseVacuity> first;
  forEachOutput(spec, initial, references, [&](const CaseArgument &argument, FindVacuity find) {
    if (first)
      return;
    if (auto found = find([&](golden::Vacuity kind) { return argument.allow.count(kind) != 0; }))
      first = CaseVacuity{&argument, std::move(found->message)};
  });
  return first;
}

/// Which of its allowances the case needs with these data.
static std::vector<std::string> allowancesNeeded(const Run &run) {
  std::vector<std::string> needed;
  forEachOutput(run.spec, run.initial, run.references, [&](const CaseArgument &argument, FindVacuity find) {
    for (const auto &[kind, allowance] : argument.allow)
      if (find([kind = kind](golden::Vacuity other) { return other != kind; }))
        needed.push_back(nameOfAllowance(argument, kind));
  });
  return needed;
}

/// Nothing where LibTorch has to compute them, which is another worker's.
static std::optional<llvm::Expected<References>> referencesFor(Run &run, const Tensors &inputs) {
  golden::ReferenceRequest request = requestOf(run, inputs);
  if (run.workshop.mayCompute)
    return run.workshop.evaluator.evaluate(request);
  if (std::optional<References> kept = run.workshop.evaluator.findKept(request))
    return std::move(*kept);
  return std::nullopt;
}

enum class OtherSeed { CanFail, CannotFail, Unknown };

/// Where a wrong kernel can fail with that seed's data, the run goes on with them.
static OtherSeed tryOtherSeed(Run &run, uint64_t seed) {
  Tensors inputs;
  for (const CaseArgument &argument : run.spec.args) {
    llvm::Expected<golden::Tensor> generated = generateArgument(run.spec, argument, seed);
    if (!generated) {
      llvm::consumeError(generated.takeError());
      return OtherSeed::CannotFail;
    }
    inputs.push_back(std::move(*generated));
  }
  std::optional<llvm::Expected<References>> references = referencesFor(run, inputs);
  if (!references)
    return OtherSeed::Unknown;
  if (!*references) {
    llvm::consumeError(references->takeError());
    return OtherSeed::CannotFail;
  }
  if (findVacuity(run.spec, inputs, **references))
    return OtherSeed::CannotFail;
  run.initial = std::move(inputs);
  run.references = std::move(**references);
  run.result.notes.push_back("seed " + std::to_string(run.seed()) +
                             " happens to give data that a wrong kernel would pass with; those of seed " +
                             std::to_string(seed) + " are used");
  return OtherSeed::CanFail;
}

/// A comparison that a wrong kernel, or one that does nothing, would pass is an error of the case.
static bool checkThatComparisonsCanFail(Run &run) {
  std::optional<CaseVacuity> found = findVacuity(run.spec, run.initial, run.references);
  if (!found)
    return true;
  for (int i = 1; i <= otherSeeds; ++i)
    switch (tryOtherSeed(run, run.seed() + i)) {
    case OtherSeed::CanFail:
      return true;
    case OtherSeed::Unknown:
      return run.postpone();
    case OtherSeed::CannotFail:
      break;
    }
  return run.fail(State::InfraError, Blame::Case, "output '" + found->output->name + "': " + found->message,
                  caseLocation(found->output->place));
}

bool pto::harness::golden(Run &run) {
  std::optional<llvm::Expected<References>> references = referencesFor(run, run.initial);
  if (!references)
    return run.postpone();
  if (!*references)
    return failGolden(run, references->takeError());
  run.references = std::move(**references);
  if (!checkThatComparisonsCanFail(run))
    return false;
  run.result.allowed = allowancesNeeded(run);
  return true;
}
