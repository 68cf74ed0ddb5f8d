// Predicates made from named patterns.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>

namespace pto::sim {

/// Lane i is active when i < count and i is a multiple of `modulus`.
struct PredicatePattern {
  uint32_t count, modulus;

  int64_t pack() const { return int64_t(uint64_t(modulus) << 32 | count); }
  static PredicatePattern unpack(int64_t packed) { return {uint32_t(packed), uint32_t(uint64_t(packed) >> 32)}; }
};

/// "PAT_VL16" for a predicate of that many lanes; nothing for a word that is no pattern.
std::optional<PredicatePattern> parsePattern(llvm::StringRef word, unsigned lanes);

} // namespace pto::sim
