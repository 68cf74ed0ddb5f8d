// The random numbers of generated inputs: SplitMix64, in integers, so that every machine draws the same.
#pragma once

#include <cstdint>
#include <utility>

namespace pto::golden {

class Random {
public:
  explicit Random(uint64_t seed) : state(seed) {}

  uint64_t next() {
    uint64_t z = (state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  /// In [0, 1), a multiple of 2^−53.
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  /// In [0, count), every value equally likely; count 0 stands for 2^64.
  uint64_t below(uint64_t count) {
    if (count == 0)
      return next();
    // The multiples of 2^64 / count are not all as long: draws from the remainder are thrown away.
    uint64_t remainder = -count % count;
    while (true) {
      auto product = static_cast<unsigned __int128>(next()) * count;
      if (static_cast<uint64_t>(product) >= remainder)
        return static_cast<uint64_t>(product >> 64);
    }
  }
  /// Of mean 0 and deviation 1, and at most 12 in magnitude.
  double normal();

  /// Fisher and Yates.
  template <typename Range>
  void shuffle(Range &range) {
    for (uint64_t i = range.size(); i > 1; --i)
      std::swap(range[i - 1], range[below(i)]);
  }

private:
  uint64_t state;
};

} // namespace pto::golden
