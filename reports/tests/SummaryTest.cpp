// A run in a few lines, and its exit code.
#include "reports/Summary.h"
#include "reports/tests/Sample.h"
#include <gtest/gtest.h>

using namespace pto::reports;

namespace {

TEST(ExitCode, IsThatOfTheWorst) {
  Result passed = resultOf(State::Pass), failed = resultOf(State::FailNumeric, Blame::Kernel),
         wrongCase = resultOf(State::InfraError, Blame::Case), wrongGolden = resultOf(State::CompileFail, Blame::Case),
         infrastructure = resultOf(State::InfraError, Blame::Infrastructure), lost = resultOf(State::InfraError);
  EXPECT_EQ(exitCode({}), 0);
  EXPECT_EQ(exitCode({passed}), 0);
  EXPECT_EQ(exitCode({passed, failed}), 100);
  EXPECT_EQ(exitCode({lost}), 106);
  EXPECT_EQ(exitCode({wrongGolden, passed}), 105);
  EXPECT_EQ(exitCode({infrastructure, wrongCase}), 105);
  EXPECT_EQ(exitCode({passed}, /*isComplete=*/false), 106);
}

TEST(ExitCode, NothingHidesAFailureOfAKernel) {
  Result failed = resultOf(State::FailNumeric, Blame::Kernel);
  for (const Result &other : {resultOf(State::InfraError, Blame::Infrastructure), resultOf(State::Xpass, Blame::Case),
                              resultOf(State::InfraError, Blame::Case)})
    for (bool isComplete : {true, false})
      EXPECT_EQ(exitCode({failed, other}, isComplete), 100) << nameOf(other.state).str();
}

TEST(ExitCode, EveryStateCountsAsItShould) {
  for (State state : {State::FailNumeric, State::FailIr, State::FailCheck, State::CompileFail, State::Crash,
                      State::Timeout, State::Xpass})
    EXPECT_EQ(exitCode({resultOf(state)}), 100) << nameOf(state).str();
  for (State state : {State::Pass, State::Xfail, State::Skip})
    EXPECT_EQ(exitCode({resultOf(state)}), 0) << nameOf(state).str();
}

TEST(State, NamesReadBack) {
  for (int i = 0; i <= static_cast<int>(State::InfraError); ++i)
    EXPECT_EQ(parseState(nameOf(static_cast<State>(i))), static_cast<State>(i));
  EXPECT_EQ(parseState("passed"), std::nullopt);
}

TEST(Summary, CountsStatesAndNamesTheSlowest) {
  std::vector<Result> results;
  for (int i = 0; i < 6; ++i)
    results.push_back(resultOf(State::Pass, Blame::None, i, "a/pass"));
  results.push_back(resultOf(State::Crash, Blame::Kernel, 2500, "a/crash"));
  results.push_back(resultOf(State::Skip, Blame::None, 0, "a/skip"));
  std::string text;
  llvm::raw_string_ostream os(text);
  printSummary(os, summarize(results, 3000), {});
  EXPECT_EQ(text, "slowest  2.5 s      a/crash\n"
                  "         5 ms       a/pass\n"
                  "         4 ms       a/pass\n"
                  "         3 ms       a/pass\n"
                  "         2 ms       a/pass\n"
                  "8 cases: 6 pass, 1 crash, 1 skip  in 3.0 s\n");
}

} // namespace
