// A one-to-one pairing that grows: what has been met on one side stands for what was met with it on the other.
// Private to equality.
#pragma once

#include "llvm/ADT/DenseMap.h"

namespace pto::equality {

template <typename Thing>
class Pairing {
public:
  /// Pairs them where neither is paired.
  bool agree(Thing left, Thing right) {
    auto [toRight, isNewLeft] = rightOf.try_emplace(left, right);
    auto [toLeft, isNewRight] = leftOf.try_emplace(right, left);
    return toRight->second == right && toLeft->second == left;
  }

  bool knowsEither(Thing left, Thing right) const { return rightOf.contains(left) || leftOf.contains(right); }

private:
  llvm::DenseMap<Thing, Thing> rightOf, leftOf;
};

} // namespace pto::equality
