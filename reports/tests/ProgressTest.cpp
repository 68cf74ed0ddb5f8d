// A bar on a terminal, lines in a pipe.
#include "reports/Progress.h"
#include "reports/tests/Sample.h"
#include <gtest/gtest.h>

using namespace pto::reports;
using namespace std::chrono_literals;

namespace {

class ProgressTest : public testing::Test {
protected:
  Progress::Options options(bool isTerminal, Progress::Options::Lines lines) {
    Progress::Options options;
    options.total = 100;
    options.isTerminal = isTerminal;
    options.lines = lines;
    options.now = [this] { return now; };
    return options;
  }
  std::string take() { return std::exchange(text, ""); }

  Progress::Clock::time_point now{};
  std::string text;
  llvm::raw_string_ostream os{text};
};

using Lines = Progress::Options::Lines;

TEST_F(ProgressTest, APipeGetsPlainLines) {
  Result failure = resultOf(State::Crash, Blame::Kernel);
  failure.message = "signal 11";
  {
    Progress progress(os, options(false, Lines::Failures));
    progress.started("a/b");
    now += 1s;
    progress.finished(resultOf(State::Pass));
    progress.finished(failure);
  }
  EXPECT_EQ(take(), "crash         a/b  signal 11\n");
  Progress verbose(os, options(false, Lines::All));
  verbose.finished(resultOf(State::Pass));
  EXPECT_EQ(take(), "pass          a/b  1 ms\n");
  Progress quiet(os, options(false, Lines::None));
  quiet.finished(failure);
  EXPECT_EQ(take(), "");
}

TEST_F(ProgressTest, ATerminalGetsABarTwentyTimesASecond) {
  Progress progress(os, options(true, Lines::Failures));
  now += 49ms;
  progress.started("a/b");
  EXPECT_EQ(take(), "");
  now += 951ms;
  for (int i = 0; i < 25; ++i)
    progress.finished(resultOf(State::Pass));
  EXPECT_EQ(take(), "\r\x1b[2K[                        ] 1/100  1/s  1 min 39 s left  a/b");
  now += 50ms;
  progress.tick();
  EXPECT_EQ(take(), "\r\x1b[2K[======                  ] 25/100  24/s  3.1 s left  a/b");
}

TEST_F(ProgressTest, ALineIsNotMixedWithTheBar) {
  Progress progress(os, options(true, Lines::Failures));
  now += 1s;
  progress.started("x");
  take();
  progress.finished(resultOf(State::Timeout));
  EXPECT_EQ(take(), "\r\x1b[2Ktimeout       a/b  1 ms\n"
                    "\r\x1b[2K[                        ] 1/100  1 failed  1/s  1 min 39 s left  x");
  progress.aside([&] { os << "note\n"; });
  EXPECT_EQ(take().find("\r\x1b[2Knote\n\r\x1b[2K["), 0u);
  progress.done();
  EXPECT_EQ(take(), "\r\x1b[2K");
}

TEST_F(ProgressTest, TheBarNeverWraps) {
  Progress::Options narrow = options(true, Lines::None);
  narrow.style.width = 40;
  Progress progress(os, narrow);
  now += 1s;
  progress.started("micro-op/a-very-long-name");
  EXPECT_EQ(take(), "\r\x1b[2K[                        ] 0/100  micr…");
}

} // namespace
