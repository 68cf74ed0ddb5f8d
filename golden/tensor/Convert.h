// Between the bytes of a tensor and the float64 or int64 values that references are computed in.
#pragma once

#include "golden/tensor/Tensor.h"
#include "llvm/ADT/ArrayRef.h"
#include <vector>

namespace pto::golden {

/// One element. A float type rounds once, to nearest even; an integer type truncates towards zero and wraps.
double decode(DType type, uint64_t bits);
uint64_t encode(DType type, double value);

/// Every element as float64; exact but for 64-bit integers.
std::vector<double> toDoubles(const Tensor &tensor);
/// Every element of an integer tensor: signed types sign-extended, unsigned ones zero-extended, u64 as its pattern.
std::vector<int64_t> toIntegers(const Tensor &tensor);

Tensor fromDoubles(DType type, std::vector<int64_t> shape, llvm::ArrayRef<double> values);
/// The low bits of every value.
Tensor fromIntegers(DType type, std::vector<int64_t> shape, llvm::ArrayRef<int64_t> values);

} // namespace pto::golden
