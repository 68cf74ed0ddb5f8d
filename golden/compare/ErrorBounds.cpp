// The bounds in words, the tightest ones, and dot's criteria of the whole output.
#include "golden/compare/ErrorBounds.h"
#include <charconv>

namespace pto::golden {
namespace {

/// Larger counts say nothing: no kernel has as many terms, and float64 would count in steps.
constexpr double largestCount = 0x1p53;

} // namespace

void DotJudge::finish(Comparison &comparison, bool infinite) const {
  comparison.bound = "|error| <= " + shortest(2 * terms) + " half ulps of the sum of absolute values";
  if (squares > allowedSquares(terms))
    comparison.statistic =
        "the squared errors sum to " + brief(squares) + ", above 1.6 * ksb * outputs = " + brief(allowedSquares(terms));
  else if (isSymmetric() && std::fabs(sum) > allowedSum(terms))
    comparison.statistic = "the output is biased: its errors sum to " + brief(sum) +
                           ", beyond sqrt(16 * ksb * outputs) = " + brief(allowedSum(terms));
  double ksb = std::max({1.0, std::ceil(largest / 2), outputs ? std::ceil(squares / (1.6 * outputs)) : 0});
  if (isSymmetric() && outputs)
    ksb = std::max(ksb, std::ceil(sum * sum / (16 * outputs)));
  while (ksb < largestCount && !passesWith(ksb))
    ++ksb;
  comparison.tightest = infinite || zeroBroken || !(ksb < largestCount)
                            ? noBoundPasses
                            : "dot: {ksb: " + std::to_string(static_cast<int64_t>(ksb)) + "}";
}

void ProductJudge::finish(Comparison &comparison, bool infinite) const {
  comparison.bound = "|a - r| <= " + brief(relative) + " * |r|";
  double needed = std::floor(std::log1p(largest) / std::log1p(scale.unit / 2));
  bool countable = needed < largestCount && !infinite && !zeroBroken;
  int64_t n = countable ? std::max<int64_t>(static_cast<int64_t>(needed) - 1, 0) : 0;
  while (countable && relativeBound(n) < largest)
    ++n;
  comparison.tightest = countable ? "product: " + std::to_string(n) : noBoundPasses;
}

void AbsErrorJudge::finish(Comparison &comparison, bool infinite) const {
  comparison.bound = "|a - r| <= (" + text + ") ulps of r";
  if (infinite || zeroBroken) {
    comparison.tightest = noBoundPasses;
    return;
  }
  double number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool isNumber = failure == std::errc() && end == text.data() + text.size();
  comparison.tightest =
      "abs_error: {bound: " +
      (isNumber ? shortest(roundedUp(factor * number)) : shortest(roundedUp(factor)) + " * (" + text + ")") + "}";
}

} // namespace pto::golden
