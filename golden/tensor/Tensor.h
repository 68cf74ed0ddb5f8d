// A dense, row-major array of bytes with a type and a shape: what a kernel's argument is on the host.
#pragma once

#include "golden/tensor/DType.h"
#include <cstdint>
#include <string>
#include <vector>

namespace pto::golden {

struct Tensor {
  DType dtype = DType::F32;
  std::vector<int64_t> shape;
  std::vector<uint8_t> bytes;

  static Tensor zeros(DType dtype, std::vector<int64_t> shape);
  int64_t elementCount() const;

  /// The raw bits of one element, zero-extended.
  uint64_t bitsAt(int64_t index) const;
  void setBitsAt(int64_t index, uint64_t bits);

  /// The element as a float64; exact for every type but the 64-bit integers.
  double valueAt(int64_t index) const;
  /// Rounds once, to nearest even; integers truncate towards zero and wrap.
  void setValueAt(int64_t index, double value);
};

} // namespace pto::golden
