// Memory barriers: inside a vector scope the hardware does not see that two accesses to UB overlap.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <string>

namespace pto::sim {

/// How an instruction of a vector scope accesses UB: with a register or with a scalar.
enum class ScopeAccess : uint8_t { VectorLoad, VectorStore, ScalarLoad, ScalarStore };
inline constexpr unsigned scopeAccessCount = 4;

/// Later accesses of the kinds `after` wait for all earlier ones of the kinds `before`.
struct MemBar {
  uint8_t before, after; ///< a bit for each kind of access

  static bool has(uint8_t kinds, unsigned access) { return kinds >> access & 1; }
};

/// "VST_VLD", "VV_ALL" …
std::optional<MemBar> parseMemBar(llvm::StringRef spelling);

/// The one that orders no more than two accesses: "VST_VLD"; nothing between two loads.
std::optional<std::string> memBarBetween(ScopeAccess before, ScopeAccess after);

} // namespace pto::sim
