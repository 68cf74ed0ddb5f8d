// The show command: a case as it runs.
#pragma once

#include "harness/case/Case.h"
#include "llvm/Support/raw_ostream.h"

namespace pto::harness {

/// Its arguments, golden, comparison and kernel, placeholders replaced.
void printCase(const Case &spec, llvm::raw_ostream &os);

} // namespace pto::harness
