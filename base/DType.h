// The element types that cases, references and programs speak of, in one table. (The simulator has facts of its own.)
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>

namespace pto {

enum class DType : uint8_t {
  I8,
  I16,
  I32,
  I64,
  U8,
  U16,
  U32,
  U64,
  F16,
  BF16,
  F32,
  F64,
  F8E4M3,
  F8E5M2,
  Bool,
  I4,
  U4,
  Index,
  F4,
  F8E8M0,
  HF4,
  HF8,
  Task
};

/// Handle: no number; a program only hands it on.
enum class DTypeKind : uint8_t { Bool, Signed, Unsigned, Float, Handle };

struct DTypeRow {
  /// As a case says it, as MLIR does, and as a program does; empty where it has no such type.
  llvm::StringLiteral shortName, mlirName, programName;
  uint8_t bits;
  DTypeKind kind;
};

/// In the order of the enumeration.
inline constexpr DTypeRow dtypeRows[] = {
    {"i8", "si8", "INT8", 8, DTypeKind::Signed},
    {"i16", "si16", "INT16", 16, DTypeKind::Signed},
    {"i32", "si32", "INT32", 32, DTypeKind::Signed},
    {"i64", "si64", "INT64", 64, DTypeKind::Signed},
    {"u8", "ui8", "UINT8", 8, DTypeKind::Unsigned},
    {"u16", "ui16", "UINT16", 16, DTypeKind::Unsigned},
    {"u32", "ui32", "UINT32", 32, DTypeKind::Unsigned},
    {"u64", "ui64", "UINT64", 64, DTypeKind::Unsigned},
    {"f16", "f16", "FP16", 16, DTypeKind::Float},
    {"bf16", "bf16", "BF16", 16, DTypeKind::Float},
    {"f32", "f32", "FP32", 32, DTypeKind::Float},
    {"f64", "f64", "", 64, DTypeKind::Float},
    {"f8e4m3", "f8E4M3FN", "FP8E4M3FN", 8, DTypeKind::Float},
    {"f8e5m2", "f8E5M2", "FP8E5M2", 8, DTypeKind::Float},
    {"i1", "i1", "BOOL", 1, DTypeKind::Bool},
    {"i4", "si4", "INT4", 4, DTypeKind::Signed},
    {"u4", "ui4", "UINT4", 4, DTypeKind::Unsigned},
    {"index", "index", "INDEX", 64, DTypeKind::Signed},
    {"f4", "f4E2M1FN", "FP4", 4, DTypeKind::Float},
    {"f8e8m0", "f8E8M0FNU", "FP8E8M0", 8, DTypeKind::Float},
    {"hf4", "hf4", "HF4", 4, DTypeKind::Float},
    {"hf8", "hf8", "HF8", 8, DTypeKind::Float},
    {"task", "task", "TASK_ID", 64, DTypeKind::Handle},
};

constexpr const DTypeRow &rowOf(DType type) {
  return dtypeRows[static_cast<size_t>(type)];
}
inline llvm::StringRef shortName(DType type) {
  return rowOf(type).shortName;
}
constexpr unsigned bitsOf(DType type) {
  return rowOf(type).bits;
}
constexpr bool isFloat(DType type) {
  return rowOf(type).kind == DTypeKind::Float;
}
constexpr bool isSigned(DType type) {
  return rowOf(type).kind == DTypeKind::Signed;
}
constexpr bool isUnsigned(DType type) {
  return rowOf(type).kind == DTypeKind::Unsigned;
}
/// Index included, Bool not.
constexpr bool isInteger(DType type) {
  return isSigned(type) || isUnsigned(type);
}

/// The magnitudes that an integer type, or Bool, reaches on either side of zero.
constexpr uint64_t largestPositive(DType type) {
  return ~uint64_t(0) >> (64 - bitsOf(type) + isSigned(type));
}
constexpr uint64_t largestNegative(DType type) {
  return isSigned(type) ? largestPositive(type) + 1 : 0;
}

} // namespace pto
