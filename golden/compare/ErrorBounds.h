// The modes of TOSA's conformance tests, which measure against the reference before rounding.
#pragma once

#include "golden/compare/Judge.h"

namespace pto::golden {

/// Sums of products: errors in units of the half ulp of the sum of absolute values, and their sums.
class DotJudge {
public:
  static constexpr bool countsEqual = true;

  DotJudge(int64_t terms, Scale scale) : terms(static_cast<double>(terms)), scale(scale) {}

  Judgement judge(const Element &element) {
    ++outputs;
    double error = element.actual - element.exact;
    if (element.bound == 0) {
      bool zero = element.actual == 0 && element.exact == 0;
      zeroBroken |= !zero;
      return {zero, zero ? 0 : DBL_MAX};
    }
    double scaled = error / std::max(element.bound * (scale.unit / 2), scale.smallestNormal);
    double magnitude = std::fabs(scaled);
    sum += scaled;
    squares += scaled * scaled;
    sumOfReferences += element.exact;
    sumOfBounds += element.bound;
    largest = std::max(largest, magnitude);
    return against(magnitude, 2 * terms);
  }
  void finish(Comparison &comparison, bool infinite) const;

private:
  /// Products of both signs, of which at least half cancels over the output. Data of one sign is biased by nature.
  bool isSymmetric() const { return std::fabs(sumOfReferences) <= sumOfBounds / 2; }
  double allowedSquares(double ksb) const { return 1.6 * ksb * outputs; }
  double allowedSum(double ksb) const { return std::sqrt(10 * 1.6 * ksb * outputs); }
  bool passesWith(double ksb) const {
    return largest <= 2 * ksb && squares <= allowedSquares(ksb) &&
           (!isSymmetric() || std::fabs(sum) <= allowedSum(ksb));
  }

  double terms;
  Scale scale;
  double outputs = 0, sum = 0, squares = 0, sumOfReferences = 0, sumOfBounds = 0, largest = 0;
  bool zeroBroken = false;
};

/// Products of n factors: each multiplication may add half an ulp.
class ProductJudge {
public:
  static constexpr bool countsEqual = false;

  ProductJudge(int64_t factors, Scale scale) : factors(factors), scale(scale), relative(relativeBound(factors)) {}

  Judgement judge(const Element &element) {
    double error = std::fabs(element.actual - element.exact), magnitude = std::fabs(element.exact);
    if (magnitude == 0)
      zeroBroken |= error != 0;
    else
      largest = std::max(largest, error / magnitude);
    return against(error, magnitude * relative);
  }
  void finish(Comparison &comparison, bool infinite) const;

private:
  /// (1 + 2^−(F+1))^n − 1 without losing the difference from 1.
  double relativeBound(int64_t n) const { return std::expm1(static_cast<double>(n) * std::log1p(scale.unit / 2)); }

  int64_t factors;
  Scale scale;
  double relative, largest = 0;
  bool zeroBroken = false;
};

/// A bound of each element's own, in ulps of the reference.
class AbsErrorJudge {
public:
  static constexpr bool countsEqual = false;

  AbsErrorJudge(std::string text, Scale scale) : text(std::move(text)), scale(scale) {}

  Judgement judge(const Element &element) {
    double error = std::fabs(element.actual - element.exact);
    double allowed = scale.unit * std::max(std::fabs(element.exact), scale.smallestNormal) * element.bound;
    if (allowed > 0)
      factor = std::max(factor, error / allowed);
    else
      zeroBroken |= error != 0;
    return against(error, allowed);
  }
  void finish(Comparison &comparison, bool infinite) const;

private:
  std::string text;
  Scale scale;
  double factor = 0;
  bool zeroBroken = false;
};

} // namespace pto::golden
