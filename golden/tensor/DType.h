// The element types a tensor can have, as the host sees them: a signless i32 of the IR is an I32 here.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>

namespace pto::golden {

enum class DType : uint8_t { I8, I16, I32, I64, U8, U16, U32, U64, F16, BF16, F32, F64, F8E4M3, F8E5M2 };

unsigned byteSize(DType type);
bool isFloat(DType type);
bool isUnsigned(DType type);

/// The short name: "f32", "bf16", "i8", "u16", "f8e4m3".
llvm::StringRef nameOf(DType type);
/// Accepts the short names and MLIR's spellings: "si16" is I16, "ui16" is U16.
std::optional<DType> parseDType(llvm::StringRef text);

} // namespace pto::golden
