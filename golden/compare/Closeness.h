// The modes of numpy and torch: close, and torch's own tolerances.
#pragma once

#include "golden/compare/Judge.h"
#include <optional>

namespace pto::golden {

/// torch.testing.assert_close's tolerances of a type; nothing where it has none.
std::optional<Close> torchTolerance(DType type);

class CloseJudge {
public:
  static constexpr bool countsEqual = false;

  explicit CloseJudge(const Close &tolerance) : tolerance(tolerance) {}

  Judgement judge(const Element &element) {
    double error = element.difference, magnitude = std::fabs(element.expected);
    largestError = std::max(largestError, error);
    if (magnitude == 0)
      atZero = std::max(atZero, error);
    else if (error > tolerance.absolute + neededRelative * magnitude)
      neededRelative = raise((error - tolerance.absolute) / magnitude, error, magnitude);
    return against(error, tolerance.absolute + tolerance.relative * magnitude);
  }
  void finish(Comparison &comparison, bool infinite) const;

private:
  /// The quotient, or a little more where rounding left it short.
  double raise(double relative, double error, double magnitude) const {
    while (tolerance.absolute + relative * magnitude < error)
      relative = std::nextafter(relative, INFINITY);
    return relative;
  }

  Close tolerance;
  double largestError = 0, atZero = 0, neededRelative = 0;
};

} // namespace pto::golden
