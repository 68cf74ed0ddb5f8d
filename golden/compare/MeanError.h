// The Ascend operator standard: mean and maximum relative error.
#pragma once

#include "golden/compare/Judge.h"
#include <optional>

namespace pto::golden {

/// The standard's threshold for a type; nothing where it has none.
std::optional<double> ascendThreshold(DType type);

class AscendJudge {
public:
  static constexpr bool countsEqual = false;

  AscendJudge(double threshold, int64_t elements) : threshold(threshold), elements(static_cast<double>(elements)) {}

  Judgement judge(const Element &element) {
    double relative = element.difference / (std::fabs(element.expected) + 1e-7);
    sum += relative;
    largest = std::max(largest, relative);
    return {relative < 10 * threshold, relative};
  }
  void finish(Comparison &comparison, bool infinite) const;

private:
  double threshold, elements, sum = 0, largest = 0;
};

} // namespace pto::golden
