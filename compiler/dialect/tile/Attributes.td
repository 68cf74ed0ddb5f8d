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

def MaskPatternEnum : Pto_Enum<"MaskPattern", "which elements of four are meant, the last digit's first", [
  I32EnumAttrCase<"P0101", 1>, I32EnumAttrCase<"P1010", 2>, I32EnumAttrCase<"P0001", 3>, I32EnumAttrCase<"P0010", 4>,
  I32EnumAttrCase<"P0100", 5>, I32EnumAttrCase<"P1000", 6>, I32EnumAttrCase<"P1111", 7>
]>;
def MaskPatternAttr : Pto_EnumAttr<MaskPatternEnum, "mask_pattern">;

def CoalesceEnum : Pto_Enum<"Coalesce", "what an index counts in global memory", [
  I32EnumAttrCase<"Row", 0, "row">, I32EnumAttrCase<"Elem", 1, "elem">
]>;
def CoalesceAttr : Pto_WordAttr<CoalesceEnum, "coalesce">;

def GatherOobEnum : Pto_Enum<"GatherOob", "what is read where an index leaves the view", [
  I32EnumAttrCase<"Undefined", 0, "undefined">, I32EnumAttrCase<"Clamp", 1, "clamp">,
  I32EnumAttrCase<"Wrap", 2, "wrap">, I32EnumAttrCase<"Zero", 3, "zero">
]>;
def GatherOobAttr : Pto_WordAttr<GatherOobEnum, "gather_oob">;

def ScatterOobEnum : Pto_Enum<"ScatterOob", "what is written where an index leaves the view", [
  I32EnumAttrCase<"Undefined", 0, "undefined">, I32EnumAttrCase<"Skip", 1, "skip">,
  I32EnumAttrCase<"Clamp", 2, "clamp">, I32EnumAttrCase<"Wrap", 3, "wrap">
]>;
def ScatterOobAttr : Pto_WordAttr<ScatterOobEnum, "scatter_oob">;

def ScatterAtomicOpEnum : Pto_Enum<"ScatterAtomicOp", "what a scatter does with what is there", [
  I32EnumAttrCase<"None", 0, "none">, I32EnumAttrCase<"Add", 1, "add">, I32EnumAttrCase<"Max", 2, "max">,
  I32EnumAttrCase<"Min", 3, "min">
]>;
def ScatterAtomicOpAttr : Pto_WordAttr<ScatterAtomicOpEnum, "scatter_atomic_op">;

def QuantTypeEnum : Pto_Enum<"QuantType", "what is quantized to", [
  I32EnumAttrCase<"Int8Sym", 0, "INT8_SYM">, I32EnumAttrCase<"Int8Asym", 1, "INT8_ASYM">,
  I32EnumAttrCase<"MxFp8", 2, "MXFP8">, I32EnumAttrCase<"MxFp4", 3, "MXFP4">
]>;
def QuantTypeAttr : Pto_WordAttr<QuantTypeEnum, "quant_type">;

def MxGroupAxisEnum : Pto_Enum<"MxGroupAxis", "along which axis 32 elements share a scale", [
  I32EnumAttrCase<"Axis0", 0, "axis0">, I32EnumAttrCase<"Axis1", 1, "axis1">
]>;
def MxGroupAxisAttr : Pto_WordAttr<MxGroupAxisEnum, "mx_group_axis">;

// A memory by its word at the tile level: #pto.address_space<vec>.
def AddressSpaceAttr : AttrDef<Pto_Dialect, "AddressSpace"> {
  let mnemonic = "address_space";
  let parameters = (ins EnumParameter<MemorySpaceEnum>:$value);
  let hasCustomAssemblyFormat = 1;
}

def PipeEventTypeEnum : Pto_Enum<"PipeEventType", "the operation on one side of an event", [
  I32EnumAttrCase<"Tload", 0, "TLOAD">, I32EnumAttrCase<"TstoreAcc", 1, "TSTORE_ACC">,
  I32EnumAttrCase<"TstoreVec", 2, "TSTORE_VEC">, I32EnumAttrCase<"TmovM2l", 3, "TMOV_M2L">,
  I32EnumAttrCase<"TmovM2s", 4, "TMOV_M2S">, I32EnumAttrCase<"TmovM2b", 5, "TMOV_M2B">,
  I32EnumAttrCase<"TmovM2v", 6, "TMOV_M2V">, I32EnumAttrCase<"TmovV2m", 7, "TMOV_V2M">,
  I32EnumAttrCase<"Tmatmul", 8, "TMATMUL">, I32EnumAttrCase<"Tvec", 9, "TVEC">,
  I32EnumAttrCase<"TvecWait", 10, "TVECWAIT_EVENT">
]>;
def PipeEventTypeAttr : Pto_EnumAttr<PipeEventTypeEnum, "pipe_event_type">;
// Its older name.
def SyncOpTypeAttr : Pto_EnumAttr<PipeEventTypeEnum, "sync_op_type"> {
  let cppClassName = "SyncOpTypeAttr";
  let storageClass = "SyncOpTypeAttrStorage";
}

def SyncAllModeEnum : Pto_Enum<"SyncAllMode", "how all cores meet", [
  I32EnumAttrCase<"Hard", 0, "hard">, I32EnumAttrCase<"Soft", 1, "soft">
]>;
def SyncAllModeAttr : Pto_EnumAttr<SyncAllModeEnum, "sync_all_mode">;
def SyncCoreTypeEnum : Pto_Enum<"SyncCoreType", "which cores meet", [
  I32EnumAttrCase<"AivOnly", 0, "aiv_only">, I32EnumAttrCase<"AicOnly", 1, "aic_only">, I32EnumAttrCase<"Mix", 2, "mix">
]>;
def SyncCoreTypeAttr : Pto_EnumAttr<SyncCoreTypeEnum, "sync_core_type">;
def FenceScopeEnum : Pto_Enum<"FenceScope", "how far what was written is seen", [
  I32EnumAttrCase<"Gm", 0, "gm">, I32EnumAttrCase<"Ub", 1, "ub">, I32EnumAttrCase<"All", 2, "all">
]>;
def FenceScopeAttr : Pto_EnumAttr<FenceScopeEnum, "fence_scope">;

def NotifyOpEnum : Pto_Enum<"NotifyOp", "what a notification does to the signal", [
  I32EnumAttrCase<"AtomicAdd", 0, "atomic_add">, I32EnumAttrCase<"Set", 1, "set">
]>;
def NotifyOpAttr : Pto_WordAttr<NotifyOpEnum, "notify_op">;
def WaitCmpEnum : Pto_Enum<"WaitCmp", "what the signal is waited to be", [
  I32EnumAttrCase<"Eq", 0, "eq">, I32EnumAttrCase<"Ne", 1, "ne">, I32EnumAttrCase<"Gt", 2, "gt">,
  I32EnumAttrCase<"Ge", 3, "ge">, I32EnumAttrCase<"Lt", 4, "lt">, I32EnumAttrCase<"Le", 5, "le">
]>;
def WaitCmpAttr : Pto_WordAttr<WaitCmpEnum, "wait_cmp">;
def ReduceOpEnum : Pto_Enum<"ReduceOp", "what becomes of many values", [
  I32EnumAttrCase<"Sum", 0, "sum">, I32EnumAttrCase<"Max", 1, "max">, I32EnumAttrCase<"Min", 2, "min">
]>;
def ReduceOpAttr : Pto_WordAttr<ReduceOpEnum, "reduce_op">;

#endif
