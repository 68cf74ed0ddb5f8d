// The element types a tensor can have, as the host sees them: a signless i32 of the IR is an I32 here.
#pragma once

#include "base/DType.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include <optional>

namespace pto::golden {

using pto::DType;
using pto::isFloat;
using pto::isUnsigned;

/// Those that are computed with: whole bytes of integers and floats.
inline constexpr llvm::ArrayRef<DTypeRow> tensorTypes(dtypeRows, static_cast<size_t>(DType::F8E5M2) + 1);

constexpr unsigned byteSize(DType type) {
  return bitsOf(type) / 8;
}

/// Accepts the short names and MLIR's spellings: "si16" is I16, "ui16" is U16.
inline std::optional<DType> parseDType(llvm::StringRef text) {
  const auto *found =
      llvm::find_if(tensorTypes, [&](const DTypeRow &row) { return text == row.shortName || text == row.mlirName; });
  return found == tensorTypes.end() ? std::nullopt : std::optional(static_cast<DType>(found - tensorTypes.begin()));
}

} // namespace pto::golden
