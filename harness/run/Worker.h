// A worker: a process that is forked, does tasks one after another, and is replaced when it dies.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <sys/types.h>

namespace pto::harness {

/// What a task tells of itself while it is being done. It lies in memory that both processes see: it outlives the
/// worker.
class TaskDesk {
public:
  using Clock = std::chrono::steady_clock;

  /// The task's time counts from here: what a new worker loads first is not the task's.
  void begin() { begun = Clock::now().time_since_epoch().count(); }
  /// A number that the task's owner knows the meaning of; 0 when the task begins.
  void setStep(unsigned number) { step = number; }
  /// Ends the worker. What it had allocated is no longer of use, and nothing may be allocated to say so.
  [[noreturn]] void giveUpForMemory();

private:
  friend class Worker;
  std::atomic<Clock::rep> begun = 0; ///< 0: not yet
  std::atomic<unsigned> step = 0;
  std::atomic<bool> isOutOfMemory = false;
};

struct TaskAnswer {
  std::string payload;
  bool renew = false;   ///< this worker should do no further task
  bool isHeavy = false; ///< no answer: the task is for a worker of the heavy kind
};

/// A heavy worker loads what takes long to load; it gets only tasks that a light one has found nothing wrong with, so
/// that it is rarely replaced.
enum class WorkerKind { Light, Heavy };

/// Opened once in each worker, after it was forked; the function that it returns does the tasks.
using Shop = std::function<std::function<TaskAnswer(size_t task)>(TaskDesk &desk, WorkerKind kind)>;

class Worker {
public:
  using Clock = TaskDesk::Clock;

  Worker() = default;
  Worker(const Worker &) = delete;
  ~Worker() { stop(); }

  /// Forks it. False, with errno, where the system has no room for another process.
  bool start(const Shop &openShop, WorkerKind kind, uint64_t memoryLimit);
  void stop();
  bool isAlive() const { return pid > 0; }
  /// That it was given since it started, the one under way included.
  size_t tasksGiven() const { return given; }

  void give(size_t number, double limitInSeconds);
  std::optional<size_t> task() const { return current; }
  Clock::time_point deadline() const;
  /// Seconds since the task was begun.
  double elapsed() const { return std::chrono::duration<double>(Clock::now() - begun()).count(); }
  unsigned step() const { return desk->step; }
  bool isOutOfMemory() const { return desk->isOutOfMemory; }

  /// What can be waited for: its answers, and what it prints.
  int answers() const { return socket; }
  int prints() const { return pipe; }
  enum class Received { Nothing, Answer, End };
  /// Takes what has come of the answer, without waiting for the rest. The task is over after an Answer.
  Received receive(TaskAnswer &answer);
  /// Takes what it has printed, of which the end is kept.
  void listen();
  /// The end of what it printed since it was given its task.
  const std::string &lastWords() const { return words; }
  /// After the End: "signal 11 (Segmentation fault)".
  std::string waitForExit();

private:
  Clock::time_point begun() const;

  pid_t pid = -1;
  int socket = -1, pipe = -1;
  TaskDesk *desk = nullptr;
  std::optional<size_t> current;
  size_t given = 0;
  Clock::time_point handedOver;
  double seconds = 0;
  std::string inbox, words;
};

} // namespace pto::harness
