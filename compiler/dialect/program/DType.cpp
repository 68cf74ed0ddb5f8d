// Element types of programs.
// The rows are in the order of the enumeration.
#include "compiler/dialect/program/DType.h"

namespace pto::prog {

namespace {

enum class Class : uint8_t { Bool, Signed, Unsigned, Float };

/// As a program says it, as the dialect does, and as cases and command lines do.
struct Row {
  llvm::StringLiteral name, mnemonic, host;
  unsigned bits;
  Class kind;
};

constexpr Row rows[] = {
    {"BOOL", "bool", "i1", 1, Class::Bool},
    {"INT4", "int4", "si4", 4, Class::Signed},
    {"INT8", "int8", "si8", 8, Class::Signed},
    {"INT16", "int16", "si16", 16, Class::Signed},
    {"INT32", "int32", "si32", 32, Class::Signed},
    {"INT64", "int64", "si64", 64, Class::Signed},
    {"UINT4", "uint4", "ui4", 4, Class::Unsigned},
    {"UINT8", "uint8", "ui8", 8, Class::Unsigned},
    {"UINT16", "uint16", "ui16", 16, Class::Unsigned},
    {"UINT32", "uint32", "ui32", 32, Class::Unsigned},
    {"UINT64", "uint64", "ui64", 64, Class::Unsigned},
    {"INDEX", "index", "index", 64, Class::Signed},
    {"FP4", "fp4", "f4", 4, Class::Float},
    {"FP8E4M3FN", "fp8e4m3fn", "f8e4m3", 8, Class::Float},
    {"FP8E5M2", "fp8e5m2", "f8e5m2", 8, Class::Float},
    {"FP8E8M0", "fp8e8m0", "f8e8m0", 8, Class::Float},
    {"FP16", "fp16", "f16", 16, Class::Float},
    {"BF16", "bf16", "bf16", 16, Class::Float},
    {"FP32", "fp32", "f32", 32, Class::Float},
    {"HF4", "hf4", "hf4", 4, Class::Float},
    {"HF8", "hf8", "hf8", 8, Class::Float},
};

/// `i32` and `u8` are the other ways to write `si32` and `ui8`; MLIR says f8E4M3FN.
std::string hostSpelling(llvm::StringRef text) {
  std::string lower = text.lower();
  llvm::StringRef rest = lower;
  auto bits = [](llvm::StringRef digits) {
    return !digits.empty() && digits.find_first_not_of("0123456789") == llvm::StringRef::npos;
  };
  if (lower == "f8e4m3fn")
    return "f8e4m3";
  if (rest.consume_front("i") && bits(rest))
    return lower == "i1" ? lower : "s" + lower;
  rest = lower;
  if (rest.consume_front("u") && bits(rest))
    return "ui" + rest.str();
  return lower;
}

const Row &row(DType dtype) {
  return rows[static_cast<size_t>(dtype)];
}

} // namespace

llvm::StringRef nameOf(DType dtype) {
  return row(dtype).name;
}
llvm::StringRef mnemonicOf(DType dtype) {
  return row(dtype).mnemonic;
}
unsigned bitsOf(DType dtype) {
  return row(dtype).bits;
}
bool isFloat(DType dtype) {
  return row(dtype).kind == Class::Float;
}
bool isInteger(DType dtype) {
  return row(dtype).kind == Class::Signed || row(dtype).kind == Class::Unsigned;
}
bool isSigned(DType dtype) {
  return row(dtype).kind == Class::Signed;
}
bool isIndexLike(DType dtype) {
  return isInteger(dtype) && row(dtype).bits >= 32;
}

bool holds(DType dtype, int64_t value) {
  unsigned bits = bitsOf(dtype);
  if (!isSigned(dtype))
    return value >= 0 && (bits >= 63 || value < (int64_t(1) << bits));
  if (bits == 64)
    return true;
  int64_t limit = int64_t(1) << (bits - 1);
  return value >= -limit && value < limit;
}

std::optional<DType> dtypeNamed(llvm::StringRef name) {
  for (size_t i = 0; i < std::size(rows); ++i)
    if (rows[i].name == name)
      return static_cast<DType>(i);
  return std::nullopt;
}

std::optional<DType> dtypeWithMnemonic(llvm::StringRef mnemonic) {
  for (size_t i = 0; i < std::size(rows); ++i)
    if (rows[i].mnemonic == mnemonic)
      return static_cast<DType>(i);
  return std::nullopt;
}

std::optional<DType> dtypeSpelled(llvm::StringRef spelling) {
  std::string host = hostSpelling(spelling);
  for (size_t i = 0; i < std::size(rows); ++i)
    if (spelling.equals_insensitive(rows[i].name) || host == rows[i].host)
      return static_cast<DType>(i);
  return std::nullopt;
}

std::vector<llvm::StringRef> dtypeSpellings() {
  std::vector<llvm::StringRef> all;
  for (const Row &each : rows) {
    all.push_back(each.host);
    all.push_back(each.name);
  }
  return all;
}

std::vector<llvm::StringRef> dtypeNames() {
  std::vector<llvm::StringRef> names;
  for (const Row &each : rows)
    names.push_back(each.name);
  return names;
}

DType promote(DType left, DType right) {
  if (isFloat(left) != isFloat(right))
    return isFloat(left) ? left : right;
  if (bitsOf(left) != bitsOf(right))
    return bitsOf(left) > bitsOf(right) ? left : right;
  return !isFloat(left) && !isSigned(left) && isSigned(right) ? right : left;
}

} // namespace pto::prog
