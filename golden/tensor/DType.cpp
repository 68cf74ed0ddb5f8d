// The table of element types: sizes, kinds and spellings.
#include "golden/tensor/DType.h"
#include <array>

namespace pto::golden {
namespace {

struct Entry {
  llvm::StringLiteral name;
  /// MLIR's spelling where it is another one.
  llvm::StringLiteral mlirName;
  uint8_t bytes;
  bool isFloat, isUnsigned;
};

constexpr std::array<Entry, 14> table{{
    {"i8", "si8", 1, false, false},
    {"i16", "si16", 2, false, false},
    {"i32", "si32", 4, false, false},
    {"i64", "si64", 8, false, false},
    {"u8", "ui8", 1, false, true},
    {"u16", "ui16", 2, false, true},
    {"u32", "ui32", 4, false, true},
    {"u64", "ui64", 8, false, true},
    {"f16", "f16", 2, true, false},
    {"bf16", "bf16", 2, true, false},
    {"f32", "f32", 4, true, false},
    {"f64", "f64", 8, true, false},
    {"f8e4m3", "f8E4M3FN", 1, true, false},
    {"f8e5m2", "f8E5M2", 1, true, false},
}};

const Entry &entryOf(DType type) {
  return table[static_cast<size_t>(type)];
}

} // namespace

unsigned byteSize(DType type) {
  return entryOf(type).bytes;
}
bool isFloat(DType type) {
  return entryOf(type).isFloat;
}
bool isUnsigned(DType type) {
  return entryOf(type).isUnsigned;
}
llvm::StringRef nameOf(DType type) {
  return entryOf(type).name;
}

std::optional<DType> parseDType(llvm::StringRef text) {
  for (size_t i = 0; i < table.size(); ++i)
    if (text == table[i].name || text == table[i].mlirName)
      return static_cast<DType>(i);
  return std::nullopt;
}

} // namespace pto::golden
