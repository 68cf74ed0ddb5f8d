// What a run prints as it goes: a bar, a screen for each failure, the lines that sum it up.
#pragma once

#include "harness/case/Case.h"
#include "harness/cli/Options.h"
#include "reports/Progress.h"
#include "reports/Summary.h"
#include <map>

namespace pto::harness {

reports::Style styleOf(const Options &options);
/// A bar on stderr.
reports::Progress::Options barOf(const Options &options, size_t total);

class Console {
public:
  /// `total` results are to come.
  Console(const Options &options, size_t total);

  void started(llvm::StringRef name) { progress.started(name); }
  /// Results may come in any order, and are printed in that of their places, whichever worker was first: two runs
  /// print the same lines.
  void add(const reports::Result &result, size_t place);
  void complain(llvm::Error error);
  void tick() { progress.tick(); }
  /// Prints what waits for a place that will not come, what the results have to say, the folders that look like cases
  /// and are none, and the summary.
  void finish(llvm::ArrayRef<reports::Result> results, const reports::Summary &summary,
              llvm::ArrayRef<Diagnostic> lookalikes);

private:
  bool showsEveryResult() const;
  void showInOrder(bool everything);
  void show(const reports::Result &result);
  void warnOf(llvm::ArrayRef<Diagnostic> lookalikes);

  const Options &options;
  size_t total;
  reports::Style style;
  reports::Progress progress;
  std::map<size_t, reports::Result> waiting; ///< by place
  size_t nextShown = 0, screens = 0;
};

} // namespace pto::harness
