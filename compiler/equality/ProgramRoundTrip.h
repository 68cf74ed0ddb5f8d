// Printing a program and reading it back must give the same program, and printing that the same text.
#pragma once

#include "compiler/equality/ProgramEquality.h"

namespace pto::compiler {

/// `text` is what the program prints as. Left is the program, right what came back; allocations are compared too.
/// Text that cannot be read back is a difference, with the first error as its reason.
std::optional<ProgramDifference> checkRoundTrip(prog::ProgramOp program, const std::string &text);

} // namespace pto::compiler
