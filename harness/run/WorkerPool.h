// A pool of worker processes. A worker that crashes or hangs costs the one task it was at, never the run, and no task
// suffers from the one before it: a task whose worker died is done again, alone, before its death is called its own.
#pragma once

#include "harness/run/Worker.h"

namespace pto::harness {

/// What became of one task.
struct TaskOutcome {
  enum class Kind { Finished, Crashed, OutOfMemory, TimedOut, NotStarted };
  Kind kind = Kind::Finished;
  std::string payload;    ///< what the task returned, if it finished
  std::string reason;     ///< of a crash: "signal 11 (Segmentation fault)"; of no start: what the system says
  std::string lastWords;  ///< the end of what the worker printed, if it did not finish
  unsigned step = 0;      ///< that the task had come to, as it said itself, if it did not finish
  double seconds = 0;     ///< that it took
  std::string firstDeath; ///< the reason why a first worker died of it; empty: none did
};

struct PoolWork {
  size_t count = 0;
  unsigned jobs = 1;
  uint64_t memoryLimit = 0; ///< bytes that a worker may allocate; 0: any number
  Shop openShop;
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
