// The tolerances and the tightest pair of them.
#include "golden/compare/Closeness.h"

namespace pto::golden {

std::optional<Close> torchTolerance(DType type) {
  switch (type) {
  case DType::F16:
    return Close{1e-5, 1e-3};
  case DType::BF16:
    return Close{1e-5, 1.6e-2};
  case DType::F32:
    return Close{1e-5, 1.3e-6};
  case DType::F64:
    return Close{1e-7, 1e-7};
  case DType::F8E4M3:
  case DType::F8E5M2:
    return std::nullopt;
  default:
    return Close{0, 0};
  }
}

void CloseJudge::finish(Comparison &comparison, bool infinite) const {
  comparison.bound = "|a - e| <= " + shortest(tolerance.absolute) + " + " + shortest(tolerance.relative) + " * |e|";
  // The absolute part stays as it was, unless it alone is enough or an expected zero needs more.
  bool absoluteIsEnough = neededRelative == 0;
  double absolute = absoluteIsEnough ? largestError : std::max(tolerance.absolute, atZero);
  comparison.tightest = infinite ? noBoundPasses : closeNotation(roundedUp(absolute), roundedUp(neededRelative));
}

} // namespace pto::golden
