// The operations that order pipes and cores, and which of them belong together.
#pragma once

#include "base/Addition.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Operation.h"

namespace pto::sync {

using Operations = llvm::SmallVector<mlir::Operation *, 0>;

inline constexpr unsigned eventCount = 8; // of each two pipes

// One of two that belong together lets others go on: it can come too early. The other one waits: it can come too late.
bool isRelease(mlir::Operation *op);
bool isWait(mlir::Operation *op);
// A barrier of all pipes.
bool isForAllPipes(mlir::Operation *op);

// Of a flag with an event that is written down.
std::optional<FlagName> flagOf(mlir::Operation *op);

// What the entry and the functions that it calls or launches execute, in the order of the text.
Operations executedBy(mlir::func::FuncOp entry);
Operations syncsAmong(llvm::ArrayRef<mlir::Operation *> operations);

// All sides of one flag, of a buffer id or of a signal after another.
std::vector<Operations> sidesByToken(llvm::ArrayRef<mlir::Operation *> syncs);
// Two of one token that follow each other and are of different kinds are taken for a pair.
std::vector<std::pair<mlir::Operation *, mlir::Operation *>> pairsOf(llvm::ArrayRef<mlir::Operation *> sides);

} // namespace pto::sync
