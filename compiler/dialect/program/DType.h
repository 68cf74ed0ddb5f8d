// Element types of programs.
// One table: names, widths, classes.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <vector>

namespace pto::prog {

enum class DType : uint8_t {
  Bool,
  Int4,
  Int8,
  Int16,
  Int32,
  Int64,
  UInt4,
  UInt8,
  UInt16,
  UInt32,
  UInt64,
  Index,
  FP4,
  FP8E4M3FN,
  FP8E5M2,
  FP8E8M0,
  FP16,
  BF16,
  FP32,
  HF4,
  HF8
};

/// As in a program, without the prefix: `FP32`.
llvm::StringRef nameOf(DType dtype);
/// As in the dialect's text: `fp32`.
llvm::StringRef mnemonicOf(DType dtype);
std::optional<DType> dtypeNamed(llvm::StringRef name);
std::optional<DType> dtypeWithMnemonic(llvm::StringRef mnemonic);
std::vector<llvm::StringRef> dtypeNames();
/// By any spelling: `FP32`, `f32`, `int32`, `si32`, `i32`, `u8` …
std::optional<DType> dtypeSpelled(llvm::StringRef spelling);
/// For suggestions: what cases say and what programs say.
std::vector<llvm::StringRef> dtypeSpellings();

unsigned bitsOf(DType dtype);
bool isFloat(DType dtype);
/// INDEX included, BOOL not.
bool isInteger(DType dtype);
bool isSigned(DType dtype);
/// Of an integer type.
bool holds(DType dtype, int64_t value);
/// What an offset, a shape or a loop's bound may be.
bool isIndexLike(DType dtype);

/// The type of the result of arithmetic on both: floats win, then the wider, then the signed, then the left.
DType promote(DType left, DType right);

} // namespace pto::prog
