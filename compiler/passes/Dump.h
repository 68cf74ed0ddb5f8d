// A folder with the program after each pass.
#pragma once

#include "llvm/Support/Error.h"
#include <string>

namespace pto::passes {

class Dump {
public:
  /// Without a folder nothing is written.
  explicit Dump(std::string folder) : folder(std::move(folder)) {}

  /// Makes the folder and removes what an earlier run has dumped there; other files stay.
  llvm::Error open();
  /// As NN_after_Pass.py, whole or not at all.
  llvm::Error write(llvm::StringRef pass, llvm::StringRef text);

private:
  std::string folder;
  unsigned count = 0;
};

} // namespace pto::passes
