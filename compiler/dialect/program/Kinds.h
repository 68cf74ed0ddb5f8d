// The kinds of functions, loops and scopes, as their operations hold them.
#pragma once

#include "llvm/ADT/StringRef.h"

namespace pto::prog {

inline constexpr llvm::StringLiteral functionKinds[] = {"Opaque", "Orchestration", "InCore", "AIC",  "AIV",
                                                        "Group",  "Spmd",          "Inline", "Graph"};
inline constexpr llvm::StringLiteral loopKinds[] = {"range", "parallel", "unroll", "pipeline"};
inline constexpr llvm::StringLiteral scopeKinds[] = {"incore", "auto_incore", "cluster", "at",
                                                     "spmd",   "split_aiv",   "scope"};

} // namespace pto::prog
