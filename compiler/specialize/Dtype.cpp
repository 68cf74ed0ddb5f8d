// The element types of programs and how they are spelled.
// INDEX has 64 bits: it is the type of shapes, offsets and bare integers.
#include "compiler/specialize/Dtype.h"

namespace pto::specialize {

namespace {

using Class = Dtype::Class;

constexpr Dtype table[] = {{"BOOL", "i1", Class::Bool, 1},          {"INT4", "si4", Class::Signed, 4},
                           {"INT8", "si8", Class::Signed, 8},       {"INT16", "si16", Class::Signed, 16},
                           {"INT32", "si32", Class::Signed, 32},    {"INT64", "si64", Class::Signed, 64},
                           {"UINT4", "ui4", Class::Unsigned, 4},    {"UINT8", "ui8", Class::Unsigned, 8},
                           {"UINT16", "ui16", Class::Unsigned, 16}, {"UINT32", "ui32", Class::Unsigned, 32},
                           {"UINT64", "ui64", Class::Unsigned, 64}, {"INDEX", "index", Class::Signed, 64},
                           {"FP4", "f4", Class::Float, 4},          {"FP8E4M3FN", "f8e4m3", Class::Float, 8},
                           {"FP8E5M2", "f8e5m2", Class::Float, 8},  {"FP8E8M0", "f8e8m0", Class::Float, 8},
                           {"FP16", "f16", Class::Float, 16},       {"BF16", "bf16", Class::Float, 16},
                           {"FP32", "f32", Class::Float, 32},       {"HF4", "hf4", Class::Float, 4},
                           {"HF8", "hf8", Class::Float, 8}};

/// `i32` and `u8` are the other ways to write `si32` and `ui8`; MLIR says f8E4M3FN.
std::string hostSpelling(llvm::StringRef text) {
  std::string lower = text.lower();
  llvm::StringRef rest = lower;
  auto bits = [](llvm::StringRef digits) {
    return !digits.empty() && digits.find_first_not_of("0123456789") == llvm::StringRef::npos;
  };
  if (lower == "bool")
    return "i1";
  if (lower == "f8e4m3fn")
    return "f8e4m3";
  if (rest.consume_front("i") && bits(rest))
    return lower == "i1" ? lower : "s" + lower;
  rest = lower;
  if (rest.consume_front("u") && bits(rest))
    return "ui" + rest.str();
  return lower;
}

} // namespace

bool Dtype::holds(int64_t value) const {
  if (kind == Class::Unsigned)
    return value >= 0 && (bits >= 63 || value < (int64_t(1) << bits));
  if (bits == 64)
    return true;
  int64_t limit = int64_t(1) << (bits - 1);
  return value >= -limit && value < limit;
}

const Dtype *findDtype(llvm::StringRef spelling) {
  std::string host = hostSpelling(spelling);
  for (const Dtype &dtype : table)
    if (spelling.equals_insensitive(dtype.name) || host == dtype.host)
      return &dtype;
  return nullptr;
}

const Dtype *dtypeOfPath(llvm::StringRef path) {
  if (!path.consume_front("pl."))
    return nullptr;
  for (const Dtype &dtype : table)
    if (path == dtype.name)
      return &dtype;
  return nullptr;
}

std::vector<llvm::StringRef> dtypeSpellings() {
  std::vector<llvm::StringRef> all;
  for (const Dtype &dtype : table) {
    all.push_back(dtype.host);
    all.push_back(dtype.name);
  }
  return all;
}

} // namespace pto::specialize
