// The words that text attributes of operations take, as the ISA spells them.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace pto::ir {

struct TokenSet {
  llvm::StringLiteral attribute;
  llvm::ArrayRef<llvm::StringLiteral> words;
};

namespace tokens {

#define PTO_TOKENS(NAME, ATTRIBUTE, ...)                                                                               \
  inline constexpr llvm::StringLiteral NAME##Words[] = {__VA_ARGS__};                                                  \
  inline constexpr TokenSet NAME {                                                                                     \
    ATTRIBUTE, NAME##Words                                                                                             \
  }

PTO_TOKENS(loadDistributions, "dist", "NORM", "BRC_B8", "BRC_B16", "BRC_B32", "US_B8", "US_B16", "DS_B8", "DS_B16",
           "UNPK_B8", "UNPK_B16", "UNPK_B32", "BRC_BLK", "E2B_B16", "E2B_B32", "UNPK4", "SPLT4CHN", "SPLT2CHN_B8",
           "SPLT2CHN_B16");
PTO_TOKENS(storeDistributions, "dist", "NORM_B8", "NORM_B16", "NORM_B32", "1PT_B8", "1PT_B16", "1PT_B32", "PK_B16",
           "PK_B32", "PK_B64", "PK4_B32", "MRG4CHN_B8", "MRG2CHN_B8", "MRG2CHN_B16");
PTO_TOKENS(pairLoadDistributions, "dist", "BDINTLV", "DINTLV_B8", "DINTLV_B16", "DINTLV_B32");
PTO_TOKENS(pairStoreDistributions, "dist", "INTLV_B8", "INTLV_B16", "INTLV_B32");
PTO_TOKENS(predicateLoadDistributions, "dist", "NORM", "US", "DS");
PTO_TOKENS(predicateStoreDistributions, "dist", "NORM", "PK");
PTO_TOKENS(predicatePatterns, "pattern", "PAT_ALL", "PAT_ALLF", "PAT_VL1", "PAT_VL2", "PAT_VL3", "PAT_VL4", "PAT_VL8",
           "PAT_VL16", "PAT_VL32", "PAT_VL64", "PAT_VL128", "PAT_M3", "PAT_M4", "PAT_H", "PAT_Q");
PTO_TOKENS(halves, "part", "LOWER", "HIGHER");
PTO_TOKENS(evenOdd, "part", "EVEN", "ODD");
PTO_TOKENS(parts, "part", "EVEN", "ODD", "P0", "P1", "P2", "P3");
PTO_TOKENS(roundings, "rnd", "R", "A", "F", "C", "Z", "O");
PTO_TOKENS(truncations, "round_mode", "R", "A", "F", "C", "Z");
PTO_TOKENS(saturations, "sat", "SAT", "NOSAT");
PTO_TOKENS(comparisons, "cmp_mode", "eq", "ne", "lt", "le", "gt", "ge");
PTO_TOKENS(lanePositions, "position", "LOWEST", "HIGHEST");
PTO_TOKENS(countOrders, "order", "ASC", "DESC");
PTO_TOKENS(postModes, "mode", "POST_UPDATE", "NO_POST_UPDATE");
PTO_TOKENS(specialRegisters, "spr", "AR");

#undef PTO_TOKENS

} // namespace tokens
} // namespace pto::ir
