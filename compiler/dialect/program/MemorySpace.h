// Where a tensor or tile lies.
// A tile whose memory nobody has chosen yet is in Unset.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <vector>

namespace pto::prog {

enum class MemorySpace : uint8_t { Unset, DDR, Vec, Mat, Left, Right, Acc, Bias };

/// As in a program, without the prefix `pl.Mem.`; empty for Unset.
llvm::StringRef nameOf(MemorySpace memory);
std::optional<MemorySpace> memoryNamed(llvm::StringRef name);
std::vector<llvm::StringRef> memoryNames();

} // namespace pto::prog
