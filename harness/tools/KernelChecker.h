// A process beside the language server that runs kernels as an editor has them: what becomes of a run is no danger to
// the server.
#pragma once

#include "llvm/Support/JSON.h"
#include <string>

namespace pto::harness {

class KernelChecker {
public:
  /// Forks. To be called before there is a second thread.
  KernelChecker();

  /// Asks for a text to be run: an object with `uri`, `file`, `version` and `text`. A newer text of the same file
  /// stands in for one that has no answer yet.
  void ask(llvm::json::Object question);
  /// Waits for an answer: `uri` and `version` as they were asked, and `remarks`. Null where there will be none any
  /// more.
  llvm::json::Value next();

private:
  int questions = -1;
  FILE *answers = nullptr;
};

/// What there is to say of a kernel: its case is run, up to some of its points, or, where it has none, what order its
/// instructions are in. Nothing where `isObsolete` ended it.
llvm::json::Array checkKernel(llvm::StringRef file, llvm::StringRef text, llvm::function_ref<bool()> isObsolete);

} // namespace pto::harness
