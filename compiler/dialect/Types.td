// The types of the micro level: pointers, vector registers, predicates, alignment state, packed scalars.
#ifndef PTO_COMPILER_DIALECT_TYPES_TD
#define PTO_COMPILER_DIALECT_TYPES_TD

include "compiler/dialect/Attributes.td"

class Pto_Type<string name, string typeMnemonic> : TypeDef<Pto_Dialect, name> {
  let mnemonic = typeMnemonic;
}

def PtrType : Pto_Type<"Ptr", "ptr"> {
  let summary = "a typed pointer into one memory: !pto.ptr<f32, ub>; gm where no memory is named";
  let parameters = (ins "::mlir::Type" : $elementType, EnumParameter<MemorySpaceEnum> : $memorySpace);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def VRegType : Pto_Type<"VReg", "vreg"> {
  let summary = "a vector register: 256 bytes seen as lanes of one type, !pto.vreg<64xf32>";
  let parameters = (ins "int64_t" : $elementCount, "::mlir::Type" : $elementType);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def MaskType : Pto_Type<"Mask", "mask"> {
  let summary = "a predicate register seen at a granularity: !pto.mask<b8>, <b16>, <b32>";
  let parameters = (ins StringRefParameter<"the width of the lanes it predicates"> : $granularity);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def AlignType : Pto_Type<"Align", "align"> {
  let summary = "the state that unaligned loads and stores thread from one to the next";
}

def HiF8Type : Pto_Type<"HiF8", "hif8"> {
  let summary = "an 8-bit HiFloat8 value";
}

def HiF8x2Type : Pto_Type<"HiF8x2", "hif8x2"> {
  let summary = "two HiFloat8 values";
}

def F4E1M2x2Type : Pto_Type<"F4E1M2x2", "f4E1M2x2"> {
  let summary = "two 4-bit E1M2 values";
}

def F4E2M1x2Type : Pto_Type<"F4E2M1x2", "f4E2M1x2"> {
  let summary = "two 4-bit E2M1 values";
}

include "compiler/dialect/tile/Types.td"

#endif
