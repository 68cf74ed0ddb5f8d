// A failure that is known is one that fails as the case says.
#include "harness/tests/Sandbox.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace pto;
using namespace pto::harness::testing;
using ::testing::HasSubstr;

namespace {

constexpr int failed = 100, wrongCase = 105;

const Edit numericFailure = {"case.yaml", "return a - b", "return a + b"};
const Edit compileFailure = {"kernel.pto", "pto.vsub", "pto.vsbu"};

const Edit missingFlag = {"kernel.pto",
                          "    pto.set_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]\n"
                          "    pto.wait_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]\n",
                          ""};

struct Row {
  const char *name, *xfail;
  Edit edit;
  int exitCode;
  reports::State state;
};

const Row rows[] = {
    {"AReasonAloneExpectsAWrongResult", "known", numericFailure, 0, reports::State::Xfail},
    {"AReasonAloneIsNoLeaveNotToCompile", "known", compileFailure, failed, reports::State::CompileFail},
    {"TheState", "{ reason: known, state: compile-fail }", compileFailure, 0, reports::State::Xfail},
    {"AnotherState", "{ reason: known, state: fail-check }", numericFailure, failed, reports::State::FailNumeric},
    {"TheStage", "{ reason: known, state: fail-numeric, stage: compare }", numericFailure, 0, reports::State::Xfail},
    {"AnotherStage", "{ reason: known, stage: run }", numericFailure, failed, reports::State::FailNumeric},
    {"TheCheck", "{ reason: known, state: fail-check, stage: run, checks: [read-after-write] }", missingFlag, 0,
     reports::State::Xfail},
    {"AnotherCheck", "{ reason: known, state: fail-check, stage: run, checks: [write-after-read] }", missingFlag,
     failed, reports::State::FailCheck},
    {"ACheckThatIsNotNamed", "{ reason: known, state: fail-check, stage: run }", missingFlag, failed,
     reports::State::FailCheck},
    {"APass", "{ reason: known, state: fail-numeric }", {}, wrongCase, reports::State::Xpass},
};

class Xfail : public ::testing::TestWithParam<Row> {};

} // namespace

TEST_P(Xfail, IsTheFailureThatTheCaseSays) {
  const Row &row = GetParam();
  Sandbox sandbox;
  if (!row.edit.file.empty())
    sandbox.apply(row.edit);
  sandbox.apply({"case.yaml", "compare: bits", std::string("compare: bits\nxfail: ") + row.xfail});
  Outcome outcome = sandbox.run("--report junit");
  EXPECT_EQ(outcome.exitCode, row.exitCode) << outcome.text;
  ASSERT_EQ(outcome.results.size(), 1u);
  EXPECT_EQ(outcome.results[0].state, row.state) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("known"));
  EXPECT_THAT(sandbox.read("out/junit.xml"), HasSubstr("known"));
}

INSTANTIATE_TEST_SUITE_P(, Xfail, ::testing::ValuesIn(rows),
                         [](const auto &info) { return std::string(info.param.name); });

TEST(XfailMessage, StandsAtTheKeyThatIsWrong) {
  auto place = [](const char *xfail) {
    Sandbox sandbox;
    sandbox.apply({"case.yaml", "compare: bits", std::string("compare: bits\nxfail: ") + xfail});
    reports::Location location = sandbox.run().results.at(0).location.value_or(reports::Location());
    return std::pair(location.line, location.column);
  };
  EXPECT_EQ(place("known"), std::pair(11u, 8u));
  EXPECT_EQ(place("{ reason: known, stage: compares }"), std::pair(11u, 32u));
}

TEST(XfailMessage, OfAnotherFailureSaysWhatWasExpected) {
  Sandbox sandbox;
  sandbox.apply(compileFailure);
  sandbox.apply({"case.yaml", "compare: bits",
                 "compare: bits\nxfail: { reason: rounding, state: fail-numeric, stage: compare }"});
  EXPECT_THAT(sandbox.run().results[0].message,
              HasSubstr("(`xfail` of the case expects fail-numeric at stage compare: rounding)"));
}
