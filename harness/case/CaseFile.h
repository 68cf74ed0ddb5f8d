// Reading a case file for some of its points.
#pragma once

#include "harness/case/Case.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace pto::harness {

/// What a kernel's file will hold when an editor saves it.
struct UnsavedKernel {
  std::string file, text;
};

/// The points whose full name is wanted; `name` is the case's without its point. With the text of a kernel that is not
/// saved yet. What is wrong with the file as a whole is reported whatever is wanted.
CaseSet readCasePoints(const std::string &file, const std::string &name,
                       llvm::function_ref<bool(llvm::StringRef)> isWanted, const UnsavedKernel *unsaved = nullptr);

} // namespace pto::harness
