// Elements counted by ULP distance in buckets that double.
#pragma once

#include "golden/compare/Compare.h"
#include "golden/compare/Distance.h"
#include <array>
#include <bit>

namespace pto::golden {

class Histogram {
public:
  void add(uint64_t distance, int64_t count = 1) { counts[bucketOf(distance)] += count; }

  /// From 0 to the last finite bucket that is not empty, then "infinite".
  std::vector<Comparison::Bucket> buckets() const;

private:
  /// 0, 1, 2, 3–4, 5–8 …: after 1, bucket k ends at 2^(k−1).
  static size_t bucketOf(uint64_t distance) {
    if (distance == infiniteDistance)
      return infinite;
    return distance < 2 ? distance : static_cast<size_t>(std::bit_width(distance - 1)) + 1;
  }

  static constexpr size_t infinite = 66;
  std::array<int64_t, infinite + 1> counts{};
};

} // namespace pto::golden
