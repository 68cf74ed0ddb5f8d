// What holds for every kernel: each pass leaves it valid and readable, nothing that is needed is overwritten, no pipe
// runs ahead of another, and a second run changes nothing where that is promised.
#include "compiler/passes/tests/Execution.h"
#include "compiler/passes/tests/Programs.h"
#include "compiler/passes/tests/TileKernels.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace pto;
using namespace pto::passes;
using namespace pto::passes::tests;

namespace {

std::string anyKernel() {
  return randomTileKernel(
      *rc::gen::resize(120, rc::gen::container<std::vector<uint8_t>>(rc::gen::arbitrary<uint8_t>())));
}

/// A kernel behind these passes; each is verified and read back on the way.
mlir::OwningOpRef<mlir::ModuleOp> compiled(Programs &programs, llvm::ArrayRef<llvm::StringRef> passes) {
  auto module = programs.import("P");
  if (!module)
    RC_FAIL(programs.problems);
  PipelineOptions options;
  std::string error = llvm::toString(runPasses(*module, passes, options));
  if (!error.empty())
    RC_FAIL(error);
  return module;
}

void checkAllWays(mlir::ModuleOp module, bool checksSync) {
  for (auto function : program::programIn(module).getBody().getOps<prog::FuncOp>())
    for (uint64_t seed = 0; seed < 20; ++seed) {
      std::string problem = Execution(function, seed, checksSync).problem();
      if (!problem.empty())
        RC_FAIL(problem + "\n" + printed(module));
    }
}

RC_GTEST_PROP(PassLaws, PlacingOverwritesNothingThatIsNeeded, ()) {
  std::string text = anyKernel();
  RC_LOG() << text;
  Programs programs(text);
  checkAllWays(*compiled(programs, {"ConvertToSSA", "FlattenCallExpr", "InitMemRef"}), false);
}

RC_GTEST_PROP(PassLaws, SharingOverwritesNothingThatIsNeeded, ()) {
  std::string text = anyKernel();
  RC_LOG() << text;
  Programs programs(text);
  checkAllWays(
      *compiled(programs, {"ConvertToSSA", "FlattenCallExpr", "InitMemRef", "MemoryReuse", "AllocateMemoryAddr"}),
      false);
}

RC_GTEST_PROP(PassLaws, NoPipeRunsAheadOfAnother, ()) {
  std::string text = anyKernel();
  RC_LOG() << text;
  Programs programs(text);
  checkAllWays(*compiled(programs, {"ConvertToSSA", "FlattenCallExpr", "InitMemRef", "MemoryReuse", "InsertSync"}),
               true);
}

RC_GTEST_PROP(PassLaws, ASecondRunChangesNothing, ()) {
  Programs programs(anyKernel());
  llvm::SmallVector<llvm::StringRef, 8> done;
  for (llvm::StringRef name : {"UnrollLoops", "ConvertToSSA", "FlattenCallExpr", "InferTileMemorySpace", "InitMemRef",
                               "MemoryReuse", "InsertSync", "AllocateMemoryAddr"}) {
    RC_ASSERT(passNamed(name)->isIdempotent);
    done.push_back(name);
    auto once = compiled(programs, done);
    std::string before = printed(*once);
    PipelineOptions options;
    options.held = passNamed(name)->needs;
    RC_ASSERT(llvm::toString(runPasses(*once, name, options)) == "");
    RC_ASSERT(printed(*once) == before);
  }
}

} // namespace
