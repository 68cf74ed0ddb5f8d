// --repeat: the results of one case that was run several times.
#pragma once

#include "reports/Result.h"
#include <map>

namespace pto::harness {

class Repeats {
public:
  void add(report::Result result);
  /// The result, where all agree; else `flaky`, which shows the first that was no pass.
  report::Result verdict() const;

private:
  std::map<report::State, size_t> counts;
  std::optional<report::Result> shown; ///< a failure, if there is one
};

} // namespace pto::harness
