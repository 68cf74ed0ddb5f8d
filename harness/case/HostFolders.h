// Folders in a layout of the public suites, which are cases without a case.yaml.
#pragma once

#include "harness/case/Case.h"

namespace pto::harness {

/// The case that a folder is, or the whole of those in it: nothing where it has none of the scripts of a layout. What
/// is missing beside them, or cannot be read, is an error.
std::optional<llvm::Expected<Case>> readHostFolder(const std::string &name, const std::string &folder);

} // namespace pto::harness
