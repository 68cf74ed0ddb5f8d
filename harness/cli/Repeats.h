// --repeat: the results of one case that was run several times.
#pragma once

#include "reports/Result.h"
#include <map>

namespace pto::harness {

class Repeats {
public:
  void add(reports::Result result);
  /// The result, where all agree; else `flaky`, which shows the first that was no pass.
  reports::Result verdict() const;
  /// Something else than a pass has been seen, which no further run can undo.
  bool isDecided() const { return shown && shown->state != reports::State::Pass; }

private:
  std::map<reports::State, size_t> counts;
  std::optional<reports::Result> shown; ///< a failure, if there is one
};

} // namespace pto::harness
