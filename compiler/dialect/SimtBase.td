// What the families of SIMT operations share.
#ifndef PTO_COMPILER_DIALECT_SIMTBASE_TD
#define PTO_COMPILER_DIALECT_SIMTBASE_TD

include "compiler/dialect/Base.td"
include "mlir/IR/SymbolInterfaces.td"

def InSimt : Pto_Trait<"InSimt">;

// Two values in one scalar register.
class PairOf<string element, string words> : Type<CPred<"::pto::ir::isPairOf<::mlir::" # element # ">($_self)">, words>;
def F16x2 : PairOf<"Float16Type", "vector<2xf16>">;
def BF16x2 : PairOf<"BFloat16Type", "vector<2xbf16>">;
def F32x2 : PairOf<"Float32Type", "vector<2xf32>">;
def F8E4M3x2 : PairOf<"Float8E4M3FNType", "vector<2xf8E4M3FN>">;
def F8E5M2x2 : PairOf<"Float8E5M2Type", "vector<2xf8E5M2>">;
def HiF8x2 : Type<CPred<"::llvm::isa<::pto::ir::HiF8x2Type>($_self)">, "!pto.hif8x2">;
def F4E1M2x2 : Type<CPred<"::llvm::isa<::pto::ir::F4E1M2x2Type>($_self)">, "!pto.f4E1M2x2">;
def F4E2M1x2 : Type<CPred<"::llvm::isa<::pto::ir::F4E2M1x2Type>($_self)">, "!pto.f4E2M1x2">;

#endif
