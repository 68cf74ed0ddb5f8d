// What to add to a kernel so that its instructions are ordered, as text to paste.
#pragma once

#include "base/Addition.h"
#include "sim/run/Core.h"
#include "llvm/ADT/ArrayRef.h"

namespace pto::sim {

/// Two instructions of a program and the pipes that they run on; the first one is executed before.
struct Pair {
  size_t first, second;
  Pipe firstPipe, secondPipe;
  std::string memBar = {};                ///< where both are in a vector scope: the kind of the barrier between them
  unsigned firstCore = 1, secondCore = 1; ///< their places in the cluster

  bool isOfTwoCores() const { return firstCore != secondCore; }
};

struct MissingEdge {
  std::string advice;          ///< what to add …
  std::vector<AddedLine> edit; ///< … as lines, where it says lines
  /// Each of them may order the two. Which of them do depends on the turns of the loops around them; what is for one of
  /// the innermost blocks comes first.
  std::vector<Addition> remedies;
};

/// One for each pair. The advice of one flag or barrier is for all pairs that it orders.
std::vector<MissingEdge> missingEdges(const Program &program, llvm::ArrayRef<Pair> pairs);

/// "in the loop at line 9 with its variable at 3", outer loops first; empty outside of loops.
std::string iteration(const Program &program, const Core &core, const Instruction &at);

} // namespace pto::sim
