// A mutant of a case's kernel, and what became of it.
#pragma once

#include "base/Order.h"
#include "compiler/mutate/Mutant.h"
#include "harness/case/Case.h"
#include "reports/Result.h"

namespace pto::harness {

/// In the order of what they say: a mutant that one point of a case finds redundant may be killed by another one.
enum class Fate {
  Stillborn, ///< refused before it ran: it says nothing about the case
  Redundant, ///< the order is complete without it: what was changed orders nothing that something else does not
  Survived,
  Killed ///< the case failed, or warned
};
/// "stillborn", …
llvm::StringRef nameOf(Fate fate);

struct Trial {
  const Case *spec;
  size_t number; ///< among the mutants of the case, from 1
  mutate::Mutant mutant;
  Fate fate = Fate::Stillborn;
  std::string by;  ///< what killed or refused it: "read-after-write", "numbers", "fault", "verify" …
  std::string why; ///< one line
};

/// A warning that the changed kernel has and the unchanged one has not.
const std::string *newWarning(const reports::Result &unchanged, const reports::Result &result);
/// Whether all that a kernel accesses is in order after its synchronization was changed, and nothing else is otherwise.
bool isStillInOrder(const reports::Result &unchanged, const reports::Result &result);

/// `unchanged` is the result of the case as it is; it passed. `isChecked`: order was looked at.
void judge(Trial &trial, const reports::Result &unchanged, const reports::Result &result, bool isChecked);

/// What the checks call redundant changes nothing in another order either; where it does, they have missed something.
void confirmRedundant(Trial &trial, const reports::Result &unchanged, const reports::Result &result, Order order);

} // namespace pto::harness
