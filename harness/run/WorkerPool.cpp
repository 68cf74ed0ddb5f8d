// Handing tasks to workers, and finding out what became of them.
#include "harness/run/WorkerPool.h"
#include <algorithm>
#include <cstring>
#include <poll.h>
#include <utility>
#include <vector>

using namespace pto::harness;
using Clock = Worker::Clock;

namespace {

class Pool {
public:
  explicit Pool(const PoolWork &work)
      : work(work), seats(std::max<size_t>(1, std::min<size_t>(work.jobs, work.count))) {}
  void run();

private:
  /// A place where one task is done at a time, by a light worker or, where that one passes it on, by a heavy one. A
  /// task whose worker died there is done again by new ones.
  struct Seat {
    Worker light, heavy;
    Worker *busy = nullptr; ///< at a task
    std::optional<size_t> retried;
    std::string firstDeath;
  };

  bool handOut(Seat &seat);
  void give(Seat &seat, size_t task, WorkerKind kind);
  void collect(Seat &seat);
  void bury(Seat &seat);
  void giveUpOn(Seat &seat);
  void finish(Seat &seat, size_t task, TaskOutcome outcome);
  int millisecondsToNextDeadline() const;

  const PoolWork &work;
  std::vector<Seat> seats;
  size_t next = 0;
};

} // namespace

/// Gives the seat its next task; false if there is none.
bool Pool::handOut(Seat &seat) {
  if (seat.retried) {
    give(seat, *seat.retried, WorkerKind::Light);
    return true;
  }
  if (next >= work.count || work.stopRequested())
    return false;
  size_t task = next++;
  work.onStart(task);
  give(seat, task, WorkerKind::Light);
  return true;
}

void Pool::give(Seat &seat, size_t task, WorkerKind kind) {
  Worker &worker = kind == WorkerKind::Light ? seat.light : seat.heavy;
  if (!worker.isAlive() && !worker.start(work.openShop, kind, work.memoryLimit)) {
    TaskOutcome outcome;
    outcome.kind = TaskOutcome::Kind::NotStarted;
    outcome.reason = strerror(errno);
    return finish(seat, task, std::move(outcome));
  }
  worker.give(task, work.limitOf(task));
  seat.busy = &worker;
}

void Pool::finish(Seat &seat, size_t task, TaskOutcome outcome) {
  outcome.firstDeath = std::exchange(seat.firstDeath, {});
  seat.busy = nullptr;
  seat.retried.reset();
  work.onDone(task, std::move(outcome));
}

static TaskOutcome unfinished(const Worker &worker, TaskOutcome::Kind kind) {
  TaskOutcome outcome;
  outcome.kind = kind;
  outcome.lastWords = worker.lastWords();
  outcome.step = worker.step();
  outcome.seconds = worker.elapsed();
  return outcome;
}

void Pool::collect(Seat &seat) {
  // The simulator's and the compiler's libraries keep something of every task, up to a third of a megabyte: a run of
  // many thousands would fill the memory.
  constexpr size_t mostTasks = 1000;
  Worker &worker = *seat.busy;
  size_t task = *worker.task();
  TaskAnswer answer;
  switch (worker.receive(answer)) {
  case Worker::Received::Nothing:
    return;
  case Worker::Received::End:
    return bury(seat);
  case Worker::Received::Answer:
    break;
  }
  TaskOutcome outcome;
  outcome.payload = std::move(answer.payload);
  outcome.seconds = worker.elapsed();
  if (answer.renew || worker.tasksGiven() >= mostTasks)
    worker.stop();
  if (answer.isHeavy)
    return give(seat, task, WorkerKind::Heavy);
  finish(seat, task, std::move(outcome));
}

/// The worker died of its task. It may have died of an earlier one, which left its memory in disorder, or from outside:
/// the task is done again as the first one of a new worker.
void Pool::bury(Seat &seat) {
  Worker &worker = *seat.busy;
  size_t task = *worker.task();
  bool isOutOfMemory = worker.isOutOfMemory();
  worker.listen();
  TaskOutcome outcome = unfinished(worker, isOutOfMemory ? TaskOutcome::Kind::OutOfMemory : TaskOutcome::Kind::Crashed);
  outcome.reason = worker.waitForExit();
  if (isOutOfMemory)
    outcome.reason = "out of memory";
  seat.light.stop();
  seat.heavy.stop();
  if (seat.retried)
    return finish(seat, task, std::move(outcome));
  seat.busy = nullptr;
  seat.retried = task;
  seat.firstDeath = std::move(outcome.reason);
}

void Pool::giveUpOn(Seat &seat) {
  size_t task = *seat.busy->task();
  TaskOutcome outcome = unfinished(*seat.busy, TaskOutcome::Kind::TimedOut);
  seat.busy->stop();
  finish(seat, task, std::move(outcome));
}

int Pool::millisecondsToNextDeadline() const {
  // Short enough that an abort is noticed at once.
  auto soonest = Clock::now() + std::chrono::milliseconds(100);
  for (const Seat &seat : seats)
    if (seat.busy)
      soonest = std::min(soonest, seat.busy->deadline());
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(soonest - Clock::now()).count();
  return static_cast<int>(std::max<long>(0, left + 1));
}

void Pool::run() {
  while (!work.abortRequested()) {
    for (Seat &seat : seats)
      while (!seat.busy && handOut(seat))
        ;
    std::vector<pollfd> polled;
    std::vector<Seat *> busy;
    for (Seat &seat : seats)
      if (seat.busy) {
        polled.push_back({seat.busy->answers(), POLLIN, 0});
        polled.push_back({seat.busy->prints(), POLLIN, 0});
        busy.push_back(&seat);
      }
    if (busy.empty())
      return;
    poll(polled.data(), polled.size(), millisecondsToNextDeadline());
    for (size_t i = 0; i < busy.size(); ++i) {
      if (polled[2 * i + 1].revents)
        busy[i]->busy->listen();
      if (polled[2 * i].revents)
        collect(*busy[i]);
      if (busy[i]->busy && Clock::now() >= busy[i]->busy->deadline())
        giveUpOn(*busy[i]);
    }
  }
}

void pto::harness::runPool(const PoolWork &work) {
  if (work.count)
    Pool(work).run();
}
