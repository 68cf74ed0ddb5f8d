// What the stages of a program share.
#pragma once

#include "compiler/frontend/program/Diagnostic.h"
#include "compiler/specialize/Request.h"
#include "harness/run/Run.h"

namespace pto::harness {

/// What the case asks for: a program of that name; its arguments too, if it is the entry that is meant.
specialize::Request requestOf(const Run &run, llvm::StringRef entry, bool withArguments);

/// Specialized, as a module; null after an error, which has then ended the run.
mlir::OwningOpRef<mlir::ModuleOp> specializedModule(Run &run, const specialize::Request &request);

} // namespace pto::harness
