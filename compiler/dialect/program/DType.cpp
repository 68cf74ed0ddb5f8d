// Element types of programs.
// The rows are in the order of the enumeration.
#include "compiler/dialect/program/DType.h"

namespace pto::prog {

namespace {

enum class Class : uint8_t { Bool, Signed, Unsigned, Float };

struct Row {
  llvm::StringLiteral name, mnemonic;
  unsigned bits;
  Class kind;
};

constexpr Row rows[] = {
    {"BOOL", "bool", 1, Class::Bool},          {"INT4", "int4", 4, Class::Signed},
    {"INT8", "int8", 8, Class::Signed},        {"INT16", "int16", 16, Class::Signed},
    {"INT32", "int32", 32, Class::Signed},     {"INT64", "int64", 64, Class::Signed},
    {"UINT4", "uint4", 4, Class::Unsigned},    {"UINT8", "uint8", 8, Class::Unsigned},
    {"UINT16", "uint16", 16, Class::Unsigned}, {"UINT32", "uint32", 32, Class::Unsigned},
    {"UINT64", "uint64", 64, Class::Unsigned}, {"INDEX", "index", 64, Class::Signed},
    {"FP4", "fp4", 4, Class::Float},           {"FP8E4M3FN", "fp8e4m3fn", 8, Class::Float},
    {"FP8E5M2", "fp8e5m2", 8, Class::Float},   {"FP8E8M0", "fp8e8m0", 8, Class::Float},
    {"FP16", "fp16", 16, Class::Float},        {"BF16", "bf16", 16, Class::Float},
    {"FP32", "fp32", 32, Class::Float},        {"HF4", "hf4", 4, Class::Float},
    {"HF8", "hf8", 8, Class::Float},
};

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
