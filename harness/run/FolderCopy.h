// The copy of a case's folder that its scripts run in.
#pragma once

#include "harness/case/Case.h"
#include "harness/run/ScratchFolder.h"
#include "harness/scripts/Python.h"

namespace pto::harness {

/// With the modules that its scripts may share with others: those of the folders above it.
llvm::Expected<ScratchFolder> copyFolder(const Case &spec);

/// The folder's own files in its copy.
std::string pathIn(const ScratchFolder &copy, const Case &spec);
std::string pathIn(const ScratchFolder &copy, const Case &spec, llvm::StringRef file);

/// One of the folder's scripts, with the arguments that it gets.
Script scriptIn(const ScratchFolder &copy, const Case &spec, llvm::StringRef file,
                std::vector<std::string> arguments = {});

} // namespace pto::harness
