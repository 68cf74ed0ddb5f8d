// What to add to a kernel so that two of its instructions are ordered, as text to paste.
#pragma once

#include "sim/run/Core.h"

namespace pto::sim {

/// Two instructions of a program and the pipes that they run on; the first one is executed before.
struct Pair {
  size_t first, second;
  Pipe firstPipe, secondPipe;
};

std::string missingEdge(const Program &program, const Pair &pair);
/// The same in a vector scope.
std::string missingMemBar(const Program &program, const Pair &pair, llvm::StringRef kind);

/// "in the loop at line 9 where its variable is 3", outer loops first; empty outside of loops.
std::string iteration(const Program &program, const Core &core, const Instruction &at);

} // namespace pto::sim
