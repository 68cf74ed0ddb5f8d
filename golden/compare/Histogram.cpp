// Names the buckets.
#include "golden/compare/Histogram.h"

namespace pto::golden {
namespace {

std::string labelOf(size_t bucket) {
  if (bucket <= 2)
    return std::to_string(bucket);
  unsigned power = static_cast<unsigned>(bucket) - 1;
  if (power > 16)
    return "to 2^" + std::to_string(power);
  return std::to_string((1u << (power - 1)) + 1) + "-" + std::to_string(1u << power);
}

} // namespace

std::vector<Comparison::Bucket> Histogram::buckets() const {
  size_t last = infinite - 1;
  while (last > 0 && !counts[last])
    --last;
  std::vector<Comparison::Bucket> result;
  for (size_t bucket = 0; bucket <= last; ++bucket)
    result.push_back({labelOf(bucket), counts[bucket]});
  result.push_back({"infinite", counts[infinite]});
  return result;
}

} // namespace pto::golden
