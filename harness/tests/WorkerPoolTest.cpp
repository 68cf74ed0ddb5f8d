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

using Task = std::function<TaskAnswer(size_t task, TaskDesk &desk)>;

struct Limits {
  double seconds = 10;
  uint64_t memory = 0;
  size_t stopAfter = SIZE_MAX;
};

Recorded runTasks(size_t count, unsigned jobs, Task task, Limits limits = {}) {
  Recorded recorded;
  PoolWork work;
  work.count = count;
  work.jobs = jobs;
  work.memoryLimit = limits.memory;
  work.openShop = [&](TaskDesk &desk, WorkerKind) { return [&](size_t number) { return task(number, desk); }; };
  work.limitOf = [&](size_t) { return limits.seconds; };
  work.onStart = [&](size_t) { ++recorded.started; };
  work.onDone = [&](size_t index, TaskOutcome outcome) {
    EXPECT_TRUE(recorded.outcomes.emplace(index, std::move(outcome)).second) << "task " << index << " ended twice";
  };
  work.stopRequested = [&] { return recorded.outcomes.size() >= limits.stopAfter; };
  work.abortRequested = [] { return false; };
  runPool(work);
  return recorded;
}

TaskAnswer fine() {
  return {"fine"};
}

} // namespace

TEST(WorkerPool, ReturnsEveryAnswer) {
  Recorded recorded =
      runTasks(50, 3, [](size_t task, TaskDesk &) { return TaskAnswer{std::string(task * 1000, 'x')}; });
  ASSERT_EQ(recorded.outcomes.size(), 50u);
  for (auto &[task, outcome] : recorded.outcomes) {
    EXPECT_EQ(outcome.kind, TaskOutcome::Kind::Finished);
    EXPECT_EQ(outcome.payload.size(), task * 1000);
  }
}

TEST(WorkerPool, ACrashCostsOneTask) {
  Recorded recorded = runTasks(9, 2, [](size_t task, TaskDesk &desk) {
    desk.setStep(7);
    if (task % 3 == 1) {
      (void)!write(STDERR_FILENO, "my last words", 13);
      raise(SIGKILL);
    }
    return fine();
  });
  ASSERT_EQ(recorded.outcomes.size(), 9u);
  for (auto &[task, outcome] : recorded.outcomes)
    if (task % 3 == 1) {
      EXPECT_EQ(outcome.kind, TaskOutcome::Kind::Crashed);
      EXPECT_EQ(outcome.reason, "signal 9 (Killed)");
      EXPECT_EQ(outcome.firstDeath, "signal 9 (Killed)");
      EXPECT_EQ(outcome.lastWords, "my last words");
      EXPECT_EQ(outcome.step, 7u);
    } else {
      EXPECT_EQ(outcome.payload, "fine");
      EXPECT_EQ(outcome.firstDeath, "");
    }
}

TEST(WorkerPool, AnExitIsACrashToo) {
  Recorded recorded = runTasks(1, 1, [](size_t, TaskDesk &) -> TaskAnswer { _exit(3); });
  EXPECT_EQ(recorded.outcomes.at(0).reason, "exit status 3");
}

TEST(WorkerPool, ATaskIsNoCrashBecauseOfTheOnesBeforeIt) {
  size_t done = 0; // in each worker its own
  Recorded recorded = runTasks(4, 1, [&](size_t, TaskDesk &) {
    if (++done == 3)
      raise(SIGKILL);
    return fine();
  });
  for (auto &[task, outcome] : recorded.outcomes) {
    EXPECT_EQ(outcome.payload, "fine");
    EXPECT_EQ(outcome.firstDeath, task == 2 ? "signal 9 (Killed)" : "");
  }
}

TEST(WorkerPool, AWorkerThatIsTooOldOrAsksForItIsReplaced) {
  size_t done = 0;
  auto count = [&](bool renew) {
    return [&done, renew](size_t, TaskDesk &) { return TaskAnswer{std::to_string(++done), renew}; };
  };
  for (auto &[task, outcome] : runTasks(3, 1, count(true)).outcomes)
    EXPECT_EQ(outcome.payload, "1");
  Recorded recorded = runTasks(2500, 1, count(false));
  EXPECT_EQ(recorded.outcomes.at(999).payload, "1000");
  EXPECT_EQ(recorded.outcomes.at(1000).payload, "1");
}

