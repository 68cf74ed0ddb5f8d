// The distance of two elements in units of their type's last place.
#pragma once

#include "golden/tensor/FloatFormat.h"
#include <cstdint>

namespace pto::golden {

inline constexpr uint64_t infiniteDistance = UINT64_MAX;

/// Float patterns are put in the order of the values they stand for, so neighbours differ by one; +0 and −0 are the
/// same place. NaN matches NaN, an infinity itself; every other pair with one of them is infinitely far.
constexpr uint64_t ulpDistance(const FloatFormat &format, uint64_t left, uint64_t right) {
  if (left == right)
    return 0;
  bool leftNaN = format.isNaN(left), rightNaN = format.isNaN(right);
  if (leftNaN || rightNaN)
    return leftNaN && rightNaN ? 0 : infiniteDistance;
  if (format.isInfinite(left) || format.isInfinite(right))
    return infiniteDistance;
  uint64_t leftMagnitude = left & (format.signBit() - 1), rightMagnitude = right & (format.signBit() - 1);
  if ((left ^ right) & format.signBit())
    return leftMagnitude + rightMagnitude;
  return leftMagnitude > rightMagnitude ? leftMagnitude - rightMagnitude : rightMagnitude - leftMagnitude;
}

/// Integers: the difference, sign- or zero-extended patterns in.
constexpr uint64_t integerDistance(int64_t left, int64_t right, bool isUnsigned) {
  bool less = isUnsigned ? static_cast<uint64_t>(left) < static_cast<uint64_t>(right) : left < right;
  uint64_t distance = less ? static_cast<uint64_t>(right) - static_cast<uint64_t>(left)
                           : static_cast<uint64_t>(left) - static_cast<uint64_t>(right);
  return distance == infiniteDistance ? distance - 1 : distance;
}

} // namespace pto::golden
