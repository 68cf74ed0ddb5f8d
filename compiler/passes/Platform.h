// The machines that programs are compiled for: how large a core's memories are.
#pragma once

#include "compiler/dialect/program/MemorySpace.h"
#include <string>

namespace pto::passes {

struct Platform {
  llvm::StringLiteral name;
  /// Bytes; 0 for memories that no core owns.
  int64_t (*capacity)(prog::MemorySpace memory);
  /// Something brings tiles from there to there.
  bool (*carries)(prog::MemorySpace from, prog::MemorySpace to);
};

/// a2a3, a5 and their simulators. Null for other names.
const Platform *platformNamed(llvm::StringRef name);
/// For messages: `a2a3, a2a3sim, a5, a5sim`.
std::string platformNames();

/// Every allocation starts at a multiple of it.
constexpr int64_t memoryAlignment = 32;

} // namespace pto::passes
