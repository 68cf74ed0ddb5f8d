// Writing a file at once.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include <system_error>

namespace pto::harness {

/// Whatever goes wrong up to the last byte is the result.
std::error_code writeWholeFile(const llvm::Twine &path, llvm::StringRef content);

inline llvm::StringRef asText(llvm::ArrayRef<uint8_t> bytes) {
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

} // namespace pto::harness
