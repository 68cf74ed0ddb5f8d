// What cases allow and none of their points needs: such an `allow` would hide a mistake that is made later.
#pragma once

#include "harness/case/Case.h"
#include "harness/run/Settings.h"
#include "reports/Result.h"
#include "llvm/ADT/ArrayRef.h"
#include <functional>
#include <map>

namespace pto::harness {

/// Hands results on; those of a case that allows something once all its points are there.
class AllowanceCheck {
public:
  using HandOn = std::function<void(size_t index, reports::Result result)>;

  AllowanceCheck(llvm::ArrayRef<Case> cases, const Settings &settings, HandOn handOn)
      : cases(cases), settings(settings), handOn(std::move(handOn)) {}
  /// Hands on what still waits.
  ~AllowanceCheck();

  void add(size_t index, reports::Result result);

private:
  using Points = std::map<size_t, reports::Result>; ///< by index

  void warnOfStale(Points &points) const;

  llvm::ArrayRef<Case> cases;
  const Settings &settings;
  HandOn handOn;
  std::map<std::string, Points> waiting; ///< by case file
};

} // namespace pto::harness
