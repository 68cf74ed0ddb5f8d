// What a type can hold, asked by the generators.
#pragma once

#include "golden/tensor/DType.h"
#include "llvm/Support/Error.h"

namespace pto::golden {

/// The largest finite value of a float type.
double largestValue(DType type);

/// Fails where a number that a case gives lies outside a float type, is NaN or infinite.
llvm::Error checkFinite(DType type, llvm::StringRef what, double value);

/// The bits of a value: rounded in a float type, where only a finite value that is too large fails; exact in an
/// integer type.
llvm::Expected<uint64_t> bitsOfValue(DType type, llvm::StringRef what, double value);

/// Fails unless every integer in [low, high] is a value of the type.
llvm::Error checkIntegers(DType type, int64_t low, int64_t high);

} // namespace pto::golden
