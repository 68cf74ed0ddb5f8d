// What atomic instructions do to one element.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>

namespace pto::sim {

enum class AtomicOperation : uint8_t { Exch, Add, Sub, Min, Max, And, Or, Xor, Cas };
inline constexpr llvm::StringLiteral atomicNames[] = {"pto.atomic_exch", "pto.atomic_add", "pto.atomic_sub",
                                                      "pto.atomic_min",  "pto.atomic_max", "pto.atomic_and",
                                                      "pto.atomic_or",   "pto.atomic_xor", "pto.atomic_cas"};

enum class AtomicType : uint8_t { S32, U32, S64, U64, F16, BF16, F32, F16x2, BF16x2 };

struct AtomicOperands {
  AtomicOperation operation;
  AtomicType type;
  uint8_t bytes;
};

/// What is written where `old` was; cas looks at the bits itself.
using AtomicFunction = uint64_t (*)(uint64_t old, uint64_t value);
AtomicFunction atomicFunction(AtomicOperation operation, AtomicType type);

} // namespace pto::sim
