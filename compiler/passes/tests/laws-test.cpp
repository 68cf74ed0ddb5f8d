// What holds for every kernel: each pass leaves it valid and readable, nothing that is needed is overwritten, no pipe
// runs ahead of another, and a second run changes nothing where that is promised.
#include "compiler/passes/tests/Evaluation.h"
#include "compiler/passes/tests/Execution.h"
#include "compiler/passes/tests/Programs.h"
#include "compiler/passes/tests/TensorPrograms.h"
#include "compiler/passes/tests/TileKernels.h"
#include <cmath>
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
  for (auto function : frontend::programIn(module).getBody().getOps<prog::FuncOp>())
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

std::string anyTensorProgram() {
  return randomTensorProgram(
      *rc::gen::resize(120, rc::gen::container<std::vector<uint8_t>>(rc::gen::arbitrary<uint8_t>())));
}

/// Main's results and what it has written into its last parameter.
Evaluation::Values computed(mlir::ModuleOp module, bool flag) {
  Evaluation::Values arguments;
  for (double phase : {0.3, 1.7}) {
    arguments.push_back(std::make_shared<Matrix>(32, 32));
    for (size_t i = 0; i < 1024; ++i)
      arguments.back()->elements[i] = std::sin(phase * static_cast<double>(i + 1));
  }
  arguments.push_back(std::make_shared<Matrix>(1, 1, flag));
  arguments.push_back(std::make_shared<Matrix>(32, 32));
  Evaluation evaluation(frontend::programIn(module));
  Evaluation::Values results = evaluation.run("main", arguments);
  if (!evaluation.problem.empty())
    RC_FAIL(evaluation.problem + "\n" + printed(module));
  results.push_back(arguments.back());
  return results;
}

RC_GTEST_PROP(PassLaws, FullKeepsWhatAProgramComputes, ()) {
  std::string text = anyTensorProgram();
  RC_LOG() << text;
  Programs programs(text);
  auto before = programs.import("P"), after = programs.import("P");
  if (!before || !after)
    RC_FAIL(programs.problems);
  std::string error = llvm::toString(runPipeline(*after, "Full"));
  if (!error.empty())
    RC_FAIL(error);
  for (bool flag : {false, true}) {
    Evaluation::Values expected = computed(*before, flag), found = computed(*after, flag);
    RC_ASSERT(expected.size() == found.size());
    for (size_t i = 0; i < expected.size(); ++i)
      for (size_t j = 0; j < expected[i]->elements.size(); ++j) {
        double a = expected[i]->elements[j], b = found[i]->elements[j];
        if (!(std::abs(a - b) <= 1e-9 * (1 + std::abs(a))))
          RC_FAIL("value " + std::to_string(i) + ", element " + std::to_string(j) + ": " + std::to_string(a) +
                  " != " + std::to_string(b) + "\n" + printed(*after));
      }
  }
}

RC_GTEST_PROP(PassLaws, KernelsOfFullOverwriteNothingAndWait, ()) {
  Programs programs(anyTensorProgram());
  auto module = programs.import("P");
  if (!module)
    RC_FAIL(programs.problems);
  std::string error = llvm::toString(runPipeline(*module, "Full"));
  if (!error.empty())
    RC_FAIL(error);
  for (auto function : frontend::programIn(*module).getBody().getOps<prog::FuncOp>())
    if (function.getKind() == "InCore")
      for (uint64_t seed = 0; seed < 4; ++seed)
        if (std::string problem = Execution(function, seed, true).problem(); !problem.empty())
          RC_FAIL(problem + "\n" + printed(*module));
}

RC_GTEST_PROP(PassLaws, ASecondRunOfEachPassOfFullChangesNothing, ()) {
  Programs programs(anyTensorProgram());
  auto module = programs.import("P");
  if (!module)
    RC_FAIL(programs.problems);
  PipelineOptions once, again;
  once.roundTripEach = again.roundTripEach = false;
  for (llvm::StringLiteral name : strategyNamed("Full")->passes) {
    RC_ASSERT(llvm::toString(runPasses(*module, llvm::StringRef(name), once)) == "");
    once.held |= passNamed(name)->establishes;
    again.held = once.held | passNamed(name)->needs;
    std::string before = printed(*module);
    RC_ASSERT(llvm::toString(runPasses(*module, llvm::StringRef(name), again)) == "");
    RC_ASSERT(printed(*module) == before);
  }
}

} // namespace
