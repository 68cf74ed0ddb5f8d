// The tool is only as good as what it catches: each of these breaks a kernel that passes, and has to be caught.
#include "harness/tests/Sandbox.h"
#include <gtest/gtest.h>

using namespace pto;
using namespace pto::harness::testing;
using reports::State;

namespace {

struct Break {
  const char *name;
  std::vector<Edit> edits;
  State state;
  const char *says;             ///< part of the message
  const char *writer = nullptr; ///< part of the line that is named as the worst element's writer
};

const char *zeroed = "%uz = arith.constant 4096 : i64\n"
                     "    %zp = pto.castptr %uz : i64 -> !pto.ptr<f32, ub>\n"
                     "    pto.mte_ub_gm %zp, %out, %len";

const Break breaks[] = {
    {"OutputZeroed",
     {{"kernel.pto", "pto.mte_ub_gm %uo, %out, %len", zeroed}},
     State::FailNumeric,
     "100 of 100",
     "pto.mte_ub_gm %zp, %out"},
    {"OperandsSwapped",
     {{"kernel.pto", "pto.vsub %va, %vb,", "pto.vsub %vb, %va,"}},
     State::FailNumeric,
     "100 of 100",
     "pto.vsts %sum, %uo[%i]"},
    {"MaskOneShort",
     {{"kernel.pto", "arith.constant 100 : i32", "arith.constant 99 : i32"}},
     State::FailNumeric,
     "1 of 100 elements differ"},
    {"StoreDropped",
     {{"kernel.pto", "        pto.vsts %sum, %uo[%i], %mask : !pto.vreg<64xf32>, !pto.ptr<f32, ub>, !pto.mask<b32>\n",
       ""}},
     State::FailNumeric,
     "100 of 100"},
    {"LastTransferDropped",
     {{"kernel.pto",
       "    pto.mte_ub_gm %uo, %out, %len nburst(%one, %len, %len) : !pto.ptr<f32, ub>, !pto.ptr<f32, gm>, i64, i64, "
       "i64, "
       "i64\n",
       ""}},
     State::FailNumeric,
     "100 of 100 elements were never written"},
    {"OneElementNotTransferred",
     {{"kernel.pto", "%ub1 = arith.constant 1024 : i64",
       "%ub1 = arith.constant 1024 : i64\n    %short = arith.constant 396 : i64"},
      {"kernel.pto", "pto.mte_ub_gm %uo, %out, %len nburst", "pto.mte_ub_gm %uo, %out, %short nburst"}},
     State::FailNumeric,
     "1 of 100 elements were never written, first at [99]"},
    {"StorePastTheEndOfTheOutput",
     {{"kernel.pto", "%ub1 = arith.constant 1024 : i64",
       "%ub1 = arith.constant 1024 : i64\n    %long = arith.constant 404 : i64"},
      {"kernel.pto", "pto.mte_ub_gm %uo, %out, %len nburst", "pto.mte_ub_gm %uo, %out, %long nburst"}},
     State::FailCheck,
     "out"},
    {"StorePastTheEndOfTheUnifiedBuffer",
     {{"kernel.pto", "%ub2 = arith.constant 2048 : i64", "%ub2 = arith.constant 261888 : i64"}},
     State::FailCheck,
     "ub"},
    {"InputOverwritten",
     {{"kernel.pto", "    pto.barrier #pto.pipe<PIPE_ALL>\n",
       "    pto.mte_ub_gm %uo, %a, %len nburst(%one, %len, %len) : !pto.ptr<f32, ub>, !pto.ptr<f32, gm>, i64, i64, "
       "i64, "
       "i64\n    pto.barrier #pto.pipe<PIPE_ALL>\n"}},
     State::FailCheck,
     "input 'a' was overwritten"},
    {"ConstantOffByOneUlp",
     {{"kernel.pto", "pto.vsts %sum, %uo[%i], %mask",
       "%eps = arith.constant 1.1920929e-07 : f32\n"
       "        %two = arith.constant 1.0 : f32\n"
       "        %factor = arith.addf %two, %eps : f32\n"
       "        %off = pto.vmuls %sum, %factor, %mask : !pto.vreg<64xf32>, f32, !pto.mask<b32> -> !pto.vreg<64xf32>\n"
       "        pto.vsts %off, %uo[%i], %mask"}},
     State::FailNumeric,
     "100 of 100 elements differ (100 %), worst"},
    {"WaitThatIsNeverSet",
     {{"kernel.pto", "pto.set_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]", ""}},
     State::FailCheck,
     "EVENT_ID0"},
    {"OutputIsReadBeforeItIsWritten",
     {{"kernel.pto", "pto.mte_gm_ub %a, %ua", "pto.mte_gm_ub %out, %ua"}},
     State::FailCheck,
     "reads the output 'out' before it is written"},
    {"LoopThatNeverEnds",
     {{"kernel.pto", "%c128 = arith.constant 128 : index", "%c128 = arith.constant 9223372036854775807 : index"}},
     State::FailCheck,
     "turns in a vector scope; the hardware's loops count to 65535"},
    {"WrongOperandType",
     {{"kernel.pto", "pto.vsub %va, %vb, %mask : !pto.vreg<64xf32>", "pto.vsub %va, %vb, %mask : !pto.vreg<64xi32>"}},
     State::CompileFail,
     ""},
    {"WrongMaskWidth",
     {{"kernel.pto", "%mask, %next = pto.plt_b32 %left : i32 -> !pto.mask<b32>",
       "%mask, %next = pto.plt_b32 %left : i32 -> !pto.mask<b16>"}},
     State::CompileFail,
     ""},
};

class BrokenKernel : public ::testing::TestWithParam<Break> {};

} // namespace

