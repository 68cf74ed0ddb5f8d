// Pipes, events, memory spaces, barrier kinds and kernel kinds, as they are spelled in .pto text.
#ifndef PTO_COMPILER_DIALECT_ATTRIBUTES_TD
#define PTO_COMPILER_DIALECT_ATTRIBUTES_TD

include "compiler/dialect/Dialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

class Pto_Enum<string name, string summary, list<I32EnumAttrCase> cases>
    : I32EnumAttr<name, summary, cases> {
  let genSpecializedAttr = 0;
  let cppNamespace = "::pto::ir";
}

// #pto.MNEMONIC<TOKEN>
class Pto_EnumAttr<EnumAttrInfo enum, string mnemonic> : EnumAttr<Pto_Dialect, enum, mnemonic> {
  let assemblyFormat = "`<` $value `>`";
}

def PipeEnum : Pto_Enum<"Pipe", "a pipe of a core", [
  I32EnumAttrCase<"S", 0, "PIPE_S">,
  I32EnumAttrCase<"V", 1, "PIPE_V">,
  I32EnumAttrCase<"M", 2, "PIPE_M">,
  I32EnumAttrCase<"Mte1", 3, "PIPE_MTE1">,
  I32EnumAttrCase<"Mte2", 4, "PIPE_MTE2">,
  I32EnumAttrCase<"Mte3", 5, "PIPE_MTE3">,
  I32EnumAttrCase<"All", 6, "PIPE_ALL">,
  I32EnumAttrCase<"Mte4", 7, "PIPE_MTE4">,
  I32EnumAttrCase<"Mte5", 8, "PIPE_MTE5">,
  I32EnumAttrCase<"V2", 9, "PIPE_V2">,
  I32EnumAttrCase<"Fix", 10, "PIPE_FIX">
]>;
def PipeAttr : Pto_EnumAttr<PipeEnum, "pipe">;

def EventEnum : Pto_Enum<"Event", "an event of a pair of pipes", [
  I32EnumAttrCase<"Id0", 0, "EVENT_ID0">,
  I32EnumAttrCase<"Id1", 1, "EVENT_ID1">,
  I32EnumAttrCase<"Id2", 2, "EVENT_ID2">,
  I32EnumAttrCase<"Id3", 3, "EVENT_ID3">,
  I32EnumAttrCase<"Id4", 4, "EVENT_ID4">,
  I32EnumAttrCase<"Id5", 5, "EVENT_ID5">,
  I32EnumAttrCase<"Id6", 6, "EVENT_ID6">,
  I32EnumAttrCase<"Id7", 7, "EVENT_ID7">
]>;
def EventAttr : Pto_EnumAttr<EventEnum, "event">;

// Which side of the barrier waits for which: VST_VLD orders vector stores before vector loads;
// V stands for register accesses, S for scalar ones.
def MemBarEnum : Pto_Enum<"MemBar", "what a memory barrier orders", [
  I32EnumAttrCase<"VV_ALL", 0>, I32EnumAttrCase<"VST_VLD", 1>, I32EnumAttrCase<"VLD_VST", 2>,
  I32EnumAttrCase<"VST_VST", 3>, I32EnumAttrCase<"VS_ALL", 4>, I32EnumAttrCase<"VST_LD", 5>,
  I32EnumAttrCase<"VLD_ST", 6>, I32EnumAttrCase<"VST_ST", 7>, I32EnumAttrCase<"SV_ALL", 8>,
  I32EnumAttrCase<"ST_VLD", 9>, I32EnumAttrCase<"LD_VST", 10>, I32EnumAttrCase<"ST_VST", 11>,
  I32EnumAttrCase<"SS_ALL", 12>, I32EnumAttrCase<"ST_LD", 13>, I32EnumAttrCase<"LD_ST", 14>,
  I32EnumAttrCase<"ST_ST", 15>
]>;
def MemBarAttr : Pto_EnumAttr<MemBarEnum, "membar">;

def KernelKindEnum : Pto_Enum<"KernelKind", "the core a kernel runs on", [
  I32EnumAttrCase<"Cube", 0, "cube">,
  I32EnumAttrCase<"Vector", 1, "vector">
]>;
def KernelKindAttr : Pto_EnumAttr<KernelKindEnum, "kernel_kind">;

// The spellings of the micro level; Types.cpp knows the tile level's aliases (vec, mat, left ...).
def MemorySpaceEnum : Pto_Enum<"MemorySpace", "a memory of the machine", [
  I32EnumAttrCase<"Gm", 1, "gm">,
  I32EnumAttrCase<"L1", 2, "l1">,
  I32EnumAttrCase<"L0a", 3, "l0a">,
  I32EnumAttrCase<"L0b", 4, "l0b">,
  I32EnumAttrCase<"L0c", 5, "l0c">,
  I32EnumAttrCase<"Ub", 6, "ub">,
  I32EnumAttrCase<"Bt", 7, "bt">,
  I32EnumAttrCase<"Fb", 8, "fb">
]>;

include "compiler/dialect/tile/Attributes.td"

#endif
