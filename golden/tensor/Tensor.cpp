// Element access, one by one and in bulk.
#include "golden/tensor/Tensor.h"
#include "golden/tensor/Convert.h"
#include "golden/tensor/FloatFormat.h"
#include "golden/tensor/Integer.h"
#include <cmath>
#include <cstring>

namespace pto::golden {

Tensor Tensor::zeros(DType dtype, std::vector<int64_t> shape) {
  Tensor tensor;
  tensor.dtype = dtype;
  tensor.shape = std::move(shape);
  tensor.bytes.assign(static_cast<size_t>(tensor.elementCount()) * byteSize(dtype), 0);
  return tensor;
}

int64_t Tensor::elementCount() const {
  int64_t count = 1;
  for (int64_t extent : shape)
    count *= extent;
  return count;
}

uint64_t Tensor::bitsAt(int64_t index) const {
  unsigned size = byteSize(dtype);
  uint64_t bits = 0;
  std::memcpy(&bits, bytes.data() + static_cast<size_t>(index) * size, size);
  return bits;
}

void Tensor::setBitsAt(int64_t index, uint64_t bits) {
  unsigned size = byteSize(dtype);
  std::memcpy(bytes.data() + static_cast<size_t>(index) * size, &bits, size);
}

double Tensor::valueAt(int64_t index) const {
  return decode(dtype, bitsAt(index));
}
void Tensor::setValueAt(int64_t index, double value) {
  setBitsAt(index, encode(dtype, value));
}

uint64_t truncateToInteger(double value) {
  if (!std::isfinite(value))
    return 0;
  double whole = std::fmod(std::trunc(value), 0x1p64);
  bool negative = whole < 0;
  auto magnitude = static_cast<uint64_t>(negative ? -whole : whole);
  return negative ? 0 - magnitude : magnitude;
}

double decode(DType type, uint64_t bits) {
  if (isFloat(type))
    return withFormat(type, [&]<FloatFormat F>() { return decodeFloat<F>(bits); });
  int64_t value = wrapInteger(bits, byteSize(type), isUnsigned(type));
  return type == DType::U64 ? static_cast<double>(static_cast<uint64_t>(value)) : static_cast<double>(value);
}

uint64_t encode(DType type, double value) {
  if (isFloat(type))
    return withFormat(type, [&]<FloatFormat F>() { return encodeFloat<F>(value); });
  uint64_t bits = truncateToInteger(value);
  return bits & largestInteger(byteSize(type), true);
}

} // namespace pto::golden
