// The mutate command over the sample case.
#include "harness/tests/Sandbox.h"
#include <gtest/gtest.h>
#include <regex>

using namespace pto::harness::testing;

namespace {

class MutateTest : public ::testing::Test {
protected:
  bool prints(const std::string &pattern) { return std::regex_search(outcome.text, std::regex(pattern)); }
  void mutate(const std::string &arguments) { outcome = sandbox.run("mutate " + arguments); }

  Sandbox sandbox;
  Outcome outcome;
};

TEST_F(MutateTest, EveryFlagOfTheSampleIsNeeded) {
  mutate("--kinds drop,drop-pair --fail-under 100");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_TRUE(prints("drop +5 +0 +4 +1 +0 +100.0 % +fault 2, read-after-write 2")) << outcome.text;
  EXPECT_TRUE(prints("drop-pair +2 +0 +2 +0 +0 +100.0 % +read-after-write 2")) << outcome.text;
}

TEST_F(MutateTest, ADeadlockNamesTheWait) {
  mutate("--kinds drop --mutants m");
  EXPECT_NE(sandbox.read("m/mutants.jsonl").find("pto.wait_flag waits for the flag PIPE_MTE2 -> PIPE_V, EVENT_ID0"),
            std::string::npos);
}

TEST_F(MutateTest, SurvivorsAreShownAndMayFailTheRun) {
  sandbox.apply({"case.yaml", "compare: bits", "compare: { ulp: 2 }"});
  sandbox.apply({"kernel.pto", "        pto.vsts %sum, %uo",
                 "        %k = arith.constant 1.0 : f32\n"
                 "        %scaled = pto.vmuls %sum, %k, %mask : !pto.vreg<64xf32>, f32, !pto.mask<b32> -> "
                 "!pto.vreg<64xf32>\n"
                 "        pto.vsts %scaled, %uo"});
  mutate("--kinds constant --fail-under 100");
  EXPECT_EQ(outcome.exitCode, 100) << outcome.text;
  EXPECT_TRUE(prints("survived +make the constant 1.00000012 : f32 in sample\n"
                     " +at +cases/sample/kernel.pto:25:14\n"
                     " +%k = arith.constant 1.0 : f32\n"
                     " +why +the outputs are not the same bits, and the comparison lets them pass"))
      << outcome.text;
}

TEST_F(MutateTest, AnEndlessMutantEndsSoon) {
  mutate("--cases-root " PTO_SOURCE_DIR "/cases control/while-loop --kinds operation --mutants m");
  EXPECT_NE(sandbox.read("m/mutants.jsonl").find(" instructions ran out, in the loop at "), std::string::npos)
      << outcome.text;
}

TEST_F(MutateTest, MutantsAreWrittenOnRequest) {
  mutate("--kinds mask,drop --limit 2 --seed 3 --mutants m");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_TRUE(prints("all +2 ")) << outcome.text;
  EXPECT_NE(sandbox.read("m/sample/original.pto"), "");
  std::string lines = sandbox.read("m/mutants.jsonl");
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 2) << lines;
  std::smatch number;
  ASSERT_TRUE(std::regex_search(lines, number, std::regex(R"("number":(\d+))"))) << lines;
  std::string mutant = sandbox.read("m/sample/" + number[1].str() + ".pto");
  EXPECT_NE(mutant, "");
  EXPECT_NE(mutant, sandbox.read("m/sample/original.pto"));
}

TEST_F(MutateTest, ACaseThatFailsIsNotMutated) {
  sandbox.apply({"kernel.pto", "pto.vsub %va", "pto.vadd %va"});
  mutate("");
  EXPECT_EQ(outcome.exitCode, 105) << outcome.text;
  EXPECT_TRUE(prints("^error: sample does not pass as it is: fail-numeric: ")) << outcome.text;
}

TEST_F(MutateTest, ProgramsAreRefusedByName) {
  mutate("--cases-root " PTO_SOURCE_DIR "/cases --case 'pypto/**'");
  EXPECT_EQ(outcome.exitCode, 105) << outcome.text;
  EXPECT_TRUE(prints("error: pypto/.* is a program, which is compiled and not run; only kernels have mutants"))
      << outcome.text;
}

TEST_F(MutateTest, OptionsAreChecked) {
  mutate("--kinds nothing");
  EXPECT_EQ(outcome.exitCode, 2) << outcome.text;
  EXPECT_TRUE(prints("expected one of sync, drop, .*, found 'nothing'")) << outcome.text;
  mutate("--fail-under 101");
  EXPECT_TRUE(prints("expected a number of percent from 0 to 100, found '101'")) << outcome.text;
}

} // namespace
