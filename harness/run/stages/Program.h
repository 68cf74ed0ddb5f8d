// What the stages of a program share.
#pragma once

#include "harness/run/Run.h"

namespace pto::harness {

/// The program of that name, with the case's arguments if it is the entry; null after an error, which ends the run.
mlir::OwningOpRef<mlir::ModuleOp> specializedModule(Run &run, llvm::StringRef name, bool withArguments);

} // namespace pto::harness
