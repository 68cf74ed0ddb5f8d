// golden: LibTorch's references, or those kept from an earlier run.
#include "harness/run/Display.h"
#include "harness/run/Run.h"
#include "harness/run/stages/Inputs.h"
#include "harness/run/stages/Stages.h"

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;

/// Random inputs may by chance give a reference that checks nothing: zero is one byte in 256. A case is at fault where
/// other seeds do not help.
constexpr int otherSeeds = 12;

using Buffers = std::vector<Buffer>;
using References = std::vector<golden::Reference>;

static golden::ReferenceRequest requestOf(const Run &run, const Buffers &buffers) {
  golden::ReferenceRequest request;
  std::chrono::duration<double> timeout(run.spec.timeoutSeconds.value_or(run.workshop.settings.timeoutSeconds));
  request.deadline = run.started + std::chrono::duration_cast<std::chrono::steady_clock::duration>(timeout);
  request.text = run.spec.golden;
  request.place = run.spec.goldenPlace;
  for (const Buffer &buffer : buffers) {
    const CaseArgument &argument = *buffer.spec;
    if (argument.isScalar)
      request.scalars.push_back({argument.name, argument.dtype, argument.value, argument.integer});
    if (buffer.goesIn())
      request.inputs.push_back({argument.name, buffer.initial});
    if (buffer.comesOut())
      request.outputs.push_back({argument.name, argument.dtype, argument.shape, argument.compare});
  }
  return request;
}

static void expect(Buffers &buffers, References references) {
  auto next = references.begin();
  for (Buffer &buffer : buffers)
    if (buffer.comesOut())
      buffer.expected = std::move(*next++);
}

static bool failGolden(Run &run, llvm::Error error) {
  llvm::handleAllErrors(
      std::move(error),
      [&](const PlacedError &golden) {
        run.fail(State::InfraError, Blame::Case, golden.message, caseLocation(golden.place));
      },
      // Without a place it is not the golden's text that is at fault: a plugin is missing, memory ran out.
      [&](const llvm::ErrorInfoBase &other) { run.fail(State::InfraError, Blame::Infrastructure, other.message()); });
  return false;
}

/// What the comparison of an output leaves unchecked.
static std::optional<golden::VacuityFound> findVacuity(const Buffer &output,
                                                       llvm::function_ref<bool(golden::Vacuity)> isAllowed) {
  const golden::Tensor *before = output.goesIn() ? &output.initial : nullptr;
  return golden::findVacuity(output.expected, output.spec->compare, before, isAllowed);
}

struct CaseVacuity {
  const CaseArgument *output;
  std::string message;
};

static std::optional<CaseVacuity> findVacuity(const Buffers &buffers) {
  for (const Buffer &buffer : llvm::make_filter_range(buffers, std::mem_fn(&Buffer::comesOut)))
    if (auto found = findVacuity(buffer, [&](golden::Vacuity kind) { return buffer.spec->allow.count(kind) != 0; }))
      return CaseVacuity{buffer.spec, std::move(found->message)};
  return std::nullopt;
}

/// Which of its allowances the case needs with these data.
static std::vector<std::string> allowancesNeeded(const Buffers &buffers) {
  std::vector<std::string> needed;
  for (const Buffer &buffer : llvm::make_filter_range(buffers, std::mem_fn(&Buffer::comesOut)))
    for (const auto &[kind, allowance] : buffer.spec->allow)
      if (findVacuity(buffer, [kind = kind](golden::Vacuity other) { return other != kind; }))
        needed.push_back(nameOfAllowance(*buffer.spec, kind));
  return needed;
}

/// Nothing where LibTorch has to compute them, which is another worker's.
static std::optional<llvm::Expected<References>> referencesFor(Run &run, const Buffers &buffers) {
  golden::ReferenceRequest request = requestOf(run, buffers);
  if (run.workshop.mayCompute)
    return run.workshop.evaluator.evaluate(request);
  if (std::optional<References> kept = run.workshop.evaluator.findKept(request))
    return std::move(*kept);
  return std::nullopt;
}

enum class OtherSeed { CanFail, CannotFail, Unknown };

/// Where a wrong kernel can fail with that seed's data, the run goes on with them.
static OtherSeed tryOtherSeed(Run &run, uint64_t seed) {
  const CaseArgument *refused = nullptr;
  llvm::Expected<Buffers> buffers = generateArguments(run.spec, seed, refused);
  if (!buffers) {
    llvm::consumeError(buffers.takeError());
    return OtherSeed::CannotFail;
  }
  std::optional<llvm::Expected<References>> references = referencesFor(run, *buffers);
  if (!references)
    return OtherSeed::Unknown;
  if (!*references) {
    llvm::consumeError(references->takeError());
    return OtherSeed::CannotFail;
  }
  expect(*buffers, std::move(**references));
  if (findVacuity(*buffers))
    return OtherSeed::CannotFail;
  run.buffers = std::move(*buffers);
  run.result.notes.push_back("seed " + std::to_string(run.seed()) +
                             " happens to give data that a wrong kernel would pass with; those of seed " +
                             std::to_string(seed) + " are used");
  return OtherSeed::CanFail;
}

/// A comparison that a wrong kernel, or one that does nothing, would pass is an error of the case.
static bool checkThatComparisonsCanFail(Run &run) {
  std::optional<CaseVacuity> found = findVacuity(run.buffers);
  if (!found)
    return true;
  // Data do not depend on a seed.
  for (int i = 1; i <= otherSeeds && !run.spec.golden.empty(); ++i)
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

/// Where what comes out is data of the case, and no golden computes it.
static bool expectData(Run &run) {
  for (Buffer &buffer : llvm::make_filter_range(run.buffers, std::mem_fn(&Buffer::comesOut))) {
    const CaseArgument &argument = *buffer.spec;
    llvm::Expected<golden::Tensor> made =
        golden::generate(*argument.expected, argument.dtype, argument.shape, run.spec.seed);
    if (!made)
      return run.fail(State::InfraError, Blame::Case,
                      "output '" + argument.name + "': " + llvm::toString(made.takeError()),
                      caseLocation(argument.place));
    buffer.expected.value = std::move(*made);
    if (!golden::isFloat(argument.dtype))
      continue;
    for (int64_t i = 0, count = buffer.expected.value.elementCount(); i < count; ++i)
      buffer.expected.exact.push_back(buffer.expected.value.valueAt(i));
  }
  return true;
}

bool pto::harness::golden(Run &run) {
  if (run.spec.golden.empty())
    return expectData(run) && checkThatComparisonsCanFail(run);
  std::optional<llvm::Expected<References>> references = referencesFor(run, run.buffers);
  if (!references)
    return run.postpone();
  if (!*references)
    return failGolden(run, references->takeError());
  expect(run.buffers, std::move(**references));
  if (!checkThatComparisonsCanFail(run))
    return false;
  run.result.allowed = allowancesNeeded(run.buffers);
  return true;
}
