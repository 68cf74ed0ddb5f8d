// Reading a case file for some of its points.
#pragma once

#include "harness/case/Case.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace pto::harness {

/// As readCaseFile, for the points whose full name is wanted. What is wrong with the file as a whole is reported
/// whatever is wanted.
CaseSet readCasePoints(const std::string &file, const std::string &name,
                       llvm::function_ref<bool(llvm::StringRef)> isWanted);

} // namespace pto::harness
