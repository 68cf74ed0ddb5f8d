// What an argument holds before the run.
#pragma once

#include "golden/tensor/Tensor.h"
#include "harness/case/Case.h"
#include "llvm/Support/Error.h"

namespace pto::harness {

/// Empty for scalars and outputs.
llvm::Expected<golden::Tensor> generateArgument(const Case &spec, const CaseArgument &argument, uint64_t runSeed);

} // namespace pto::harness
