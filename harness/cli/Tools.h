// The tools beside run_validation, which are called through it: `run_validation opt kernel.pto` is pto-opt.
#pragma once

#include "llvm/ADT/ArrayRef.h"

namespace pto::harness {

struct Tool {
  const char *name;    ///< as it is typed after run_validation
  const char *program; ///< the executable in the folder of this one
  const char *summary;
};

llvm::ArrayRef<Tool> tools();

/// Becomes the tool that the first argument names. Returns if that names none, and where the tool cannot be started,
/// with a message on stderr: true then.
bool becomeTool(int argc, char **argv);

} // namespace pto::harness
