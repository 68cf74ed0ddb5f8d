// The coverage of the instruction set: what parses, what is simulated.
#pragma once

#include "llvm/Support/raw_ostream.h"

namespace pto::harness {

/// A Markdown table made from the dialect's ops and the simulator's declarations.
void printIsa(llvm::raw_ostream &os);

} // namespace pto::harness
