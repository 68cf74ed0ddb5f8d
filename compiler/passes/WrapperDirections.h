// What Group and Spmd functions do with their parameters.
// They hand them to kernels, so that their own signature may say less than what happens.
#pragma once

#include "compiler/dialect/program/Ops.h"
#include "llvm/ADT/MapVector.h"

namespace pto::passes {

/// `in`, `out`, `inout` for each parameter of each wrapper. Never less than what is declared: inout above out above in.
llvm::MapVector<mlir::Operation *, llvm::SmallVector<llvm::StringRef, 4>> wrapperDirections(prog::ProgramOp program);

} // namespace pto::passes
