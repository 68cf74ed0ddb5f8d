// What is known about a target: the memories of its cores and how large they are.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <array>
#include <cstdint>
#include <string>

namespace pto::sim {

/// The last two hold the scales of what is in L0A and L0B.
enum class MemorySpace : uint8_t { Gm, Ub, L1, L0a, L0b, L0c, Bt, Fb, L0aScale, L0bScale };
inline constexpr unsigned spaceCount = 10;

llvm::StringRef name(MemorySpace space);

/// A cluster has one cube core and two vector cores.
enum class CoreKind : uint8_t { Cube, Vector };

/// Where a memory sits. Global memory belongs to no core.
bool isIn(MemorySpace space, CoreKind core);

struct Arch {
  llvm::StringRef name;
  std::array<uint32_t, spaceCount> bytes; ///< by space; none of gm, which is as large as the launch's arguments

  uint32_t size(MemorySpace space) const { return bytes[unsigned(space)]; }
  /// Up to where a memory's addresses go. The fixpipe buffer is two tables of half its size each, parameters of
  /// quantization from 0 on and slopes of relu from `secondTable` on.
  uint32_t addresses(MemorySpace space) const {
    return space == MemorySpace::Fb ? secondTable + size(space) / 2 : size(space);
  }
  static constexpr uint32_t secondTable = 0x10000;
};

/// The target of that name, or null.
const Arch *findArch(llvm::StringRef name);

/// The target of a module that names none.
const Arch &defaultArch();

/// "a5, a3, …" for messages.
std::string knownArchs();

} // namespace pto::sim
