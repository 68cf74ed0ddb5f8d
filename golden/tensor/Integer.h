// The range of an integer type, and the ways into it.
#pragma once

#include "golden/tensor/DType.h"
#include <cstdint>

namespace pto::golden {

constexpr int64_t smallestInteger(unsigned bytes, bool isUnsigned) {
  return isUnsigned ? 0 : INT64_MIN >> (64 - 8 * bytes);
}
/// As an unsigned number, for u64's sake.
constexpr uint64_t largestInteger(unsigned bytes, bool isUnsigned) {
  return UINT64_MAX >> (64 - 8 * bytes + (isUnsigned ? 0 : 1));
}

/// The low bits, sign- or zero-extended: arithmetic modulo the type's size.
constexpr int64_t wrapInteger(uint64_t bits, unsigned bytes, bool isUnsigned) {
  unsigned unused = 64 - 8 * bytes;
  return isUnsigned ? static_cast<int64_t>(bits << unused >> unused) : static_cast<int64_t>(bits << unused) >> unused;
}

/// Towards zero, modulo 2^64; NaN and infinity are 0.
uint64_t truncateToInteger(double value);

} // namespace pto::golden
