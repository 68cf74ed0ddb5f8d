// The arguments of a run before it.
#pragma once

#include "harness/run/Buffer.h"
#include "llvm/Support/Error.h"

namespace pto::harness {

/// All of them, with what goes in; an error where one cannot be generated, which `refused` then is.
llvm::Expected<std::vector<Buffer>> generateArguments(const Case &spec, uint64_t runSeed, const CaseArgument *&refused);

} // namespace pto::harness
