// Looks for what orders a kernel by running it: each finding of the checks is mended by what costs least, then all that
// turns out not to be needed goes again.
#pragma once

#include "compiler/sync/Change.h"
#include "harness/run/Run.h"
#include "harness/sync/Proposal.h"
#include "llvm/ADT/SetVector.h"

namespace pto::harness {

struct SearchOptions {
  bool isFromScratch = false;    ///< what is there is taken out first
  bool removesRedundant = false; ///< what orders nothing is taken out as well
  bool findsAdvice = false;      ///< also looks for barriers of all pipes where a flag would do
};

/// For the points of one kernel's case, which run in this process up to their end, but for the comparison.
Proposal propose(llvm::ArrayRef<Case> points, Workshop &workshop, SearchOptions options);

} // namespace pto::harness
