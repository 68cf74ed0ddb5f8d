// The arguments of a run before it.
#pragma once

#include "harness/run/Buffer.h"
#include "llvm/Support/Error.h"

namespace pto::harness {

/// With what it holds, if it goes in.
llvm::Expected<Buffer> generateArgument(const Case &spec, const CaseArgument &argument, uint64_t runSeed);

} // namespace pto::harness
