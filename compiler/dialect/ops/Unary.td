// One vector in, one out, under a predicate.
include "compiler/dialect/Base.td"

class Pto_UnaryOp<string mnemonic, Type vreg> : Pto_VectorOp<mnemonic, laneWise> {
  let arguments = (ins vreg:$input, AnyMask:$mask);
  let results = (outs vreg:$result);
  let assemblyFormat = "$input `,` $mask attr-dict `:` type($input) `,` type($mask) `->` type($result)";
}
def VabsOp : Pto_UnaryOp<"vabs", AbsVReg>;
def VnegOp : Pto_UnaryOp<"vneg", NegVReg>;
def VexpOp : Pto_UnaryOp<"vexp", FloatVReg>;
def VlnOp : Pto_UnaryOp<"vln", FloatVReg>;
def VsqrtOp : Pto_UnaryOp<"vsqrt", FloatVReg>;
def VreluOp : Pto_UnaryOp<"vrelu", ReluVReg>;
// Bits are bits: public kernels use the logical instructions on float registers too.
def VnotOp : Pto_UnaryOp<"vnot", AnyVReg>;
