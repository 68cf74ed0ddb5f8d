// Element types of programs.
#pragma once

#include "base/DType.h"
#include <optional>
#include <vector>

namespace pto::prog {

using pto::bitsOf;
using pto::DType;
using pto::isFloat;
using pto::isInteger;
using pto::isSigned;

/// As in a program, without the prefix: `FP32`.
inline llvm::StringRef programName(DType dtype) {
  return rowOf(dtype).programName;
}
/// As in the dialect's text: `fp32`.
inline std::string mnemonicOf(DType dtype) {
  return programName(dtype).lower();
}
std::optional<DType> dtypeNamed(llvm::StringRef programName);
std::optional<DType> dtypeWithMnemonic(llvm::StringRef mnemonic);
/// As programs say them.
std::vector<llvm::StringRef> dtypeNames();
/// By any spelling: `FP32`, `f32`, `int32`, `si32`, `i32`, `u8` …
std::optional<DType> dtypeSpelled(llvm::StringRef spelling);
/// For suggestions: what cases say and what programs say.
std::vector<llvm::StringRef> dtypeSpellings();

/// Of an integer type.
bool holds(DType dtype, int64_t value);
/// What an offset, a shape or a loop's bound may be.
bool isIndexLike(DType dtype);

/// The type of the result of arithmetic on both: floats win, then the wider, then the signed, then the left.
DType promote(DType left, DType right);

} // namespace pto::prog
