// What a person types for a case: a name, a pattern, or a path of its folder or its kernel.
#pragma once

#include "harness/case/Case.h"
#include "harness/case/Glob.h"
#include <string>
#include <vector>

namespace pto::harness {

struct Wanted {
  std::string typed;
  std::string root;   ///< the cases root to look below
  std::string glob;   ///< of names below it; empty: all
  std::string kernel; ///< a kernel file: only cases that use it; else empty

  bool matches(const Case &spec) const;
  /// A broken case has no points; a name of one of them still means this case.
  bool matchesBroken(llvm::StringRef name) const;
};

/// A name below `root` where there is such a folder, else a path where there is one, else a name or pattern.
Wanted resolve(llvm::StringRef typed, const std::string &root);

} // namespace pto::harness
