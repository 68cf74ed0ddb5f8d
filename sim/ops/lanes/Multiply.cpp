// The matrix product: factors are spread out as f32, or as 32-bit integers, and multiplied in tiles that stay in the
// processor's registers.
#include "sim/ops/SmallFloat.h"
#include "sim/ops/cube/MatrixProduct.h"
#include "sim/ops/lanes/Declare.h"
#include <array>

namespace pto::sim::PTO_SIM_BUILD {

namespace {

#if defined(__AVX512F__)
constexpr size_t vectorBytes = 64;
#elif defined(__AVX2__)
constexpr size_t vectorBytes = 32;
#else
constexpr size_t vectorBytes = 16;
#endif

template <class T>
struct VectorOf {
  typedef T type __attribute__((vector_size(vectorBytes)));
};
constexpr size_t vectors = fractalRows * 4 / vectorBytes; ///< in a row of 16 results
constexpr size_t rows = 8 / vectors;                      ///< of a tile: eight sums are under way at once

/// A row of 16 results.
template <class T>
struct Row {
  using Vector = typename VectorOf<T>::type;
  Vector part[vectors];

  // One vector after the other: copied as a whole, the compiler would keep it in memory.
  [[gnu::always_inline]] void load(const T *from) {
#pragma GCC unroll 4
    for (size_t i = 0; i < vectors; ++i)
      std::memcpy(&part[i], from + i * vectorBytes / sizeof(T), vectorBytes);
  }
  [[gnu::always_inline]] void store(T *to) const {
#pragma GCC unroll 4
    for (size_t i = 0; i < vectors; ++i)
      std::memcpy(to + i * vectorBytes / sizeof(T), &part[i], vectorBytes);
  }
  [[gnu::always_inline]] void add(T factor, const Row &other) {
#pragma GCC unroll 4
    for (size_t i = 0; i < vectors; ++i)
      part[i] += factor * other.part[i];
  }
};

// result[r][0..15] += sum over k of lhs[r][k] * rhs[k][0..15]
template <class T>
void multiplyTile(T *result, const T *lhs, const T *rhs, size_t k) {
  Row<T> sums[rows], right;
#pragma GCC unroll 8
  for (size_t row = 0; row < rows; ++row)
    sums[row].load(result + row * fractalRows);
  for (size_t at = 0; at < k; ++at) {
    right.load(rhs + at * fractalRows);
#pragma GCC unroll 8
    for (size_t row = 0; row < rows; ++row)
      sums[row].add(lhs[row * k + at], right);
  }
#pragma GCC unroll 8
  for (size_t row = 0; row < rows; ++row)
    sums[row].store(result + row * fractalRows);
}

template <class T>
constexpr T largest = 0;
template <>
constexpr float largest<F16> = 65504;
template <>
constexpr float largest<BF16> = 0x1.fep127f;
template <>
constexpr float largest<float> = std::numeric_limits<float>::max();

float roundToTf32(float value, Tf32Rounding rounding) {
  uint32_t bits = std::bit_cast<uint32_t>(value);
  if (rounding == Tf32Rounding::None || (bits & 0x7f800000) == 0x7f800000)
    return value;
  bits += rounding == Tf32Rounding::Away ? 0x1000 : 0xfff + (bits >> 13 & 1);
  return std::bit_cast<float>(bits & ~0x1fffu);
}

/// What a byte is worth; of fp4, the low half.
template <float (*Decode)(uint8_t)>
constexpr auto valuesOf = [] {
  std::array<float, 256> values{};
  for (unsigned bits = 0; bits < 256; ++bits)
    values[bits] = Decode(uint8_t(bits));
  return values;
}();

/// Calls `use(row, k, value)` for every element of a factor.
template <class Load, class Use>
void forEach(const MatrixProduct::Factor &factor, size_t k, Load load, Use use) {
  size_t columns = fractalColumns(factor.type), count = factor.blocks * fractalRows;
  if (factor.blocks == 0) {
    for (size_t at = 0; at < k; ++at)
      use(0, at, load(factor.bytes, at));
    return;
  }
  for (size_t first = 0; first < k; first += columns)
    for (size_t row = 0; row < count; ++row) {
      const uint8_t *from = factor.bytes + (first / columns * count + row) * fractalRowBytes;
      size_t end = std::min(columns, k - first);
      for (size_t at = 0; at < end; ++at)
        use(row, first + at, load(from, at));
    }
}

// A scale for every 32 elements along k, in fractals of 16 rows of two scales.
float scaleOf(const MatrixProduct::Factor &factor, size_t row, size_t at, size_t k) {
  size_t fractals = (k + 63) / 64;
  return e8m0ToFloat(factor.scales[((row / 16 * fractals + at / 64) * 16 + row % 16) * 2 + at / 32 % 2]);
}

template <class Use>
void forEachFloat(const MatrixProduct &product, const MatrixProduct::Factor &factor, Use use) {
  auto finite = [&](float value, float limit) {
    if (!product.saturatesInputs)
      return value;
    return value != value ? 0.0f : std::clamp(value, -limit, limit);
  };
  auto small = [&](const std::array<float, 256> &values, float limit) {
    forEach(
        factor, product.k, [&](const uint8_t *from, size_t at) { return values[from[at]]; },
        [&](size_t row, size_t at, float value) {
          value = finite(value, limit);
          use(row, at, factor.scales ? value * scaleOf(factor, row, at, product.k) : value);
        });
  };
  auto half = [&](const std::array<float, 256> &values) {
    forEach(
        factor, product.k, [&](const uint8_t *from, size_t at) { return values[from[at / 2] >> (at % 2 * 4) & 0xf]; },
        [&](size_t row, size_t at, float value) {
          use(row, at, factor.scales ? value * scaleOf(factor, row, at, product.k) : value);
        });
  };
  auto wide = [&](auto type) {
    using T = decltype(type);
    forEach(
        factor, product.k,
        [&](const uint8_t *from, size_t at) {
          if constexpr (isHalf<T>)
            return widen(get<T>(from, at));
          else
            return roundToTf32(get<T>(from, at), product.rounding);
        },
        [&](size_t row, size_t at, float value) { use(row, at, finite(value, largest<T>)); });
  };
  switch (factor.type) {
  case FactorType::F16:
    return wide(F16());
  case FactorType::BF16:
    return wide(BF16());
  case FactorType::F32:
    return wide(float());
  case FactorType::E4M3:
    return small(valuesOf<e4m3ToFloat>, 448);
  case FactorType::E5M2:
    return small(valuesOf<e5m2ToFloat>, 57344);
  case FactorType::HiF8:
    return small(valuesOf<hif8ToFloat>, 32768);
  case FactorType::E2M1:
    return half(valuesOf<e2m1ToFloat>);
  case FactorType::E1M2:
    return half(valuesOf<e1m2ToFloat>);
  case FactorType::S8:
    break;
  }
}

// Spreads both factors, and multiplies.
template <class T, class ForEach>
void multiplyAs(const MatrixProduct &product, T *result, ForEach forEachElement) {
  size_t k = product.k, count = product.lhsRows();
  T *lhs = reinterpret_cast<T *>(product.scratch), *rhs = lhs + count * k;
  if (product.lhs.blocks == 0)
    std::memset(lhs, 0, count * k * sizeof(T));
  forEachElement(product.lhs, [&](size_t row, size_t at, T value) { lhs[row * k + at] = value; });
  forEachElement(product.rhs, [&](size_t row, size_t at, T value) {
    rhs[(row / fractalRows * k + at) * fractalRows + row % fractalRows] = value;
  });
  for (size_t column = 0; column < product.rhs.blocks; ++column)
    for (size_t row = 0; row < count; row += rows)
      multiplyTile(result + (column * count + row) * fractalRows, lhs + row * k, rhs + column * k * fractalRows, k);
}

void multiplyFloats(const MatrixProduct &product) {
  multiplyAs(product, reinterpret_cast<float *>(product.result),
             [&](const MatrixProduct::Factor &factor, auto use) { forEachFloat(product, factor, use); });
}

void multiplyIntegers(const MatrixProduct &product) {
  size_t count = product.lhsRows() * product.rhsRows();
  auto *sums = reinterpret_cast<int32_t *>(product.scratch) + product.scratchWords() - count;
  std::memset(sums, 0, count * sizeof(int32_t));
  multiplyAs(product, sums, [&](const MatrixProduct::Factor &factor, auto use) {
    forEach(
        factor, product.k, [](const uint8_t *from, size_t at) { return int32_t(int8_t(from[at])); }, use);
  });
  for (size_t i = 0; i < count; ++i) {
    int64_t sum = int64_t(get<int32_t>(product.result, i)) + sums[i];
    put(product.result, i, int32_t(sum < INT32_MIN ? INT32_MIN : sum > INT32_MAX ? INT32_MAX : sum));
  }
}

void multiply(const MatrixProduct &product) {
  product.lhs.type == FactorType::S8 ? multiplyIntegers(product) : multiplyFloats(product);
}

} // namespace

void declareMultiply(OpTable &table) {
  table.multiply = multiply;
}

} // namespace pto::sim::PTO_SIM_BUILD
