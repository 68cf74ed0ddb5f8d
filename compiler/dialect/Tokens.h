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
PTO_TOKENS(roundings, "rnd", "R", "A", "F", "C", "Z", "O", "H");
PTO_TOKENS(truncations, "round_mode", "R", "A", "F", "C", "Z");
PTO_TOKENS(saturations, "sat", "SAT", "NOSAT");
PTO_TOKENS(comparisons, "cmp_mode", "eq", "ne", "lt", "le", "gt", "ge");
PTO_TOKENS(lanePositions, "position", "LOWEST", "HIGHEST");
PTO_TOKENS(countOrders, "order", "ASC", "DESC");
PTO_TOKENS(postModes, "mode", "POST_UPDATE", "NO_POST_UPDATE");
PTO_TOKENS(specialRegisters, "spr", "AR");

PTO_TOKENS(fractalModes, "mode", "nd2nz", "dn2nz");
PTO_TOKENS(productUnitFlags, "unit_flag", "check_only", "check_and_set");
PTO_TOKENS(productSaturations, "saturation", "sat", "nosat");
PTO_TOKENS(tf32Modes, "tf32_mode", "round_even", "round_away");
PTO_TOKENS(fixpipeUnitFlags, "unit_flag", "check_only", "check_and_clear");
PTO_TOKENS(fixpipeLayouts, "layout", "nz2nd", "nz2dn", "nz2nz");
PTO_TOKENS(fixpipeSaturations, "saturation", "sat", "sat(preserve_nan)", "nosat");
PTO_TOKENS(fixpipeRelus, "pre_relu_mode", "no_relu", "normal_relu", "scalar_relu", "vector_relu");
PTO_TOKENS(fixpipeQuantizations, "pre_quant_mode", "f32_f16", "f32_bf16", "qf322hif8_pre_vec", "qf322hif8_pre_scalar",
           "qf322hif8_pre_hybrid_vec", "qf322hif8_pre_hybrid_scalar", "deqs32_int_vec", "deqs32_int_scalar", "req8_vec",
           "req8_scalar", "deqf16_vec", "deqf16_scalar", "qf322fp8_pre_vec", "qf322fp8_pre_scalar", "qf322f32_pre_vec",
           "qf322f32_pre_scalar", "qf162b8_pre_vec", "qf162b8_pre_scalar", "qf162s4_pre_vec", "qf162s4_pre_scalar",
           "req4_vec", "req4_scalar", "qf322b8_pre_vec", "qf322b8_pre_scalar", "qf322s4_pre_vec", "qf322s4_pre_scalar",
           "deqs16_vec", "deqs16_scalar", "qf162s16_pre_vec", "qf162s16_pre_scalar", "qf322f16_pre_vec",
           "qf322f16_pre_scalar", "qf322bf16_pre_vec", "qf322bf16_pre_scalar", "qs322bf16_pre_vec",
           "qs322bf16_pre_scalar");
PTO_TOKENS(splitAxes, "split", "split_m", "split_n");
PTO_TOKENS(atomicTypes, "atomic_type", "f32", "f16", "s16", "s32", "s8", "bf16");
PTO_TOKENS(atomicOperations, "atomic_op", "add", "max", "min");

#undef PTO_TOKENS

} // namespace tokens
} // namespace pto::ir
