// The element types of programs and how they are spelled.
// A program says FP32, a case and the command line f32; both mean the same row.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>
#include <vector>

namespace pto::specialize {

struct Dtype {
  enum class Class : uint8_t { Bool, Signed, Unsigned, Float };
  llvm::StringLiteral name; // FP32, as in pl.FP32
  llvm::StringLiteral host; // f32
  Class kind;
  unsigned bits;

  bool isInteger() const { return kind == Class::Signed || kind == Class::Unsigned; }
  bool isFloat() const { return kind == Class::Float; }
  /// Of an integer type.
  bool holds(int64_t value) const;
};

/// By either spelling, and by `i32`, `fp32`, `int32`, `u8`, `uint8` …; null if there is none.
const Dtype *findDtype(llvm::StringRef spelling);
/// `pl.FP32` → FP32; null if the path is no element type.
const Dtype *dtypeOfPath(llvm::StringRef path);
/// Both spellings of all types, for suggestions.
std::vector<llvm::StringRef> dtypeSpellings();

} // namespace pto::specialize
