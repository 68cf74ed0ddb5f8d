// Folders in the layout of the public suite, which are cases without a case.yaml.
#pragma once

#include "harness/case/Case.h"

namespace pto::harness {

/// The case that a folder with a kernel is: nothing where it has no golden.py. What is missing beside it, or cannot be
/// read, is an error.
std::optional<llvm::Expected<Case>> readHostFolder(const std::string &name, const std::string &folder);

} // namespace pto::harness
