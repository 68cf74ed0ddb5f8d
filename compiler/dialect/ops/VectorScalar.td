// A vector and a scalar in, one vector out, under a predicate; and the instructions that spread a scalar.
include "compiler/dialect/Base.td"

class Pto_VectorScalarOp<string mnemonic, Type vreg> : Pto_VectorOp<mnemonic, !listconcat(laneWise, [ScalarFitsLanes<1>])> {
  let arguments = (ins vreg:$input, AnyType:$scalar, AnyMask:$mask);
  let results = (outs vreg:$result);
  let assemblyFormat = [{
    $input `,` $scalar `,` $mask attr-dict `:` type($input) `,` type($scalar) `,` type($mask) `->` type($result)
  }];
}
def VaddsOp : Pto_VectorScalarOp<"vadds", OrderVReg>;
def VmulsOp : Pto_VectorScalarOp<"vmuls", ScaleVReg>;
def VmaxsOp : Pto_VectorScalarOp<"vmaxs", OrderVReg>;
def VminsOp : Pto_VectorScalarOp<"vmins", OrderVReg>;
def VlreluOp : Pto_VectorScalarOp<"vlrelu", FloatVReg>;

class Pto_ShiftByScalarOp<string mnemonic> : Pto_VectorOp<mnemonic, laneWise> {
  let arguments = (ins IntVReg:$input, I16:$scalar, AnyMask:$mask);
  let results = (outs IntVReg:$result);
  let assemblyFormat = [{
    $input `,` $scalar `,` $mask attr-dict `:` type($input) `,` type($scalar) `,` type($mask) `->` type($result)
  }];
}
def VshlsOp : Pto_ShiftByScalarOp<"vshls">;
def VshrsOp : Pto_ShiftByScalarOp<"vshrs">;

def VbrOp : Pto_VectorOp<"vbr", [Pure, ScalarFitsLanes<0>]> {
  let summary = "a scalar in every lane";
  let arguments = (ins AnyType:$value);
  let results = (outs AnyVReg:$result);
  let assemblyFormat = "$value attr-dict `:` type($value) `->` type($result)";
}

def VdupOp : Pto_VectorOp<"vdup", [Pure, MasksFitLanes, OneOf<"lanePositions">]> {
  let summary = "a scalar, or one lane of a vector, in every active lane";
  let arguments = (ins AnyType:$input, AnyMask:$mask, OptionalAttr<StrAttr>:$position);
  let results = (outs AnyVReg:$result);
  let assemblyFormat = "$input `,` $mask attr-dict `:` type($input) `,` type($mask) `->` type($result)";
  let hasVerifier = 1;
}

def VciOp : Pto_VectorOp<"vci", [Pure, OneOf<"countOrders">, ScalarFitsLanes<0>]> {
  let summary = "base, base + 1, base + 2 ... or downwards";
  let arguments = (ins AnyType:$index, OptionalAttr<StrAttr>:$order);
  let results = (outs NegVReg:$result);
  let assemblyFormat = "$index attr-dict `:` type($index) `->` type($result)";
}
