// How far a run is: a bar that redraws itself on a terminal, plain lines in a pipe.
#pragma once

#include "reports/Result.h"
#include "reports/Style.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <chrono>
#include <functional>

namespace pto::reports {

class Progress {
public:
  using Clock = std::chrono::steady_clock;
  struct Options {
    size_t total = 0;
    bool isTerminal = false;                                          ///< a bar may be drawn
    enum class Lines { None, Failures, All } lines = Lines::Failures; ///< which results get a line of their own
    Style style;
    std::function<Clock::time_point()> now = Clock::now;
  };

  Progress(llvm::raw_ostream &os, Options options);
  /// Takes the bar away.
  ~Progress();
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  /// The case that is being run; with several workers the latest one.
  void started(llvm::StringRef name);
  void finished(const Result &result);
  /// Redraws the bar if it is time; for a caller that waits.
  void tick();
  /// Lets something else print to the same stream without the bar in its way.
  void aside(llvm::function_ref<void()> print);
  void done();

private:
  void draw();
  void erase();
  bool isDue() const;

  llvm::raw_ostream &os;
  Options options;
  size_t count = 0, failures = 0;
  std::string current;
  Clock::time_point begin, lastDrawn;
  bool isDrawn = false;
};

} // namespace pto::reports
