// The modes that count representable values: bits and ulp.
#pragma once

#include "golden/compare/Judge.h"

namespace pto::golden {

class BitsJudge {
public:
  static constexpr bool countsEqual = false;

  Judgement judge(const Element &element) {
    largest = std::max(largest, element.ulp);
    differs = true;
    return {false, 1 + static_cast<double>(element.ulp)};
  }
  void finish(Comparison &comparison, bool infinite) const {
    comparison.bound = "every bit equal";
    comparison.tightest = !differs && !infinite ? "bits" : infinite ? noBoundPasses : "ulp: " + std::to_string(largest);
  }

private:
  uint64_t largest = 0;
  bool differs = false;
};

class UlpJudge {
public:
  static constexpr bool countsEqual = false;

  explicit UlpJudge(uint64_t allowed) : allowed(allowed) {}

  Judgement judge(const Element &element) {
    largest = std::max(largest, element.ulp);
    return {element.ulp <= allowed, static_cast<double>(element.ulp)};
  }
  void finish(Comparison &comparison, bool infinite) const {
    comparison.bound = "at most " + std::to_string(allowed) + " ulp";
    comparison.tightest = infinite ? noBoundPasses : "ulp: " + std::to_string(largest);
  }

private:
  uint64_t allowed, largest = 0;
};

} // namespace pto::golden
