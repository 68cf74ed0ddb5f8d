// A program that is not what its case says has to fail, and to say at which line of which file.
#include "harness/tests/Sandbox.h"
#include <gtest/gtest.h>

using namespace pto;
using namespace pto::harness::testing;
using reports::State;

namespace {

/// A generic program whose kernel stands in a file beside it, and the same one by hand.
class Program : public ::testing::Test {
protected:
  Program() {
    sandbox.write("case.yaml", "summary: doubles\n"
                               "kernel: { source: program.py, entry: run, equals: Doubled }\n"
                               "args:\n"
                               "  - { name: a, dtype: f32, shape: [8, 8] }\n"
                               "  - { name: out, dtype: f32, shape: [8, 8], direction: out }\n");
    sandbox.write("kernels.py", "import pypto.language as pl\n\n\n"
                                "@pl.jit.incore\n"
                                "def double(a: pl.Tensor, out: pl.Out[pl.Tensor]):\n"
                                "    t = pl.load(a, [0, 0], [8, 8])\n"
                                "    return pl.store(pl.add(t, t), [0, 0], out)\n");
    sandbox.write("program.py", "import pypto.language as pl\n"
                                "from .kernels import double\n\n\n"
                                "@pl.jit\n"
                                "def run(a: pl.Tensor, out: pl.Out[pl.Tensor]):\n"
                                "    out = double(a, out)\n"
                                "    return out\n\n\n"
                                "T = pl.Tensor[[8, 8], pl.FP32]\n\n\n"
                                "@pl.program\n"
                                "class Doubled:\n"
                                "    @pl.function(type=pl.FunctionType.InCore)\n"
                                "    def double(self, a: T, out: pl.Out[T]) -> T:\n"
                                "        t = pl.load(a, [0, 0], [8, 8])\n"
                                "        return pl.store(pl.add(t, t), [0, 0], out)\n\n"
                                "    @pl.function(type=pl.FunctionType.Orchestration)\n"
                                "    def run(self, a: T, out: pl.Out[T]) -> T:\n"
                                "        out = self.double(a, out)\n"
                                "        return out\n");
  }

  reports::Result run() {
    Outcome outcome = sandbox.run();
    EXPECT_EQ(outcome.results.size(), 1u) << outcome.text;
    return outcome.results.empty() ? reports::Result() : outcome.results[0];
  }

  Sandbox sandbox;
};

} // namespace

TEST_F(Program, PassesAsItIs) {
  reports::Result result = run();
  EXPECT_EQ(result.state, State::Pass) << result.message;
  EXPECT_EQ(stagesOf(result), (std::vector<std::string>{"specialize", "verify", "round-trip", "passes", "equality"}));
}

TEST_F(Program, ADifferenceIsShownAtTheLineOfTheImportedFile) {
  sandbox.apply({"kernels.py", "pl.add(t, t)", "pl.mul(t, t)"});
  reports::Result result = run();
  EXPECT_EQ(result.state, State::FailIr);
  EXPECT_NE(result.message.find("not equal to Doubled at ['double']"), std::string::npos) << result.message;
  EXPECT_NE(result.message.find("pl.tile.mul != pl.tile.add"), std::string::npos) << result.message;
  ASSERT_TRUE(result.location);
  EXPECT_TRUE(llvm::StringRef(result.location->file).ends_with("kernels.py")) << result.location->file;
  EXPECT_EQ(result.location->line, 7u);
  EXPECT_NE(result.location->snippet.find("pl.mul(t, t)"), std::string::npos);
  bool namesReference = false;
  for (const std::string &line : result.details)
    namesReference |= line.find("program.py:19") != std::string::npos;
  EXPECT_TRUE(namesReference);
}

TEST_F(Program, AFunctionThatOneSideLacksIsShown) {
  sandbox.apply({"program.py", "    def double(", "    def twice("});
  sandbox.apply({"program.py", "self.double(", "self.twice("});
  reports::Result result = run();
  EXPECT_EQ(result.state, State::FailIr);
  EXPECT_EQ(result.message, "not equal to Doubled at ['double']: this function is on the left only");
  EXPECT_EQ(result.details, (std::vector<std::string>{"specialized:", "    @pl.function(type=pl.FunctionType.InCore)",
                                                      "    def double("}));
}

TEST_F(Program, AnErrorIsShownInTheImportedFile) {
  sandbox.apply({"kernels.py", "pl.add(t, t)", "pl.ad(t, t)"});
  reports::Result result = run();
  EXPECT_EQ(result.state, State::CompileFail);
  ASSERT_TRUE(result.location);
  EXPECT_TRUE(llvm::StringRef(result.location->file).ends_with("kernels.py")) << result.location->file;
  EXPECT_EQ(result.location->line, 7u);
}

