// A pool of worker processes. A worker that crashes or hangs costs the one task it was at, never the run.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace pto::harness {

/// What became of one task.
struct TaskOutcome {
  enum class Kind { Finished, Crashed, TimedOut };
  Kind kind = Kind::Finished;
  std::string payload;   ///< what the task returned, if it finished
  std::string reason;    ///< "signal 11 (Segmentation fault)", "no answer within 5 s"
  std::string lastWords; ///< the end of what the worker wrote to stderr, if it crashed
};

struct PoolWork {
  size_t count = 0;
  unsigned jobs = 1;
  /// Called once in each worker, after it was started; the function it returns does the tasks, one at a time.
  std::function<std::function<std::string(size_t task)>()> openShop;
  /// Seconds that a task may take.
  std::function<double(size_t task)> limitOf;
  /// Both are called in this process.
  std::function<void(size_t task)> onStart;
  std::function<void(size_t task, TaskOutcome outcome)> onDone;
  /// Asked before each start: true stops handing out tasks; those under way are finished.
  std::function<bool()> stopRequested;
  /// Asked while waiting: true ends everything at once.
  std::function<bool()> abortRequested;
};

/// Returns when every task that was started is done. Throws nothing; if no worker can be started, `onDone` says so
/// for every task.
void runPool(const PoolWork &work);

} // namespace pto::harness
