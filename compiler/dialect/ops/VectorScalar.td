// A vector and a scalar in, one vector out, under a predicate; and the instructions that spread a scalar.
include "compiler/dialect/Base.td"

class Pto_VectorScalarOp<string mnemonic, Type vreg> : Pto_VectorOp<mnemonic, !listconcat(laneWise, [ScalarFitsLanes<1>])> {
  let arguments = (ins vreg:$input, AnyType:$scalar, AnyMask:$mask);
  let results = (outs vreg:$result);
  let assemblyFormat = [{
    $input `,` $scalar `,` $mask attr-dict `:` type($input) `,` type($scalar) `,` type($mask) `->` type($result)
  }];
}
def VaddsOp : Pto_VectorScalarOp<"vadds", OrderVReg> { let summary = "result[i] = input[i] + scalar"; }
def VmulsOp : Pto_VectorScalarOp<"vmuls", ScaleVReg> { let summary = "result[i] = input[i] * scalar"; }
def VmaxsOp : Pto_VectorScalarOp<"vmaxs", OrderVReg> { let summary = "result[i] = max(input[i], scalar); a NaN wins"; }
def VminsOp : Pto_VectorScalarOp<"vmins", OrderVReg> { let summary = "result[i] = min(input[i], scalar); a NaN wins"; }
def VlreluOp : Pto_VectorScalarOp<"vlrelu", FloatVReg> {
  let summary = "result[i] = scalar * input[i] where input[i]'s sign bit is set, else input[i]";
}

class Pto_ShiftByScalarOp<string mnemonic> : Pto_VectorOp<mnemonic, laneWise> {
  let arguments = (ins IntVReg:$input, I16:$scalar, AnyMask:$mask);
  let results = (outs IntVReg:$result);
  let assemblyFormat = [{
    $input `,` $scalar `,` $mask attr-dict `:` type($input) `,` type($scalar) `,` type($mask) `->` type($result)
  }];
}
def VshlsOp : Pto_ShiftByScalarOp<"vshls"> {
  let summary = "result[i] = input[i] << scalar; a signed value keeps its sign bit";
}
def VshrsOp : Pto_ShiftByScalarOp<"vshrs"> {
  let summary = "result[i] = input[i] >> scalar; arithmetic for signed types";
}

def VbrOp : Pto_VectorOp<"vbr", [Pure, ScalarFitsLanes<0>]> {
  let summary = "result[i] = value";
  let arguments = (ins AnyType:$value);
  let results = (outs AnyVReg:$result);
  let assemblyFormat = "$value attr-dict `:` type($value) `->` type($result)";
}

def VdupOp : Pto_VectorOp<"vdup", [Pure, MasksFitLanes, OneOf<"lanePositions">]> {
  let summary = "result[i] = input, or its first (or last) lane";
  let arguments = (ins AnyType:$input, AnyMask:$mask, OptionalAttr<StrAttr>:$position);
  let results = (outs AnyVReg:$result);
  let assemblyFormat = "$input `,` $mask attr-dict `:` type($input) `,` type($mask) `->` type($result)";
  let hasVerifier = 1;
}

def VciOp : Pto_VectorOp<"vci", [Pure, OneOf<"countOrders">, ScalarFitsLanes<0>]> {
  let summary = "result[i] = index + i, rounded once; DESC: index + N - 1 - i";
  let arguments = (ins AnyType:$index, OptionalAttr<StrAttr>:$order);
  let results = (outs NegVReg:$result);
  let assemblyFormat = "$index attr-dict `:` type($index) `->` type($result)";
}
