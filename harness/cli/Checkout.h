// Which commit a file's checkout is at.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <string>

namespace pto::harness {

/// The commit of the git checkout that a path lies in; empty where it lies in none. What was changed since then is not
/// told. Read from .git itself: a process would take longer than a case.
std::string commitOf(llvm::StringRef path);

} // namespace pto::harness
