// Thresholds and the mean criterion.
#include "golden/compare/MeanError.h"

namespace pto::golden {

std::optional<double> ascendThreshold(DType type) {
  switch (type) {
  case DType::F16:
    return 0x1p-10;
  case DType::BF16:
    return 0x1p-7;
  case DType::F32:
    return 0x1p-13;
  case DType::F8E4M3:
    return 0x1p-3;
  case DType::F8E5M2:
    return 0x1p-2;
  default:
    return std::nullopt;
  }
}

void AscendJudge::finish(Comparison &comparison, bool infinite) const {
  comparison.bound = "mean relative error < " + brief(threshold) + ", largest < " + brief(10 * threshold);
  double mean = elements ? sum / elements : 0;
  if (!(mean < threshold))
    comparison.statistic = "the mean relative error is " + brief(mean) + ", not below " + brief(threshold);
  comparison.tightest =
      infinite ? noBoundPasses : "ascend with a threshold above " + brief(std::max(mean, largest / 10));
}

} // namespace pto::golden
