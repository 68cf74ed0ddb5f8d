// Comparisons that check nothing, or next to nothing: a kernel that is wrong, or does nothing, would pass them.
#pragma once

#include "golden/compare/Compare.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

namespace pto::golden {

/// What is wrong with a comparison, by the key of `allow:` under which a case may say why it is right after all.
enum class Vacuity {
  Zero,      ///< the reference is all zero
  Unchanged, ///< the reference is what the output held before
  NaN,       ///< the reference is all NaN
  Loose      ///< the bound leaves less than two bits of the value
};

llvm::StringRef nameOf(Vacuity vacuity);

struct VacuityFound {
  Vacuity kind;
  std::string message;
};

/// The first thing found that `isAllowed` does not allow. `initial` is what an output held before the kernel ran, or
/// null where that is nothing that a golden could return.
std::optional<VacuityFound> findVacuity(const Reference &expected, const CompareMode &mode, const Tensor *initial,
                                        llvm::function_ref<bool(Vacuity)> isAllowed);

} // namespace pto::golden
