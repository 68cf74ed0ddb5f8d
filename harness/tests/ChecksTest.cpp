// What the checks of a run find, as a user meets it: the verdict, the report, and letting it pass.
#include "harness/tests/Sandbox.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace pto;
using namespace pto::harness::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

/// The sample without the flag between the vector pipe and the transfer out.
class MissingFlag : public ::testing::Test {
protected:
  void SetUp() override {
    sandbox.apply({"kernel.pto", "    pto.set_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]\n", ""});
    sandbox.apply({"kernel.pto", "    pto.wait_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]\n", ""});
  }
  void allow(const std::string &check) {
    sandbox.apply({"case.yaml", "compare: bits", "compare: bits\ncheck: { allow: [" + check + "] }"});
  }
  Sandbox sandbox;
};

} // namespace

TEST_F(MissingFlag, FailsTheCaseThoughItsNumbersAreRight) {
  Outcome outcome = sandbox.run();
  EXPECT_EQ(outcome.exitCode, 100) << outcome.text;
  ASSERT_EQ(outcome.results.size(), 1u);
  const reports::Result &result = outcome.results[0];
  EXPECT_EQ(result.state, reports::State::FailCheck);
  EXPECT_EQ(result.stage, "run");
  EXPECT_THAT(result.message, HasSubstr("read-after-write: pto.mte_ub_gm on PIPE_MTE3 reads"));
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].check, "read-after-write");
  EXPECT_THAT(result.findings[0].location.snippet, HasSubstr("pto.mte_ub_gm"));
  EXPECT_THAT(
      result.findings[0].details,
      ElementsAre(HasSubstr("add `pto.set_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]` after the vecscope")));
  EXPECT_FALSE(result.findings[0].isAllowed);
}

TEST_F(MissingFlag, MayBeAllowedByTheCase) {
  allow("read-after-write");
  Outcome outcome = sandbox.run("--werror");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("allowed at ")) << "what is allowed stays visible";
  ASSERT_EQ(outcome.results.size(), 1u);
  ASSERT_EQ(outcome.results[0].findings.size(), 1u);
  EXPECT_TRUE(outcome.results[0].findings[0].isAllowed);
}

TEST_F(MissingFlag, IsNotAllowedByAnotherCheck) {
  allow("write-after-read, block-race");
  EXPECT_EQ(sandbox.run().exitCode, 100);
}

TEST_F(MissingFlag, MayBeAllowedOnTheCommandLine) {
  EXPECT_EQ(sandbox.run("--allow read-after-write").exitCode, 0);
  Outcome other = sandbox.run("--allow block-race");
  EXPECT_EQ(other.exitCode, 100);
  EXPECT_THAT(other.results[0].replay, HasSubstr(" --allow block-race"));
}

TEST_F(MissingFlag, GoesUnseenWithoutChecks) {
  Outcome outcome = sandbox.run("--no-check");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_THAT(outcome.results[0].findings, IsEmpty());
  EXPECT_THAT(outcome.results[0].replay, HasSubstr(" --no-check"));
}

TEST_F(MissingFlag, CanBeExpected) {
  sandbox.apply({"case.yaml", "compare: bits",
                 "compare: bits\nxfail: { reason: known, state: fail-check, stage: run, checks: [read-after-write] }"});
  EXPECT_EQ(sandbox.run().exitCode, 0);
}

TEST_F(MissingFlag, AnUnknownCheckIsAnErrorOfTheCase) {
  allow("read-after-rite");
  Outcome outcome = sandbox.run();
  EXPECT_EQ(outcome.exitCode, 105) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("unknown check 'read-after-rite'"));
  EXPECT_THAT(outcome.text, HasSubstr("did you mean 'read-after-write'?"));
  EXPECT_EQ(sandbox.run("--allow read-after-rite").exitCode, 2);
}

TEST_F(MissingFlag, ShowsItsDamageInAnotherOrder) {
  for (const char *order : {"late", "early"}) {
    Outcome outcome = sandbox.run(std::string("--order ") + order);
    EXPECT_EQ(outcome.exitCode, 100) << outcome.text;
    EXPECT_EQ(outcome.results[0].state, reports::State::FailNumeric);
    EXPECT_THAT(outcome.results[0].replay, HasSubstr(std::string(" --order ") + order));
  }
  Outcome wrong = sandbox.run("--order random");
  EXPECT_EQ(wrong.exitCode, 2);
  EXPECT_THAT(wrong.text, HasSubstr("expected program, late, early or random:SEED, found 'random'"));
}

TEST_F(MissingFlag, IsCheckedAsAPresetSays) {
  sandbox.write("../../.run_validation.yaml", "no-check: true\n");
  EXPECT_EQ(sandbox.run().exitCode, 0);
  sandbox.write("../../.run_validation.yaml", "no-check: false\n");
  EXPECT_EQ(sandbox.run().exitCode, 100);
  sandbox.write("../../.run_validation.yaml", "allow: [read-after-write]\n");
  EXPECT_EQ(sandbox.run().exitCode, 0);
}

TEST_F(MissingFlag, IsToldThoughTheRunFaultsLater) {
  sandbox.apply({"kernel.pto", "    pto.barrier #pto.pipe<PIPE_ALL>\n",
                 "    pto.wait_flag[\"PIPE_MTE1\", \"PIPE_S\", \"EVENT_ID0\"]\n"});
  Outcome outcome = sandbox.run();
  EXPECT_EQ(outcome.exitCode, 100);
  EXPECT_THAT(outcome.results[0].message, HasSubstr("which nothing before it has set"));
  EXPECT_THAT(outcome.text, HasSubstr("before that, read-after-write: pto.mte_ub_gm"));
  EXPECT_EQ(outcome.results[0].findings.size(), 1u);
}
