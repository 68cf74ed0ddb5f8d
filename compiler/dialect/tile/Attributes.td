// The words of the tile level. Those that are written #pto<cmp lt> and those that are written #pto.layout<nd> are told
// apart by their class, as the public assembler reads each in one way only.
#ifndef PTO_COMPILER_DIALECT_TILE_ATTRIBUTES_TD
#define PTO_COMPILER_DIALECT_TILE_ATTRIBUTES_TD

// #pto<MNEMONIC WORD>
class Pto_WordAttr<EnumAttrInfo enum, string mnemonic> : EnumAttr<Pto_Dialect, enum, mnemonic>;

def TensorLayoutEnum : Pto_Enum<"TensorLayout", "the order of a view's elements in global memory", [
  I32EnumAttrCase<"Nd", 0, "nd">, I32EnumAttrCase<"Dn", 1, "dn">, I32EnumAttrCase<"Nz", 2, "nz">,
  I32EnumAttrCase<"MxAZz", 3, "mx_a_zz">, I32EnumAttrCase<"MxBNn", 4, "mx_b_nn">
]>;
def TensorLayoutAttr : Pto_EnumAttr<TensorLayoutEnum, "layout">;

def CompactEnum : Pto_Enum<"Compact", "how closely the boxes of a tile lie", [
  I32EnumAttrCase<"Null", 0, "null">, I32EnumAttrCase<"Normal", 1, "normal">,
  I32EnumAttrCase<"RowPlusOne", 2, "row_plus_one">
]>;

def CmpModeEnum : Pto_Enum<"CmpMode", "a comparison", [
  I32EnumAttrCase<"Eq", 0, "eq">, I32EnumAttrCase<"Ne", 1, "ne">, I32EnumAttrCase<"Lt", 2, "lt">,
  I32EnumAttrCase<"Le", 3, "le">, I32EnumAttrCase<"Gt", 4, "gt">, I32EnumAttrCase<"Ge", 5, "ge">
]>;
def CmpModeAttr : Pto_WordAttr<CmpModeEnum, "cmp">;

def RoundModeEnum : Pto_Enum<"RoundMode", "how a conversion rounds", [
  I32EnumAttrCase<"None", 0, "NONE">, I32EnumAttrCase<"Rint", 1, "RINT">, I32EnumAttrCase<"Round", 2, "ROUND">,
  I32EnumAttrCase<"Floor", 3, "FLOOR">, I32EnumAttrCase<"Ceil", 4, "CEIL">, I32EnumAttrCase<"Trunc", 5, "TRUNC">,
  I32EnumAttrCase<"Odd", 6, "ODD">, I32EnumAttrCase<"CastRint", 7, "CAST_RINT">
]>;
def RoundModeAttr : Pto_WordAttr<RoundModeEnum, "round_mode">;

def SaturationModeEnum : Pto_Enum<"SaturationMode", "what a conversion does with what does not fit", [
  I32EnumAttrCase<"On", 0, "ON">, I32EnumAttrCase<"Off", 1, "OFF">
]>;
def SaturationModeAttr : Pto_WordAttr<SaturationModeEnum, "saturation_mode">;

// One word for each operation that has the choice.
class PrecisionEnum<string name> : Pto_Enum<name, "how exact a result is", [
  I32EnumAttrCase<"Default", 0, "default">, I32EnumAttrCase<"HighPrecision", 1, "high_precision">
]>;
def DivPrecisionEnum : PrecisionEnum<"DivPrecision">;
def DivPrecisionAttr : Pto_WordAttr<DivPrecisionEnum, "div_precision">;
def ExpPrecisionEnum : PrecisionEnum<"ExpPrecision">;
def ExpPrecisionAttr : Pto_WordAttr<ExpPrecisionEnum, "exp_precision">;
def LogPrecisionEnum : PrecisionEnum<"LogPrecision">;
def LogPrecisionAttr : Pto_WordAttr<LogPrecisionEnum, "log_precision">;
def RecipPrecisionEnum : PrecisionEnum<"RecipPrecision">;
def RecipPrecisionAttr : Pto_WordAttr<RecipPrecisionEnum, "recip_precision">;
def RemPrecisionEnum : PrecisionEnum<"RemPrecision">;
def RemPrecisionAttr : Pto_WordAttr<RemPrecisionEnum, "rem_precision">;
def RsqrtPrecisionEnum : PrecisionEnum<"RsqrtPrecision">;
def RsqrtPrecisionAttr : Pto_WordAttr<RsqrtPrecisionEnum, "rsqrt_precision">;
def SqrtPrecisionEnum : PrecisionEnum<"SqrtPrecision">;
def SqrtPrecisionAttr : Pto_WordAttr<SqrtPrecisionEnum, "sqrt_precision">;
def FmodPrecisionEnum : PrecisionEnum<"FmodPrecision">;
def FmodPrecisionAttr : Pto_WordAttr<FmodPrecisionEnum, "fmod_precision">;

def AccPhaseEnum : Pto_Enum<"AccPhase", "where a product stands in a sum of products", [
  I32EnumAttrCase<"Unspecified", 0, "unspecified">, I32EnumAttrCase<"Partial", 2, "partial">,
  I32EnumAttrCase<"Final", 3, "final">
]>;
def AccPhaseAttr : Pto_WordAttr<AccPhaseEnum, "acc_phase">;

def StPhaseEnum : Pto_Enum<"StPhase", "where a store stands in a sum of products", [
  I32EnumAttrCase<"Unspecified", 0, "unspecified">, I32EnumAttrCase<"Partial", 2, "partial">,
  I32EnumAttrCase<"Final", 3, "final">
]>;
def StPhaseAttr : Pto_WordAttr<StPhaseEnum, "st_phase">;

def AtomicTypeEnum : Pto_Enum<"AtomicType", "what a store does with what is there", [
  I32EnumAttrCase<"None", 0, "atomic_none">, I32EnumAttrCase<"Add", 1, "atomic_add">
]>;
def AtomicTypeAttr : Pto_WordAttr<AtomicTypeEnum, "atomic_type">;

def ReluPreModeEnum : Pto_Enum<"ReluPreMode", "the relu on the way out of acc", [
  I32EnumAttrCase<"NoRelu", 0, "no_relu">, I32EnumAttrCase<"NormalRelu", 1, "normal_relu">,
  I32EnumAttrCase<"ScalarRelu", 2, "scalar_relu">, I32EnumAttrCase<"VectorRelu", 3, "vector_relu">,
  I32EnumAttrCase<"Pwl", 4, "pwl">
]>;
def ReluPreModeAttr : Pto_WordAttr<ReluPreModeEnum, "relu_pre_mode">;

def AccToVecModeEnum : Pto_Enum<"AccToVecMode", "which vector cores a tile of acc goes to", [
  I32EnumAttrCase<"SingleVec0", 0, "single_mode_vec0">, I32EnumAttrCase<"SingleVec1", 1, "single_mode_vec1">,
  I32EnumAttrCase<"DualSplitM", 2, "dual_mode_split_m">, I32EnumAttrCase<"DualSplitN", 3, "dual_mode_split_n">
]>;
def AccToVecModeAttr : Pto_EnumAttr<AccToVecModeEnum, "acc_to_vec_mode">;

#endif
