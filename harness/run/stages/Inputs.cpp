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

llvm::Expected<Buffer> pto::harness::generateArgument(const Case &spec, const CaseArgument &argument,
                                                      uint64_t runSeed) {
  Buffer buffer(argument);
  if (!buffer.goesIn())
    return buffer;
  auto generated = golden::generate(argument.init, argument.dtype, argument.shape, seedOf(spec, argument, runSeed));
  if (!generated)
    return generated.takeError();
  buffer.initial = std::move(*generated);
  return buffer;
}

bool pto::harness::inputs(Run &run) {
  for (const CaseArgument &argument : run.spec.args) {
    llvm::Expected<Buffer> buffer = generateArgument(run.spec, argument, run.seed());
    if (!buffer)
      return run.fail(report::State::InfraError, report::Blame::Case,
                      "argument '" + argument.name + "': " + llvm::toString(buffer.takeError()),
                      caseLocation(argument.place));
    run.buffers.push_back(std::move(*buffer));
  }
  return true;
}
