// Elements of two tensors as the modes want them, a cache-sized block at a time.
#pragma once

#include "golden/reference/Reference.h"
#include <array>

namespace pto::golden {

/// What an element is before a mode is asked.
enum class Pairing : uint8_t { Finite, Matching, Infinite };

class Blocks {
public:
  static constexpr int64_t size = 2048;

  Blocks(const Reference &reference, const Tensor &actual);

  int64_t count() const { return blockCount; }
  int64_t begin(int64_t block) const { return block * size; }
  int64_t end(int64_t block) const { return std::min(elements, (block + 1) * size); }
  bool isEqual(int64_t block) const;
  /// Loads the elements that differ, or all of them, and says how many there are.
  size_t load(int64_t block, bool withEqual);

  // Of the loaded elements, in order.
  std::array<int64_t, size> index;
  std::array<double, size> expected, actual;
  std::array<uint64_t, size> expectedBits, actualBits, ulp;
  std::array<double, size> difference;
  std::array<Pairing, size> pairing;

private:
  template <typename Storage>
  size_t loadBits(int64_t block, bool withEqual);
  void measureFloats(size_t count);
  void measureIntegers(size_t count);

  const Tensor &reference, &output;
  int64_t elements, blockCount;
};

} // namespace pto::golden
