// Runs passes over a program, and checks it after each of them.
#pragma once

#include "compiler/passes/Passes.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Error.h"

namespace pto::passes {

struct PipelineOptions {
  std::string platform = "a2a3";
  /// Where NN_after_Pass.py go; none are written if it is empty. Dumps of earlier runs are removed from it.
  std::string dumpFolder;
  bool verifyEach = true;
  /// Print, read back, compare, memrefs included.
  bool roundTripEach = true;
};

/// By the name of a strategy: `PTOAS`, `Default`. An error names the pass and the place in the user's program.
llvm::Error runPipeline(mlir::ModuleOp module, llvm::StringRef strategy, const PipelineOptions &options = {});

/// These passes, in this order, whatever they need.
llvm::Error runPasses(mlir::ModuleOp module, llvm::ArrayRef<llvm::StringRef> passes,
                      const PipelineOptions &options = {});

} // namespace pto::passes
