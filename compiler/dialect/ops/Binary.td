// Two vectors in, one out, under a predicate; with a carry where the name ends in c.
include "compiler/dialect/Base.td"

class Pto_BinaryOp<string mnemonic, Type vreg> : Pto_VectorOp<mnemonic, laneWise> {
  let arguments = (ins vreg:$lhs, vreg:$rhs, AnyMask:$mask);
  let results = (outs vreg:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs `,` $mask attr-dict `:` type($lhs) `,` type($rhs) `,` type($mask) `->` type($result)
  }];
}
def VaddOp : Pto_BinaryOp<"vadd", OrderVReg> { let summary = "result[i] = lhs[i] + rhs[i]"; }
def VsubOp : Pto_BinaryOp<"vsub", OrderVReg> { let summary = "result[i] = lhs[i] - rhs[i]"; }
def VmulOp : Pto_BinaryOp<"vmul", MulVReg> { let summary = "result[i] = lhs[i] * rhs[i]"; }
def VdivOp : Pto_BinaryOp<"vdiv", FloatVReg> {
  let summary = "result[i] = lhs[i] / rhs[i]; as IEEE 754 has it for zeros and infinities, subnormals being zeros";
}
def VmaxOp : Pto_BinaryOp<"vmax", OrderVReg> {
  let summary = "result[i] = max(lhs[i], rhs[i]); a NaN wins, and +0 is above -0";
}
def VminOp : Pto_BinaryOp<"vmin", OrderVReg> {
  let summary = "result[i] = min(lhs[i], rhs[i]); a NaN wins, and -0 is below +0";
}
// Bits are bits: public kernels use the logical instructions on float registers too.
def VandOp : Pto_BinaryOp<"vand", AnyVReg> { let summary = "result[i] = lhs[i] & rhs[i]"; }
def VorOp : Pto_BinaryOp<"vor", AnyVReg> { let summary = "result[i] = lhs[i] | rhs[i]"; }
def VxorOp : Pto_BinaryOp<"vxor", AnyVReg> { let summary = "result[i] = lhs[i] ^ rhs[i]"; }
def VshlOp : Pto_BinaryOp<"vshl", IntVReg> {
  let summary = "result[i] = lhs[i] << rhs[i]; a signed value keeps its sign bit";
}
def VshrOp : Pto_BinaryOp<"vshr", IntVReg> {
  let summary = "result[i] = lhs[i] >> rhs[i]; arithmetic for signed types";
}

class Pto_CarryOutOp<string mnemonic> : Pto_VectorOp<mnemonic, laneWise> {
  let arguments = (ins Int32VReg:$lhs, Int32VReg:$rhs, AnyMask:$mask);
  let results = (outs Int32VReg:$result, AnyMask:$carry);
  let assemblyFormat = [{
    $lhs `,` $rhs `,` $mask attr-dict
    `:` type($lhs) `,` type($rhs) `,` type($mask) `->` type($result) `,` type($carry)
  }];
}
def VaddcOp : Pto_CarryOutOp<"vaddc"> { let summary = "result[i] = lhs[i] + rhs[i], carry[i] = the 33rd bit"; }
def VsubcOp : Pto_CarryOutOp<"vsubc"> { let summary = "result[i] = lhs[i] - rhs[i], carry[i] = lhs[i] >= rhs[i]"; }

class Pto_CarryInOutOp<string mnemonic> : Pto_VectorOp<mnemonic, laneWise> {
  let arguments = (ins Int32VReg:$lhs, Int32VReg:$rhs, AnyMask:$carry_in, AnyMask:$mask);
  let results = (outs Int32VReg:$result, AnyMask:$carry);
  let assemblyFormat = [{
    $lhs `,` $rhs `,` $carry_in `,` $mask attr-dict
    `:` type($lhs) `,` type($rhs) `,` type($carry_in) `,` type($mask) `->` type($result) `,` type($carry)
  }];
}
def VaddcsOp : Pto_CarryInOutOp<"vaddcs"> {
  let summary = "result[i] = lhs[i] + rhs[i] + carry_in[i], carry[i] = the 33rd bit";
}
def VsubcsOp : Pto_CarryInOutOp<"vsubcs"> {
  let summary = "result[i] = lhs[i] - rhs[i] - (1 - carry_in[i]), carry[i] = nothing was borrowed";
}

def VmullOp : Pto_VectorOp<"vmull", laneWise> {
  let summary = "low[i], high[i] = the low and the high word of lhs[i] * rhs[i]";
  let arguments = (ins Int32VReg:$lhs, Int32VReg:$rhs, AnyMask:$mask);
  let results = (outs Int32VReg:$low, Int32VReg:$high);
  let assemblyFormat = [{
    $lhs `,` $rhs `,` $mask attr-dict
    `:` type($lhs) `,` type($rhs) `,` type($mask) `->` type($low) `,` type($high)
  }];
}