TEST(UnbrokenKernel, Passes) {
  Outcome outcome = Sandbox().run();
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  ASSERT_EQ(outcome.results.size(), 1u);
  EXPECT_EQ(outcome.results[0].state, State::Pass);
  EXPECT_EQ(stagesOf(outcome.results[0]), (std::vector<std::string>{"parse", "verify", "entry", "round-trip", "decode",
                                                                    "inputs", "golden", "run", "compare"}));
}

TEST_P(BrokenKernel, IsCaughtWithItsState) {
  Sandbox sandbox;
  for (const Edit &edit : GetParam().edits)
    sandbox.apply(edit);
  Outcome outcome = sandbox.run();
  EXPECT_EQ(outcome.exitCode, 100) << outcome.text;
  ASSERT_EQ(outcome.results.size(), 1u) << outcome.text;
  const reports::Result &result = outcome.results[0];
  EXPECT_EQ(reports::nameOf(result.state).str(), reports::nameOf(GetParam().state).str()) << outcome.text;
  EXPECT_NE(result.message.find(GetParam().says), std::string::npos) << result.message;
  if (GetParam().writer) {
    ASSERT_TRUE(result.outputs.size() == 1 && result.outputs[0].writer) << outcome.text;
    EXPECT_NE(result.outputs[0].writer->snippet.find(GetParam().writer), std::string::npos)
        << result.outputs[0].writer->snippet;
  }
  EXPECT_NE(outcome.text.find("run_validation --case sample"), std::string::npos) << "no replay line:\n"
                                                                                  << outcome.text;
}

INSTANTIATE_TEST_SUITE_P(, BrokenKernel, ::testing::ValuesIn(breaks),
                         [](const auto &info) { return std::string(info.param.name); });

TEST(WhatWasNeverWritten, IsNotCompared) {
  Sandbox sandbox;
  sandbox.apply({"kernel.pto", "%ub1 = arith.constant 1024 : i64",
                 "%ub1 = arith.constant 1024 : i64\n    %short = arith.constant 396 : i64"});
  sandbox.apply({"kernel.pto", "pto.mte_ub_gm %uo, %out, %len nburst", "pto.mte_ub_gm %uo, %out, %short nburst"});
  Outcome outcome = sandbox.run();
  const reports::Result &result = outcome.results.at(0);
  EXPECT_EQ(result.message, "output 'out': 1 of 100 elements were never written, first at [99]");
  EXPECT_EQ(result.outputs.at(0).unwritten, 1);
  EXPECT_EQ(result.outputs.at(0).differing, 0);
  EXPECT_EQ(outcome.text.find("nan"), std::string::npos) << outcome.text;
}

TEST(AModeThatIsNotSimulated, IsNoFailureOfTheKernel) {
  Sandbox sandbox;
  sandbox.apply({"kernel.pto", "%ub1 = arith.constant 1024 : i64",
                 "%ub1 = arith.constant 1024 : i64\n    %mode = arith.constant 0x100000000000000 : i64\n    "
                 "pto.set_ctrl %mode : i64"});
  Outcome outcome = sandbox.run();
  ASSERT_EQ(outcome.results.size(), 1u) << outcome.text;
  EXPECT_EQ(outcome.results[0].state, State::InfraError) << outcome.text;
  EXPECT_EQ(outcome.results[0].message, "pto.set_ctrl sets bit 56, masks that are counters, which is not simulated");
}
