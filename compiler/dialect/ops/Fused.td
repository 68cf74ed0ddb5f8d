// Instructions that do two steps with one rounding.
include "compiler/dialect/Base.td"

// vmula: acc + lhs * rhs. vmadd: lhs * acc + rhs.
class Pto_TernaryOp<string mnemonic, Type vreg> : Pto_VectorOp<mnemonic, laneWise> {
  let arguments = (ins vreg:$acc, vreg:$lhs, vreg:$rhs, AnyMask:$mask);
  let results = (outs vreg:$result);
  let assemblyFormat = [{
    $acc `,` $lhs `,` $rhs `,` $mask attr-dict
    `:` type($acc) `,` type($lhs) `,` type($rhs) `,` type($mask) `->` type($result)
  }];
}
def VmulaOp : Pto_TernaryOp<"vmula", MulVReg> { let summary = "result[i] = acc[i] + lhs[i] * rhs[i], rounded once"; }
def VmaddOp : Pto_TernaryOp<"vmadd", RealVReg> { let summary = "result[i] = lhs[i] * acc[i] + rhs[i], rounded once"; }

def VaxpyOp : Pto_VectorOp<"vaxpy", !listconcat(laneWise, [ScalarFitsLanes<2>])> {
  let summary = "result[i] = alpha * src0[i] + src1[i], rounded once";
  let arguments = (ins FloatVReg:$src0, FloatVReg:$src1, AnyType:$alpha, AnyMask:$mask);
  let results = (outs FloatVReg:$result);
  let assemblyFormat = [{
    $src0 `,` $src1 `,` $alpha `,` $mask attr-dict
    `:` type($src0) `,` type($src1) `,` type($alpha) `,` type($mask) `->` type($result)
  }];
}

def VpreluOp : Pto_VectorOp<"vprelu", laneWise> {
  let summary = "result[i] = lhs[i] * rhs[i] where lhs[i]'s sign bit is set, else lhs[i]";
  let arguments = (ins FloatVReg:$lhs, FloatVReg:$rhs, AnyMask:$mask);
  let results = (outs FloatVReg:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs `,` $mask attr-dict `:` type($lhs) `,` type($rhs) `,` type($mask) `->` type($result)
  }];
}

def VexpdifOp : Pto_VectorOp<"vexpdif", [Pure, MasksFitLanes, OneOf<"evenOdd">]> {
  let summary = "result[i] = exp(input[i] - max[i]) in f32; of f16 lanes the even or the odd ones";
  let arguments = (ins FloatVReg:$input, FloatVReg:$max, AnyMask:$mask, StrAttr:$part);
  let results = (outs F32VReg:$result);
  let assemblyFormat = [{
    $input `,` $max `,` $mask `,` $part attr-dict
    `:` type($input) `,` type($max) `,` type($mask) `->` type($result)
  }];
  let hasVerifier = 1;
}
