// One vector in, one out, under a predicate.
include "compiler/dialect/Base.td"

class Pto_UnaryOp<string mnemonic, Type vreg> : Pto_VectorOp<mnemonic, laneWise> {
  let arguments = (ins vreg:$input, AnyMask:$mask);
  let results = (outs vreg:$result);
  let assemblyFormat = "$input `,` $mask attr-dict `:` type($input) `,` type($mask) `->` type($result)";
}
def VabsOp : Pto_UnaryOp<"vabs", AbsVReg> { let summary = "result[i] = |input[i]|; the most negative integer stays"; }
def VnegOp : Pto_UnaryOp<"vneg", NegVReg> { let summary = "result[i] = -input[i]; a float's sign bit flips"; }
def VexpOp : Pto_UnaryOp<"vexp", FloatVReg> { let summary = "result[i] = exp(input[i]), subnormals being zeros"; }
def VlnOp : Pto_UnaryOp<"vln", FloatVReg> {
  let summary = "result[i] = ln(input[i]); NaN below zero, -inf at a zero, subnormals being zeros";
}
def VsqrtOp : Pto_UnaryOp<"vsqrt", FloatVReg> {
  let summary = "result[i] = sqrt(input[i]); NaN below zero, -0 stays, subnormals being zeros";
}
def VreluOp : Pto_UnaryOp<"vrelu", ReluVReg> {
  let summary = "result[i] = max(input[i], 0); a NaN stays one, -0 becomes +0";
}
// Bits are bits: public kernels use the logical instructions on float registers too.
def VnotOp : Pto_UnaryOp<"vnot", AnyVReg> { let summary = "result[i] = ~input[i]"; }
