// Runs passes over a program, and checks it after each of them.
#pragma once

#include "base/Diagnostic.h"
#include "compiler/Platforms.h"
#include "compiler/passes/Passes.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Error.h"

namespace pto::passes {

/// What a pass found wrong with the user's program, or what its result was found to break.
class PassError : public llvm::ErrorInfo<PassError> {
public:
  static char ID;
  PassError(std::string pass, std::vector<Diagnostic> problems)
      : pass(std::move(pass)), problems(std::move(problems)) {}
  /// `InitMemRef: file.py:3:5: error: …`, a line for each problem.
  void log(llvm::raw_ostream &os) const override;
  std::error_code convertToErrorCode() const override { return llvm::inconvertibleErrorCode(); }

  std::string pass;
  std::vector<Diagnostic> problems;
};

struct PipelineOptions {
  std::string platform = defaultPlatform.str();
  /// Where NN_after_Pass.py go; none are written if it is empty. Dumps of earlier runs are removed from it.
  std::string dumpFolder;
  /// Properties that the program is said to have already: looked into before the first pass, where that is asked for.
  unsigned held = 0;
  /// After every pass: types and operations, and what has been established so far.
  bool verifyEach = true;
  /// Print, read back, compare, memrefs included.
  bool roundTripEach = true;
  /// Where the program goes after every pass.
  llvm::raw_ostream *printAfter = nullptr;
};

/// By the name of a strategy: `PTOAS`, `Default`, `Full`. An error names the pass and the place in the user's program.
llvm::Error runPipeline(mlir::ModuleOp module, llvm::StringRef strategy, const PipelineOptions &options = {});

/// These passes, in this order. Nothing runs if a pass is unknown or needs what none before it establishes.
llvm::Error runPasses(mlir::ModuleOp module, llvm::ArrayRef<llvm::StringRef> passes,
                      const PipelineOptions &options = {});

} // namespace pto::passes
