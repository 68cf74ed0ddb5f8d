// What every family of operations builds on: type constraints whose text names what is allowed,
// and the traits of Traits.h. The constraints name no C++ class: with one, types would be printed
// without their !pto.ptr, which the public assembler does not read.
#ifndef PTO_COMPILER_DIALECT_BASE_TD
#define PTO_COMPILER_DIALECT_BASE_TD

include "compiler/dialect/Types.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

// What an operation promises; Traits.h says it in words.
class Pto_Trait<string name> : NativeOpTrait<name> { let cppNamespace = "::pto::ir::traits"; }
def OnlyOwnAttributes : Pto_Trait<"OnlyOwnAttributes">;

// `run_validation isa` prints the summary, which is the formula.
class Pto_Op<string mnemonic, list<Trait> traits = []>
    : Op<Pto_Dialect, mnemonic, !listconcat([OnlyOwnAttributes], traits)> {
  string types = ""; // that its verifier takes, where no constraint says so
  assert !not(!empty(summary)), "pto." # mnemonic # " has no summary: what it computes, by the names of its operands";
}

// A vector scope is one stretch of work of the V pipe: it holds the instructions on registers, and nothing that the
// scalar unit hands to a pipe or does about pipes. What is neither, like scalar arithmetic, can stand anywhere.
def VectorScope : Pto_Trait<"VectorScope">;
def InVectorScope : Pto_Trait<"InVectorScope">;
def OutsideVectorScope : Pto_Trait<"OutsideVectorScope">;
class Pto_VectorOp<string mnemonic, list<Trait> traits = []>
    : Pto_Op<mnemonic, !listconcat([InVectorScope], traits)>;
class Pto_OutsideOp<string mnemonic, list<Trait> traits = []>
    : Pto_Op<mnemonic, !listconcat([OutsideVectorScope], traits)>;

// Vector registers by the types their lanes may have.
class VRegOf<string lanes, string words>
    : Type<CPred<"::pto::ir::isVRegOf($_self, ::pto::ir::" # lanes # ")">, "vector register of " # words>;
def AnyVReg : VRegOf<"anyLanes", "any lanes">;
def IntVReg : VRegOf<"intLanes", "integers">;
def Int32VReg : VRegOf<"int32Lanes", "i32, si32 or ui32">;
def U8VReg : VRegOf<"laneU8", "ui8">;
def U16VReg : VRegOf<"laneU16", "ui16">;
def FloatVReg : VRegOf<"floatLanes", "f16 or f32">;
def F32VReg : VRegOf<"f32Lanes", "f32">;
def RealVReg : VRegOf<"realLanes", "f16, bf16 or f32">;
def ReluVReg : VRegOf<"reluLanes", "i32, si32, f16 or f32">;
def AbsVReg : VRegOf<"absLanes", "8- to 32-bit integers, f16 or f32">;
def NegVReg : VRegOf<"negLanes", "8- to 32-bit integers with a sign, f16 or f32">;
def ScaleVReg : VRegOf<"scaleLanes", "16- or 32-bit integers, f16 or f32">;
def MulVReg : VRegOf<"mulLanes", "16- or 32-bit integers, f16, bf16 or f32">;
def OrderVReg : VRegOf<"orderLanes", "8- to 32-bit integers, f16, bf16 or f32">;

// Predicates.
class MaskOf<string width>
    : Type<CPred<"::pto::ir::isMaskOf($_self, \"" # width # "\")">, "!pto.mask<" # width # ">">,
      BuildableType<"::pto::ir::MaskType::get($_builder.getContext(), \"" # width # "\")">;
def AnyMask : Type<CPred<"::llvm::isa<::pto::ir::MaskType>($_self)">, "predicate">;
def MaskB8 : MaskOf<"b8">;
def MaskB16 : MaskOf<"b16">;
def MaskB32 : MaskOf<"b32">;

def Align : Type<CPred<"::llvm::isa<::pto::ir::AlignType>($_self)">, "!pto.align">;

// Pointers by the memory they point into.
class PtrInto<string space, string words>
    : Type<CPred<"::pto::ir::isPtrInto($_self, ::pto::ir::MemorySpace::" # space # ")">,
           "pointer into " # words>;
def AnyPtr : Type<CPred<"::llvm::isa<::pto::ir::PtrType>($_self)">, "pointer">;
def GmPtr : PtrInto<"Gm", "gm">;
def UbPtr : PtrInto<"Ub", "ub">;
def L1Ptr : PtrInto<"L1", "l1">;
def L0aPtr : PtrInto<"L0a", "l0a">;
def L0bPtr : PtrInto<"L0b", "l0b">;
def L0cPtr : PtrInto<"L0c", "l0c">;
def BtPtr : PtrInto<"Bt", "bt">;
def FbPtr : PtrInto<"Fb", "fb">;

// What a predicated, lane-wise instruction promises.
def SameVectors : Pto_Trait<"SameVectors">;
def SameMasks : Pto_Trait<"SameMasks">;
def MasksFitLanes : Pto_Trait<"MasksFitLanes">;

// Operand `index` is a scalar of the type of the lanes.
class ScalarFitsLanes<int index> : ParamNativeOpTrait<"ScalarFitsLanes", !cast<string>(index)> {
  let cppNamespace = "::pto::ir::traits";
}

// A text attribute takes one of the tokens of a table in Tokens.h.
class OneOf<string table> : ParamNativeOpTrait<"OneOf", "::pto::ir::tokens::" # table> {
  let cppNamespace = "::pto::ir::traits";
}

defvar laneWise = [Pure, SameVectors, MasksFitLanes];

#endif
