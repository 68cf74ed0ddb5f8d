// What a function does with its parameters.
#pragma once

#include "compiler/dialect/program/Ops.h"

namespace pto::passes {

struct Use {
  bool isRead = false, isWritten = false;
};

/// Of each tensor and tile, what becomes of it included: a store into it, a view of it, a loop that carries it.
llvm::DenseMap<mlir::Value, Use> usesOf(prog::FuncOp function);

} // namespace pto::passes
