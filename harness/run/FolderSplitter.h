// The cases of a folder with a cases.py.
#pragma once

#include "harness/case/Case.h"
#include "harness/run/Settings.h"
#include "harness/scripts/Python.h"

namespace pto::harness {

/// Asks the cases.py of folders for the names of their cases, which share one copy of the folder.
class FolderSplitter {
public:
  explicit FolderSplitter(const Settings &settings) : settings(settings), python(settings.python) {}

  llvm::Expected<std::vector<Case>> split(const Case &folder);

private:
  llvm::Expected<std::vector<std::string>> namesIn(const ScratchFolder &copy, const Case &folder);

  const Settings &settings;
  Python python;
};

} // namespace pto::harness
