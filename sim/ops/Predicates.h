// Predicates made from named patterns.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>

namespace pto::sim {

/// What pset and pge carry: lane i is active when i < count and i is a multiple of `modulus`.
struct PredicatePattern {
  uint32_t count, modulus;
};

/// "PAT_VL16" for a predicate of that many lanes; nothing for a word that is no pattern.
std::optional<PredicatePattern> parsePattern(llvm::StringRef word, unsigned lanes);

} // namespace pto::sim
