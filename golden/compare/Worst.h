// The five worst elements, worst first; of equals the one that comes first.
#pragma once

#include "golden/compare/Compare.h"

namespace pto::golden {

class Worst {
public:
  void offer(double badness, const ElementError &element) {
    if (badness <= least)
      return;
    size_t at = elements.size();
    while (at > 0 && badnesses[at - 1] < badness)
      --at;
    elements.insert(elements.begin() + static_cast<ptrdiff_t>(at), element);
    badnesses.insert(badnesses.begin() + static_cast<ptrdiff_t>(at), badness);
    if (elements.size() > kept) {
      elements.pop_back();
      badnesses.pop_back();
    }
    if (elements.size() == kept)
      least = badnesses.back();
  }
  std::vector<ElementError> take() { return std::move(elements); }

private:
  static constexpr size_t kept = 5;
  double least = 0;
  std::vector<ElementError> elements;
  std::vector<double> badnesses;
};

} // namespace pto::golden
