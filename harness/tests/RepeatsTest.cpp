// --repeat: verdicts that agree, and verdicts that do not.
#include "harness/cli/Repeats.h"
#include <gtest/gtest.h>

using namespace pto;
using reports::State;

static reports::Result repeated(std::initializer_list<State> states) {
  harness::Repeats repeats;
  for (State state : states) {
    reports::Result result;
    result.state = state;
    result.message = reports::isFailure(state) ? "13 elements differ" : "";
    repeats.add(result);
  }
  return repeats.verdict();
}

TEST(Repeats, TheSameVerdictIsTheVerdict) {
  EXPECT_EQ(repeated({State::Pass, State::Pass}).state, State::Pass);
  EXPECT_EQ(repeated({State::FailNumeric, State::FailNumeric}).message, "13 elements differ");
}

TEST(Repeats, VerdictsThatDifferAreFlakyAndShowTheFailure) {
  reports::Result result = repeated({State::Pass, State::FailNumeric, State::Pass});
  EXPECT_EQ(result.state, State::Flaky);
  EXPECT_TRUE(reports::isFailure(result.state));
  EXPECT_EQ(result.message, "the verdict differs between 3 runs of the same inputs: 2 pass, 1 fail-numeric");
  ASSERT_EQ(result.details.size(), 1u);
  EXPECT_EQ(result.details[0], "fail-numeric: 13 elements differ");
}
