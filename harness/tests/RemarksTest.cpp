// What a pass did not check is said, and can be made a failure.
#include "harness/tests/Sandbox.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace pto;
using namespace pto::harness::testing;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

/// The sample with a copy more that reads what nothing wrote, before the right one.
class PassWithWarnings : public ::testing::Test {
protected:
  void SetUp() override {
    sandbox.apply({"kernel.pto", "    pto.set_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]\n",
                   "    %far = arith.constant 65536 : i64\n"
                   "    %uf = pto.castptr %far : i64 -> !pto.ptr<f32, ub>\n"
                   "    pto.mte_ub_gm %uf, %out, %len nburst(%one, %len, %len) : !pto.ptr<f32, ub>, "
                   "!pto.ptr<f32, gm>, i64, i64, i64, i64\n"
                   "    pto.barrier #pto.pipe<PIPE_MTE3>\n"
                   "    pto.set_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]\n"});
  }
  Sandbox sandbox;
};

constexpr const char *warning = "which nothing has written";

} // namespace

TEST_F(PassWithWarnings, SaysThem) {
  Outcome outcome = sandbox.run("--report junit");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("  warning    "));
  EXPECT_THAT(outcome.text, HasSubstr("             in sample\n"));
  EXPECT_THAT(outcome.text, HasSubstr("1 case: 1 pass, 1 with warnings  in"));
  EXPECT_THAT(outcome.text, Not(HasSubstr("…"))) << "folded, not cut";
  EXPECT_THAT(sandbox.read("out/junit.xml"), HasSubstr(warning));
}

TEST_F(PassWithWarnings, FailsIfAsked) {
  Outcome outcome = sandbox.run("--werror");
  EXPECT_EQ(outcome.exitCode, 100) << outcome.text;
  ASSERT_EQ(outcome.results.size(), 1u);
  EXPECT_EQ(outcome.results[0].state, reports::State::FailCheck);
  EXPECT_THAT(outcome.text, HasSubstr("there is a warning, and --werror is on"));
  EXPECT_THAT(outcome.text, HasSubstr(warning));
  EXPECT_THAT(outcome.results[0].replay, HasSubstr(" --werror"));
}

TEST_F(PassWithWarnings, SaysATextOnceForAllItsCases) {
  sandbox.apply({"case.yaml", "compare: bits", "compare: bits\nmatrix: { n: [1, 2, 3, 4] }\nseed: ${n}"});
  Outcome outcome = sandbox.run();
  size_t first = outcome.text.find(warning);
  ASSERT_NE(first, std::string::npos) << outcome.text;
  EXPECT_EQ(outcome.text.find(warning, first + 1), std::string::npos) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("in sample@n=1, sample@n=2, sample@n=3, … (4 cases)"));
  EXPECT_THAT(outcome.text, HasSubstr("4 cases: 4 pass, 4 with warnings"));
}