TEST(WorkerPool, AHeavyWorkerDoesWhatALightOnePassesOnAndOutlivesIt) {
  std::vector<std::string> answers;
  PoolWork work;
  work.count = 6;
  // Odd tasks are wrong, which costs the worker that notices it; the others are heavy.
  work.openShop = [](TaskDesk &, WorkerKind kind) {
    return [kind, done = 0](size_t task) mutable {
      ++done;
      if (task % 2)
        return TaskAnswer{"light " + std::to_string(done), /*renew=*/true};
      if (kind == WorkerKind::Light)
        return TaskAnswer{"", false, /*isHeavy=*/true};
      return TaskAnswer{"heavy " + std::to_string(done)};
    };
  };
  work.limitOf = [](size_t) { return 10; };
  work.onStart = [](size_t) {};
  work.onDone = [&](size_t, TaskOutcome outcome) { answers.push_back(outcome.payload); };
  work.stopRequested = work.abortRequested = [] { return false; };
  runPool(work);
  EXPECT_EQ(answers, (std::vector<std::string>{"heavy 1", "light 2", "heavy 2", "light 2", "heavy 3", "light 2"}));
}

TEST(WorkerPool, AHungTaskIsKilledAndTheNextOneRuns) {
  auto hang = [](size_t task, TaskDesk &desk) {
    desk.setStep(4);
    while (task == 0)
      pause();
    return fine();
  };
  Recorded recorded = runTasks(2, 1, hang, {.seconds = 0.2});
  const TaskOutcome &hung = recorded.outcomes.at(0);
  EXPECT_EQ(hung.kind, TaskOutcome::Kind::TimedOut);
  EXPECT_EQ(hung.step, 4u);
  EXPECT_GE(hung.seconds, 0.2);
  EXPECT_EQ(recorded.outcomes.at(1).payload, "fine");
}

TEST(WorkerPool, WhatAWorkerLoadsFirstIsNotTheTasksTime) {
  PoolWork work;
  work.count = 1;
  work.openShop = [](TaskDesk &, WorkerKind) {
    usleep(400'000);
    return [](size_t) { return fine(); };
  };
  work.limitOf = [](size_t) { return 0.2; };
  work.onStart = [](size_t) {};
  work.onDone = [](size_t, TaskOutcome outcome) {
    EXPECT_EQ(outcome.payload, "fine");
    EXPECT_LT(outcome.seconds, 0.4);
  };
  work.stopRequested = work.abortRequested = [] { return false; };
  runPool(work);
}

TEST(WorkerPool, AWorkerMayAllocateSoMuch) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "not limited under AddressSanitizer";
#endif
  Recorded recorded = runTasks(2, 1,
                               [](size_t task, TaskDesk &) {
                                 std::vector<char> big(size_t(task + 1) << 29);
                                 return TaskAnswer{std::string(1, big[5] + 'a')};
                               },
                               {.memory = uint64_t(1) << 30});
  EXPECT_EQ(recorded.outcomes.at(0).payload, "a");
  EXPECT_EQ(recorded.outcomes.at(1).kind, TaskOutcome::Kind::OutOfMemory);
}

TEST(WorkerPool, WhatAWorkerPrintsTakesNoMemory) {
  Recorded recorded = runTasks(1, 1, [](size_t, TaskDesk &) -> TaskAnswer {
    std::string line(1 << 16, 'x');
    for (int i = 0; i < 1000; ++i)
      (void)!write(i % 2 ? STDERR_FILENO : STDOUT_FILENO, line.data(), line.size());
    (void)!write(STDERR_FILENO, "end", 3);
    abort();
  });
  const std::string &words = recorded.outcomes.at(0).lastWords;
  EXPECT_EQ(words.size(), 2048u);
  EXPECT_EQ(words.substr(words.size() - 4), "xend");
}

TEST(WorkerPool, StopsHandingOutWhenAsked) {
  Recorded recorded = runTasks(100, 2, [](size_t, TaskDesk &) { return fine(); }, {.stopAfter = 1});
  EXPECT_EQ(recorded.started, recorded.outcomes.size());
  EXPECT_LE(recorded.started, 3u);
}

TEST(WorkerPool, NoTasksIsNoWork) {
  EXPECT_EQ(runTasks(0, 4, [](size_t, TaskDesk &) { return fine(); }).started, 0u);
}
