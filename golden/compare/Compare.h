// The comparison modes of docs/numerics.md.
#pragma once

#include "base/Place.h"
#include "golden/reference/Reference.h"
#include "golden/tensor/Tensor.h"
#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace pto::golden {

struct Bits {};
struct Ulp {
  uint64_t distance = 0;
};
struct Close {
  double absolute = 0, relative = 0;
};
struct TorchClose {};
struct Dot {
  int64_t terms = 1;
}; ///< `dot: {ksb: n}`
struct Product {
  int64_t factors = 1;
};
struct AbsError {
  std::string bound; ///< TorchScript expression over the inputs, or a number
  Place place = {};
};
struct Ascend {};
using CompareMode = std::variant<Bits, Ulp, Close, TorchClose, Dot, Product, AbsError, Ascend>;

/// "bits", "ulp: 2", "close: {atol: 1e-05, rtol: 0.001}" …
std::string describe(const CompareMode &mode);

struct ElementError {
  int64_t index = 0;
  uint64_t expectedBits = 0, actualBits = 0;
  /// Distance of the ordered bit patterns; UINT64_MAX where one side is NaN or infinite and the other is not.
  uint64_t ulp = 0;
};

struct Comparison {
  bool passed = true;
  int64_t elements = 0;
  /// How many elements break the mode's bound by themselves.
  int64_t differing = 0;
  /// The five worst, worst first.
  std::vector<ElementError> worst;
  /// Elements by ULP distance: 0, 1, 2, 3–4, 5–8, … ; the last bucket is "infinite".
  struct Bucket {
    std::string label;
    int64_t count = 0;
  };
  std::vector<Bucket> histogram;
  std::string mode;
  std::string bound;
  /// The tightest bound of the same mode that would have passed, in the mode's own notation.
  std::string tightest;
  /// A criterion of the whole output that failed (a sum, a mean): one sentence, else empty.
  std::string statistic;
};

/// Why a mode cannot compare outputs of a type (`dot` in integers), as one sentence, or nothing if it can.
std::optional<std::string> findUnusable(const CompareMode &mode, DType type);

/// Whether it asks for more of a reference than its values.
bool needsBound(const CompareMode &mode);

Comparison compare(const Reference &expected, const Tensor &actual, const CompareMode &mode);

} // namespace pto::golden
