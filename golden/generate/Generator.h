// The named input generators of a case. The same generator, type, shape and seed give the same bytes on every
// machine: no library distribution is used, whose sequences differ between implementations.
#pragma once

#include "golden/tensor/Tensor.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <string>
#include <variant>

namespace pto::golden {

struct Uniform {
  double low = -1, high = 1;
};
struct Normal {
  double mean = 0, standardDeviation = 1;
};
/// Both ends are included, in float types too.
struct Integers {
  int64_t low = 0, high = 0;
};
struct Ramp {
  double start = 0, step = 1;
};
struct Constant {
  double value = 0;
};
/// NaN, ±inf, ±0, subnormals, extremes; for integers their extremes, 0 and ±1. Cycled to fill the shape: in order
/// the first time, then in seeded orders, so that arguments with different seeds meet in many pairs.
struct Specials {};
/// The values around every power of two of the type, both signs. Cycled like the specials.
struct Boundaries {};
/// 0 … n−1 in a seeded order.
struct Permutation {};
/// Raw bytes of a file; the size must be that of the tensor.
struct FromFile {
  std::string path;
};
/// Raw bytes that somebody else made; as many as the tensor takes.
struct Bytes {
  std::shared_ptr<const std::vector<uint8_t>> bytes;
};
/// Every bit pattern of an 8- or 16-bit type, cycled.
struct AllPatterns {};
/// The values listed, cycled.
struct Values {
  std::vector<double> values;
};

using Generator = std::variant<Uniform, Normal, Integers, Ramp, Constant, Specials, Boundaries, Permutation, FromFile,
                               Bytes, AllPatterns, Values>;

/// Fails where the type cannot hold what is asked for (a uniform range in an integer type, a constant out of
/// range, an unreadable file); the message says what was expected.
llvm::Expected<Tensor> generate(const Generator &generator, DType dtype, const std::vector<int64_t> &shape,
                                uint64_t seed);

} // namespace pto::golden
