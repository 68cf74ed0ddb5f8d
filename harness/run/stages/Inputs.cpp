// inputs: every argument that goes in gets its bytes from its generator and a seed of its own.
#include "harness/run/stages/Inputs.h"
#include "golden/generate/Generator.h"
#include "harness/run/Run.h"
#include "harness/run/stages/Stages.h"
#include "llvm/Support/xxhash.h"

using namespace pto;
using namespace pto::harness;

/// An argument's numbers do not change when another argument is added before it: its seed comes from its name.
static uint64_t seedOf(const Case &spec, const CaseArgument &argument, uint64_t runSeed) {
  uint64_t mixed = runSeed * 0x9E3779B97F4A7C15ull + spec.seed;
  return mixed ^ llvm::xxh3_64bits(argument.name);
}

llvm::Expected<std::vector<Buffer>> pto::harness::generateArguments(const Case &spec, uint64_t runSeed,
                                                                    const CaseArgument *&refused) {
  std::vector<Buffer> buffers;
  for (const CaseArgument &argument : spec.args) {
    Buffer &buffer = buffers.emplace_back(argument);
    if (!buffer.goesIn())
      continue;
    auto generated = golden::generate(argument.init, argument.dtype, argument.shape, seedOf(spec, argument, runSeed));
    if (!generated) {
      refused = &argument;
      return generated.takeError();
    }
    buffer.initial = std::move(*generated);
  }
  return buffers;
}

bool pto::harness::inputs(Run &run) {
  const CaseArgument *refused = nullptr;
  llvm::Expected<std::vector<Buffer>> buffers = generateArguments(run.spec, run.seed(), refused);
  if (!buffers)
    return run.fail(reports::State::InfraError, reports::Blame::Case,
                    "argument '" + refused->name + "': " + llvm::toString(buffers.takeError()),
                    caseLocation(refused->place));
  run.buffers = std::move(*buffers);
  return true;
}
