// What is known about a target: the memories of a core and how large they are.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>

namespace pto::sim {

enum class MemorySpace : uint8_t { Gm, Ub, L1, L0a, L0b, L0c, Bt, Fb };

llvm::StringRef name(MemorySpace space);

struct Arch {
  llvm::StringRef name;
  uint32_t ub, l1, l0a, l0b, l0c, bt, fb; ///< bytes
};

/// The target of that name, or null.
const Arch *findArch(llvm::StringRef name);

/// The target of a module that names none.
const Arch &defaultArch();

/// "a5, a3, …" for messages.
std::string knownArchs();

} // namespace pto::sim
