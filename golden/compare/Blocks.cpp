// One decision about the type a block, then plain loops.
#include "golden/compare/Blocks.h"
#include "golden/compare/Distance.h"
#include "golden/tensor/Integer.h"
#include <cmath>
#include <cstring>

namespace pto::golden {

Blocks::Blocks(const Reference &reference, const Tensor &actual)
    : reference(reference.value), output(actual), elements(actual.elementCount()),
      blockCount((elements + size - 1) / size) {}

bool Blocks::isEqual(int64_t block) const {
  size_t bytes = byteSize(reference.dtype), offset = static_cast<size_t>(begin(block)) * bytes;
  return std::memcmp(reference.bytes.data() + offset, output.bytes.data() + offset,
                     static_cast<size_t>(end(block) - begin(block)) * bytes) == 0;
}

template <typename Storage>
size_t Blocks::loadBits(int64_t block, bool withEqual) {
  size_t loaded = 0;
  for (int64_t i = begin(block); i < end(block); ++i) {
    size_t offset = static_cast<size_t>(i) * sizeof(Storage);
    Storage left, right;
    std::memcpy(&left, reference.bytes.data() + offset, sizeof(Storage));
    std::memcpy(&right, output.bytes.data() + offset, sizeof(Storage));
    index[loaded] = i;
    expectedBits[loaded] = left;
    actualBits[loaded] = right;
    // Without a branch: which elements differ cannot be foreseen.
    loaded += withEqual | (left != right);
  }
  return loaded;
}

void Blocks::measureFloats(size_t count) {
  withFormat(reference.dtype, [&]<FloatFormat F>() {
    for (size_t i = 0; i < count; ++i) {
      uint64_t left = expectedBits[i], right = actualBits[i];
      expected[i] = decodeFloat<F>(left);
      actual[i] = decodeFloat<F>(right);
      difference[i] = std::fabs(actual[i] - expected[i]);
      ulp[i] = ulpDistance(F, left, right);
      bool finite = std::isfinite(expected[i]) && std::isfinite(actual[i]);
      pairing[i] = finite ? Pairing::Finite : ulp[i] == infiniteDistance ? Pairing::Infinite : Pairing::Matching;
    }
  });
}

void Blocks::measureIntegers(size_t count) {
  unsigned bytes = byteSize(reference.dtype);
  bool noSign = isUnsigned(reference.dtype);
  auto toDouble = [&](int64_t value) {
    return noSign ? static_cast<double>(static_cast<uint64_t>(value)) : static_cast<double>(value);
  };
  for (size_t i = 0; i < count; ++i) {
    int64_t left = wrapInteger(expectedBits[i], bytes, noSign), right = wrapInteger(actualBits[i], bytes, noSign);
    expected[i] = toDouble(left);
    actual[i] = toDouble(right);
    ulp[i] = integerDistance(left, right, noSign);
    difference[i] = static_cast<double>(ulp[i]);
    pairing[i] = Pairing::Finite;
  }
}

size_t Blocks::load(int64_t block, bool withEqual) {
  size_t count;
  switch (byteSize(reference.dtype)) {
  case 1:
    count = loadBits<uint8_t>(block, withEqual);
    break;
  case 2:
    count = loadBits<uint16_t>(block, withEqual);
    break;
  case 4:
    count = loadBits<uint32_t>(block, withEqual);
    break;
  default:
    count = loadBits<uint64_t>(block, withEqual);
    break;
  }
  if (isFloat(reference.dtype))
    measureFloats(count);
  else
    measureIntegers(count);
  return count;
}

} // namespace pto::golden
