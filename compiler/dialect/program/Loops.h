// Loops of a program, and what leaves them.
#pragma once

#include "compiler/dialect/program/Ops.h"

namespace pto::prog {

/// Breaks and continues that leave this loop, not one inside of it.
llvm::SmallVector<mlir::Operation *, 2> leavesOf(mlir::Operation *loop);

} // namespace pto::prog
