// What the driver asks before and between passes: that their order can work, that what is said to hold does hold.
#include "compiler/passes/tests/Programs.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace pto;
using namespace pto::passes;
using namespace pto::passes::tests;
using testing::HasSubstr;

namespace {

TEST(Order, OfEveryStrategyCanWork) {
  for (const Strategy &strategy : allStrategies())
    EXPECT_EQ(orderProblem(llvm::SmallVector<llvm::StringRef>(strategy.passes.begin(), strategy.passes.end())), "");
}

TEST(Order, ThatCannotWorkIsRefusedBeforeAnythingRuns) {
  Programs programs("import pypto.language as pl\n"
                    "@pl.program\n"
                    "class P:\n"
                    "    @pl.function\n"
                    "    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:\n"
                    "        for i in pl.unroll(4):\n"
                    "            x = pl.exp(x)\n"
                    "        return x\n");
  auto module = programs.import("P");
  ASSERT_TRUE(module) << programs.problems;
  std::string before = printed(*module);
  EXPECT_EQ(llvm::toString(runPasses(*module, {"UnrollLoops", "ConvertToSSA", "MemoryReuse"})),
            "MemoryReuse needs Memrefs, which no pass before it establishes");
  EXPECT_EQ(llvm::toString(runPasses(*module, {"UnrollLoops", "Fly"})), "unknown pass 'Fly'");
  EXPECT_EQ(printed(*module), before);
  PipelineOptions options;
  options.held = SSAForm | FlatCalls;
  EXPECT_EQ(orderProblem({"InitMemRef", "InsertSync"}, options.held), "");
  EXPECT_EQ(llvm::toString(runPasses(*module, {"InitMemRef", "InsertSync"}, options)), "");
}

struct Broken {
  Property property;
  /// The functions of the program.
  std::string text;
  std::string message;
};

TEST(Property, IsLookedInto) {
  const std::string kernel = "    @pl.function(type=pl.FunctionType.InCore)\n"
                             "    def k(self, x: pl.Tensor[[64], pl.FP32], out: pl.Out[pl.Tensor[[64], pl.FP32]]):\n";
  const std::string main = "    @pl.function\n"
                           "    def main(self, x: pl.Tensor[[64], pl.FP32]):\n";
  auto tile = [](const std::string &name, const std::string &memref, const std::string &offset) {
    return "        " + name + ": pl.Tile[[64], pl.FP32, pl.MemRef(" + memref + ", " + offset +
           ", 256), pl.Mem.Vec] = pl.load(x, [0], [64])\n";
  };
  const Broken programs[] = {
      {FlatCalls, main + "        while pl.tensor.read(x, [0]) > 1.0:\n            x = pl.exp(x)\n",
       "tensor.read is inside a condition"},
      {Memrefs, main + "        t = pl.load(x, [0], [64])\n", "'x' has no memref"},
      {Addresses, main + tile("t", "m0", "0") + tile("u", "m1", "128"),
       "'u' lies at 128 over the allocation 'm0' at 0"},
      {NoUnrolledLoops, main + "        for i in pl.unroll(4):\n            x = pl.exp(x)\n",
       "a pl.unroll loop is left"},
      {NoInCoreScopes, main + "        with pl.incore():\n            x = pl.exp(x)\n", "an in-core scope is left"},
      {NoInCoreScopes,
       "    @pl.function(type=pl.FunctionType.Orchestration)\n    def main(self, x: pl.Tensor[[64], pl.FP32]):\n"
       "        with pl.auto_incore():\n            x = pl.exp(x)\n",
       "an in-core scope is left"},
      {NoInCoreScopes, kernel + "        with pl.incore():\n            t = pl.load(x, [0], [64])\n",
       "an in-core scope is left: the function around it runs on a core already"},
      {MemorySpaces,
       kernel + "        t: pl.Tile[[64], pl.FP32] = pl.tpop_from_aic(split=0)\n        pl.store(t, [0], out)\n",
       "tile 't' has no memory"},
      {TileOps, kernel + "        y = pl.exp(x)\n", "tensor.exp is left in a kernel"},
      {CallDirections, kernel + "        pass\n" + main + "        self.k(x, x)\n",
       "this call of 'k' does not say what it does with its arguments"},
      {CallDirections,
       kernel + "        pass\n    @pl.function(type=pl.FunctionType.Group)\n" +
           "    def g(self, y: pl.Tensor[[64], pl.FP32]):\n" +
           "        self.k(y, y, attrs={\"arg_directions\": [pl.adir.input, pl.adir.output]})\n",
       "parameter 'y' of 'g' is out by what it is passed to"},
  };
  for (const Broken &broken : programs) {
    Programs program("import pypto.language as pl\n@pl.program\nclass P:\n" + broken.text);
    auto module = program.import("P");
    ASSERT_TRUE(module) << program.problems;
    PipelineOptions options;
    EXPECT_EQ(llvm::toString(runPasses(*module, {"ConvertToSSA"}, options)), "") << broken.text;
    options.held = broken.property;
    std::string error = llvm::toString(runPasses(*module, {"ConvertToSSA"}, options));
    EXPECT_THAT(error, HasSubstr(broken.message)) << broken.text;
    EXPECT_THAT(error, HasSubstr("test.py:")) << error;
    options.verifyEach = false;
    EXPECT_EQ(llvm::toString(runPasses(*module, {"ConvertToSSA"}, options)), "") << broken.text;
  }
}

TEST(Property, StaysBehindLaterPasses) {
  Programs program("import pypto.language as pl\n@pl.program\nclass P:\n    @pl.function\n"
                   "    def main(self, x: pl.Tensor[[64], pl.FP32]) -> pl.Tensor[[64], pl.FP32]:\n"
                   "        with pl.incore():\n            x = pl.exp(x)\n        return x\n");
  PipelineOptions options;
  options.held = SSAForm | CallDirections;
  auto module = program.import("P");
  ASSERT_TRUE(module) << program.problems;
  // What it makes a call of has no directions: derived before, they are not there any more.
  EXPECT_THAT(llvm::toString(runPasses(*module, {"OutlineIncoreScopes"}, options)),
              HasSubstr("OutlineIncoreScopes: test.py:6:9: error: this call of 'main_incore_0' does not say"));
}

TEST(Property, OfAssignmentBeforeUseIsLookedInto) {
  Programs program("import pypto.language as pl\n@pl.program\nclass P:\n    @pl.function\n"
                   "    def main(self, x: pl.Tensor[[64], pl.FP32]):\n        y = pl.exp(x)\n        z = pl.neg(y)\n");
  auto module = program.import("P");
  ASSERT_TRUE(module) << program.problems;
  PipelineOptions options;
  EXPECT_EQ(llvm::toString(runPasses(*module, {"ConvertToSSA"}, options)), "");
  auto function = *frontend::programIn(*module).getBody().getOps<prog::FuncOp>().begin();
  mlir::Operation *first = &function.getBlock().front();
  first->moveAfter(first->getNextNode());
  EXPECT_THAT(llvm::toString(runPasses(*module, {"ConvertToSSA"}, options)),
              HasSubstr("ConvertToSSA: test.py:7:13: error: operand 0 is used before it has a value"));
}

} // namespace