TEST_F(Program, ACallTooManyIsADifference) {
  sandbox.apply({"program.py", "    out = double(a, out)\n", "    out = double(a, out)\n    out = double(a, out)\n"});
  EXPECT_EQ(run().state, State::FailIr);
}

TEST_F(Program, WhatAPassRefusesIsShownAtItsLine) {
  sandbox.write("case.yaml", "summary: too large\n"
                             "kernel: { source: program.py, entry: Large, equals: Larger }\n"
                             "args:\n"
                             "  - { name: a, dtype: f32, shape: [512, 512] }\n"
                             "  - { name: out, dtype: f32, shape: [512, 512], direction: out }\n");
  sandbox.write("program.py", "import pypto.language as pl\n\n"
                              "T = pl.Tensor[[512, 512], pl.FP32]\n\n\n"
                              "@pl.program\n"
                              "class Large:\n"
                              "    @pl.function(type=pl.FunctionType.InCore)\n"
                              "    def copy(self, a: T, out: pl.Out[T]) -> T:\n"
                              "        t = pl.load(a, [0, 0], [512, 512])\n"
                              "        return pl.store(t, [0, 0], out)\n");
  reports::Result result = run();
  EXPECT_EQ(result.state, State::CompileFail);
  EXPECT_EQ(result.message.find("AllocateMemoryAddr: "), 0u) << result.message;
  ASSERT_TRUE(result.location);
  EXPECT_EQ(result.location->line, 10u);
  EXPECT_NE(result.location->snippet.find("pl.load"), std::string::npos);
}

TEST_F(Program, AnErrorInTheProgramToEqualIsTheCasesError) {
  sandbox.apply({"program.py", "        return pl.store(pl.add(t, t), [0, 0], out)\n\n",
                 "        return pl.store(pl.ad(t, t), [0, 0], out)\n\n"});
  reports::Result result = run();
  EXPECT_EQ(result.state, State::InfraError);
  EXPECT_EQ(result.blame, reports::Blame::Case);
  EXPECT_EQ(result.message.find("'Doubled', which the entry must equal, does not compile: "), 0u) << result.message;
  ASSERT_TRUE(result.location);
  EXPECT_EQ(result.location->line, 19u);
}

TEST_F(Program, WhatAPassRefusesOfTheProgramToEqualIsTheCasesError) {
  sandbox.apply({"program.py", "T = pl.Tensor[[8, 8], pl.FP32]", "T = pl.Tensor[[512, 512], pl.FP32]"});
  sandbox.apply({"program.py", "        t = pl.load(a, [0, 0], [8, 8])", "        t = pl.load(a, [0, 0], [512, 512])"});
  reports::Result result = run();
  EXPECT_EQ(result.state, State::InfraError);
  EXPECT_EQ(result.blame, reports::Blame::Case);
  EXPECT_NE(result.message.find("does not compile: AllocateMemoryAddr: "), std::string::npos) << result.message;
}

TEST_F(Program, ADirectionThatContradictsTheProgramIsTheCasesError) {
  sandbox.apply({"case.yaml", "{ name: out, dtype: f32, shape: [8, 8], direction: out }",
                 "{ name: out, dtype: f32, shape: [8, 8], direction: inout }"});
  reports::Result result = run();
  EXPECT_EQ(result.state, State::InfraError);
  EXPECT_EQ(result.message, "argument 'out' is input and output; the parameter is an output");
  ASSERT_TRUE(result.location);
  EXPECT_TRUE(llvm::StringRef(result.location->file).ends_with("case.yaml")) << result.location->file;
  EXPECT_EQ(result.location->line, 5u);
  ASSERT_FALSE(result.details.empty());
  EXPECT_NE(result.details[0].find("program.py:6:"), std::string::npos) << result.details[0];
}

TEST_F(Program, AMisspeltDecoratorIsNotTakenForTheFunctionInTheReference) {
  sandbox.apply({"program.py", "@pl.jit\n", "@pl.jti\n"});
  reports::Result result = run();
  EXPECT_EQ(result.state, State::CompileFail);
  EXPECT_EQ(result.message, "unknown decorator '@pl.jti'; did you mean 'pl.jit'?");
  ASSERT_TRUE(result.location);
  EXPECT_EQ(result.location->line, 5u);
}

TEST_F(Program, WhatNothingReadsIsAnError) {
  sandbox.apply({"case.yaml", "args:\n", "blocks: 4\nseed: 3\nargs:\n"});
  sandbox.apply({"case.yaml", "{ name: a, dtype: f32, shape: [8, 8] }",
                 "{ name: a, dtype: f32, shape: [8, 8], init: { ramp: [0, 1] } }"});
  Outcome outcome = sandbox.run();
  EXPECT_EQ(outcome.exitCode, 105) << outcome.text;
  for (const char *key : {"'blocks' is for kernels", "'seed' is for a run", "'init' is for a run"})
    EXPECT_NE(outcome.text.find(key), std::string::npos) << outcome.text;
}
