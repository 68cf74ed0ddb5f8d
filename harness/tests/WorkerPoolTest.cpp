// The pool: tasks come back whatever the worker that did them went through.
#include "harness/run/WorkerPool.h"
#include <csignal>
#include <gtest/gtest.h>
#include <map>
#include <unistd.h>

using namespace pto::harness;

namespace {

struct Recorded {
  std::map<size_t, TaskOutcome> outcomes;
  size_t started = 0;
};

Recorded runTasks(size_t count, unsigned jobs, std::function<std::string(size_t)> task, double limit = 10,
                  size_t stopAfter = SIZE_MAX) {
  Recorded recorded;
  PoolWork work;
  work.count = count;
  work.jobs = jobs;
  work.openShop = [&] { return task; };
  work.limitOf = [&](size_t) { return limit; };
  work.onStart = [&](size_t) { ++recorded.started; };
  work.onDone = [&](size_t index, TaskOutcome outcome) {
    EXPECT_TRUE(recorded.outcomes.emplace(index, std::move(outcome)).second) << "task " << index << " ended twice";
  };
  work.stopRequested = [&] { return recorded.outcomes.size() >= stopAfter; };
  work.abortRequested = [] { return false; };
  runPool(work);
  return recorded;
}

} // namespace

TEST(WorkerPool, ReturnsEveryAnswer) {
  Recorded recorded = runTasks(50, 3, [](size_t task) { return std::string(task * 1000, 'x'); });
  ASSERT_EQ(recorded.outcomes.size(), 50u);
  for (auto &[task, outcome] : recorded.outcomes) {
    EXPECT_EQ(outcome.kind, TaskOutcome::Kind::Finished);
    EXPECT_EQ(outcome.payload.size(), task * 1000);
  }
}

TEST(WorkerPool, ACrashCostsOneTask) {
  Recorded recorded = runTasks(9, 2, [](size_t task) -> std::string {
    if (task % 3 == 1) {
      (void)!write(STDERR_FILENO, "my last words", 13);
      signal(SIGABRT, SIG_DFL);
      raise(SIGKILL);
    }
    return "fine";
  });
  ASSERT_EQ(recorded.outcomes.size(), 9u);
  for (auto &[task, outcome] : recorded.outcomes)
    if (task % 3 == 1) {
      EXPECT_EQ(outcome.kind, TaskOutcome::Kind::Crashed);
      EXPECT_EQ(outcome.reason, "signal 9 (Killed)");
      EXPECT_EQ(outcome.lastWords, "my last words");
    } else {
      EXPECT_EQ(outcome.payload, "fine");
    }
}

TEST(WorkerPool, AnExitIsACrashToo) {
  Recorded recorded = runTasks(1, 1, [](size_t) -> std::string { _exit(3); });
  EXPECT_EQ(recorded.outcomes.at(0).reason, "exit status 3");
}

TEST(WorkerPool, AHungTaskIsKilledAndTheNextOneRuns) {
  Recorded recorded = runTasks(
      2, 1,
      [](size_t task) -> std::string {
        while (task == 0)
          pause();
        return "fine";
      },
      0.2);
  EXPECT_EQ(recorded.outcomes.at(0).kind, TaskOutcome::Kind::TimedOut);
  EXPECT_EQ(recorded.outcomes.at(0).reason, "no answer within 0.2 s");
  EXPECT_EQ(recorded.outcomes.at(1).payload, "fine");
}

TEST(WorkerPool, StopsHandingOutWhenAsked) {
  Recorded recorded = runTasks(
      100, 2, [](size_t) { return "fine"; }, 10, /*stopAfter=*/1);
  EXPECT_EQ(recorded.started, recorded.outcomes.size());
  EXPECT_LE(recorded.started, 3u);
}

TEST(WorkerPool, NoTasksIsNoWork) {
  EXPECT_EQ(runTasks(0, 4, [](size_t) { return ""; }).started, 0u);
}
