// The frame around the modes: what holds in all of them.
#include "golden/compare/Compare.h"
#include "golden/compare/Blocks.h"
#include "golden/compare/Closeness.h"
#include "golden/compare/ErrorBounds.h"
#include "golden/compare/Exactness.h"
#include "golden/compare/Histogram.h"
#include "golden/compare/MeanError.h"
#include "golden/compare/Overloaded.h"
#include "golden/compare/Worst.h"
#include <algorithm>
#include <cmath>
#include <memory>

namespace pto::golden {
namespace {

/// Bit patterns of a bits comparison that are NaN on both sides and yet differ.
template <typename Judge>
constexpr bool nanPayloadsCount = std::is_same_v<Judge, BitsJudge>;

template <typename Judge>
void judgeAll(Judge judge, const Reference &expected, const Tensor &actual, Comparison &result) {
  auto blocks = std::make_unique<Blocks>(expected, actual);
  Histogram histogram;
  Worst worst;
  bool infinite = false;
  for (int64_t block = 0; block < blocks->count(); ++block) {
    int64_t begin = blocks->begin(block), end = blocks->end(block);
    if (!Judge::countsEqual && blocks->isEqual(block)) {
      histogram.add(0, end - begin);
      continue;
    }
    size_t count = blocks->load(block, Judge::countsEqual);
    histogram.add(0, end - begin - static_cast<int64_t>(count));
    for (size_t i = 0; i < count; ++i) {
      histogram.add(blocks->ulp[i]);
      auto index = static_cast<size_t>(blocks->index[i]);
      Judgement judgement{true, 0};
      if (blocks->pairing[i] == Pairing::Finite)
        judgement =
            judge.judge({blocks->expected[i], blocks->actual[i],
                         expected.exact.empty() ? blocks->expected[i] : expected.exact[index],
                         expected.bound.empty() ? 0 : expected.bound[index], blocks->difference[i], blocks->ulp[i]});
      else if (blocks->pairing[i] == Pairing::Infinite || nanPayloadsCount<Judge>)
        judgement = {false, INFINITY};
      // The reference's own rounding is the best an output can be, whatever a sum over all of them needs to know.
      if (blocks->expectedBits[i] == blocks->actualBits[i])
        continue;
      infinite |= std::isinf(judgement.badness);
      result.differing += !judgement.passes;
      worst.offer(judgement.badness,
                  {blocks->index[i], blocks->expectedBits[i], blocks->actualBits[i], blocks->ulp[i]});
    }
  }
  result.histogram = histogram.buckets();
  result.worst = worst.take();
  judge.finish(result, infinite);
}

/// Calls `f` with the judge of a mode; the mode can compare the type.
template <typename Callable>
void withJudge(const CompareMode &mode, DType type, int64_t elements, Callable &&f) {
  Scale scale = Scale::of(type);
  std::visit(Overloaded{[&](const Bits &) { f(BitsJudge()); }, [&](const Ulp &m) { f(UlpJudge(m.distance)); },
                        [&](const Close &m) { f(CloseJudge(m)); },
                        [&](const TorchClose &) { f(CloseJudge(*torchTolerance(type))); },
                        [&](const Dot &m) { f(DotJudge(m.terms, scale)); },
                        [&](const Product &m) { f(ProductJudge(m.factors, scale)); },
                        [&](const AbsError &m) { f(AbsErrorJudge(m.bound, scale)); },
                        [&](const Ascend &) { f(AscendJudge(*ascendThreshold(type), elements)); }},
             mode);
}

/// What makes a comparison senseless: a sentence, or nothing.
std::optional<std::string> findMismatch(const Reference &expected, const Tensor &actual, const CompareMode &mode) {
  const Tensor &value = expected.value;
  if (value.dtype != actual.dtype || value.shape != actual.shape)
    return "the output and its reference differ in type or shape (" + shortName(actual.dtype).str() + " and " +
           shortName(value.dtype).str() + ", " + std::to_string(actual.elementCount()) + " and " +
           std::to_string(value.elementCount()) + " elements)";
  size_t count = static_cast<size_t>(value.elementCount()), bytes = count * byteSize(value.dtype);
  if (value.bytes.size() != bytes || actual.bytes.size() != bytes)
    return std::string("the output or its reference has not as many bytes as its shape says");
  if (std::optional<std::string> unusable = findUnusable(mode, value.dtype))
    return unusable;
  auto fits = [&](const std::vector<double> &values) { return values.empty() || values.size() == count; };
  if (!fits(expected.exact) || !fits(expected.bound) || (needsBound(mode) && expected.bound.size() != count))
    return "the reference carries no bound for each element, which " + describe(mode) + " needs";
  return std::nullopt;
}

} // namespace

bool needsBound(const CompareMode &mode) {
  return std::holds_alternative<Dot>(mode) || std::holds_alternative<AbsError>(mode);
}

std::optional<std::string> findUnusable(const CompareMode &mode, DType type) {
  std::string what = describe(mode) + " cannot compare " + shortName(type).str() + ": ";
  bool measuresRounding = needsBound(mode) || std::holds_alternative<Product>(mode);
  if (measuresRounding && !isFloat(type))
    return what + "integers are exact, use bits";
  if (std::holds_alternative<TorchClose>(mode) && !torchTolerance(type))
    return what + "torch has no tolerance for it, use ulp or close";
  if (std::holds_alternative<Ascend>(mode) && !ascendThreshold(type))
    return what + "the standard has no threshold for it, use " + (isFloat(type) ? "ulp or close" : "bits");
  return std::nullopt;
}

Comparison compare(const Reference &expected, const Tensor &actual, const CompareMode &mode) {
  Comparison result;
  result.mode = describe(mode);
  result.elements = actual.elementCount();
  if (std::optional<std::string> mismatch = findMismatch(expected, actual, mode)) {
    result.passed = false;
    result.differing = result.elements;
    result.statistic = *mismatch;
    result.tightest = noBoundPasses;
    return result;
  }
  if (expected.value.bytes == actual.bytes) {
    // A correctly rounded output passes in every mode, a biased sum of rounding errors or not.
    withJudge(mode, actual.dtype, result.elements, [&](auto judge) { judge.finish(result, /*infinite=*/false); });
    Histogram histogram;
    histogram.add(0, result.elements);
    result.histogram = histogram.buckets();
    return result;
  }
  withJudge(mode, actual.dtype, result.elements, [&](auto judge) { judgeAll(judge, expected, actual, result); });
  result.passed = result.differing == 0 && result.statistic.empty();
  return result;
}

} // namespace pto::golden
