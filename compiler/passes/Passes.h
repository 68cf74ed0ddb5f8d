// The passes: one table of what they are called, need and give, and the strategies made of them.
#pragma once

#include "compiler/passes/Properties.h"
#include "mlir/Pass/Pass.h"
#include "llvm/ADT/ArrayRef.h"
#include <string>
#include <vector>

namespace pto::passes {

struct PassInfo {
  llvm::StringLiteral name;
  llvm::StringLiteral summary;
  /// Properties.
  unsigned needs, establishes;
  /// What it gives is what it gives for that.
  bool isIdempotent;
  std::unique_ptr<mlir::Pass> (*create)(llvm::StringRef platform);
};

/// Null if there is none of that name.
const PassInfo *passNamed(llvm::StringRef name);

struct Strategy {
  llvm::StringLiteral name;
  std::vector<llvm::StringLiteral> passes;
};
llvm::ArrayRef<Strategy> allStrategies();
const Strategy *strategyNamed(llvm::StringRef name);

/// What passes in this order need of a program: all that no pass before the one that needs it establishes.
unsigned lackedBy(llvm::ArrayRef<llvm::StringRef> passes);
std::vector<llvm::StringRef> passNames();

/// What is wrong with the order: a pass that does not exist, or needs what neither the program has nor a pass before it
/// establishes. Empty if fine.
std::string orderProblem(llvm::ArrayRef<llvm::StringRef> passes, unsigned held = 0);

std::unique_ptr<mlir::Pass> createUnrollLoops();
std::unique_ptr<mlir::Pass> createConvertToSSA();
std::unique_ptr<mlir::Pass> createFlattenCallExpr();
std::unique_ptr<mlir::Pass> createOutlineIncoreScopes();
std::unique_ptr<mlir::Pass> createInferTileMemorySpace();
std::unique_ptr<mlir::Pass> createConvertTensorToTileOps();
std::unique_ptr<mlir::Pass> createDeriveCallDirections();
std::unique_ptr<mlir::Pass> createNormalizeReturnOrder();
std::unique_ptr<mlir::Pass> createRunVerifier(llvm::StringRef platform);
std::unique_ptr<mlir::Pass> createInitMemRef();
std::unique_ptr<mlir::Pass> createMemoryReuse();
std::unique_ptr<mlir::Pass> createInsertSync();
std::unique_ptr<mlir::Pass> createAllocateMemoryAddr(llvm::StringRef platform);

} // namespace pto::passes
