// Bulk conversions: one type decision a tensor, then a loop the compiler can vectorize.
#include "golden/tensor/Convert.h"
#include "golden/tensor/FloatFormat.h"
#include "golden/tensor/Integer.h"
#include <cstring>
#include <type_traits>

namespace pto::golden {
namespace {

template <typename Storage>
Storage load(const uint8_t *bytes, size_t index) {
  Storage value;
  std::memcpy(&value, bytes + index * sizeof(Storage), sizeof(Storage));
  return value;
}

template <typename Storage>
void store(uint8_t *bytes, size_t index, Storage value) {
  std::memcpy(bytes + index * sizeof(Storage), &value, sizeof(Storage));
}

template <int Bits>
using Pattern =
    std::conditional_t<Bits == 8, uint8_t,
                       std::conditional_t<Bits == 16, uint16_t, std::conditional_t<Bits == 32, uint32_t, uint64_t>>>;

/// Calls `f` with a value of the C++ integer type that stores `type`.
template <typename Callable>
void withInteger(DType type, Callable &&f) {
  switch (type) {
  case DType::I8:
    return f(int8_t());
  case DType::I16:
    return f(int16_t());
  case DType::I32:
    return f(int32_t());
  case DType::I64:
    return f(int64_t());
  case DType::U8:
    return f(uint8_t());
  case DType::U16:
    return f(uint16_t());
  case DType::U32:
    return f(uint32_t());
  default:
    return f(uint64_t());
  }
}

} // namespace

std::vector<double> toDoubles(const Tensor &tensor) {
  std::vector<double> values(static_cast<size_t>(tensor.elementCount()));
  const uint8_t *bytes = tensor.bytes.data();
  if (isFloat(tensor.dtype))
    withFormat(tensor.dtype, [&]<FloatFormat F>() {
      for (size_t i = 0; i < values.size(); ++i)
        values[i] = decodeFloat<F>(load<Pattern<F.bits()>>(bytes, i));
    });
  else
    withInteger(tensor.dtype, [&](auto zero) {
      for (size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<double>(load<decltype(zero)>(bytes, i));
    });
  return values;
}

std::vector<int64_t> toIntegers(const Tensor &tensor) {
  std::vector<int64_t> values(static_cast<size_t>(tensor.elementCount()));
  withInteger(tensor.dtype, [&](auto zero) {
    for (size_t i = 0; i < values.size(); ++i)
      values[i] = static_cast<int64_t>(load<decltype(zero)>(tensor.bytes.data(), i));
  });
  return values;
}

Tensor fromDoubles(DType type, std::vector<int64_t> shape, llvm::ArrayRef<double> values) {
  Tensor tensor = Tensor::zeros(type, std::move(shape));
  uint8_t *bytes = tensor.bytes.data();
  if (isFloat(type))
    withFormat(type, [&]<FloatFormat F>() {
      for (size_t i = 0; i < values.size(); ++i)
        store(bytes, i, static_cast<Pattern<F.bits()>>(encodeFloat<F>(values[i])));
    });
  else
    for (size_t i = 0; i < values.size(); ++i)
      tensor.setBitsAt(static_cast<int64_t>(i), encode(type, values[i]));
  return tensor;
}

Tensor fromIntegers(DType type, std::vector<int64_t> shape, llvm::ArrayRef<int64_t> values) {
  Tensor tensor = Tensor::zeros(type, std::move(shape));
  withInteger(type, [&](auto zero) {
    for (size_t i = 0; i < values.size(); ++i)
      store(tensor.bytes.data(), i, static_cast<decltype(zero)>(values[i]));
  });
  return tensor;
}

} // namespace pto::golden
