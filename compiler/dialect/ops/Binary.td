// Two vectors in, one out, under a predicate; with a carry where the name ends in c.
include "compiler/dialect/Base.td"

class Pto_BinaryOp<string mnemonic, Type vreg> : Pto_VectorOp<mnemonic, laneWise> {
  let arguments = (ins vreg:$lhs, vreg:$rhs, AnyMask:$mask);
  let results = (outs vreg:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs `,` $mask attr-dict `:` type($lhs) `,` type($rhs) `,` type($mask) `->` type($result)
  }];
}
def VaddOp : Pto_BinaryOp<"vadd", OrderVReg>;
def VsubOp : Pto_BinaryOp<"vsub", OrderVReg>;
def VmulOp : Pto_BinaryOp<"vmul", MulVReg>;
def VdivOp : Pto_BinaryOp<"vdiv", FloatVReg>;
def VmaxOp : Pto_BinaryOp<"vmax", OrderVReg>;
def VminOp : Pto_BinaryOp<"vmin", OrderVReg>;
// Bits are bits: public kernels use the logical instructions on float registers too.
def VandOp : Pto_BinaryOp<"vand", AnyVReg>;
def VorOp : Pto_BinaryOp<"vor", AnyVReg>;
def VxorOp : Pto_BinaryOp<"vxor", AnyVReg>;
def VshlOp : Pto_BinaryOp<"vshl", IntVReg>;
def VshrOp : Pto_BinaryOp<"vshr", IntVReg>;

class Pto_CarryOutOp<string mnemonic> : Pto_VectorOp<mnemonic, laneWise> {
  let arguments = (ins Int32VReg:$lhs, Int32VReg:$rhs, AnyMask:$mask);
  let results = (outs Int32VReg:$result, AnyMask:$carry);
  let assemblyFormat = [{
    $lhs `,` $rhs `,` $mask attr-dict
    `:` type($lhs) `,` type($rhs) `,` type($mask) `->` type($result) `,` type($carry)
  }];
}
def VaddcOp : Pto_CarryOutOp<"vaddc">;
def VsubcOp : Pto_CarryOutOp<"vsubc">;

class Pto_CarryInOutOp<string mnemonic> : Pto_VectorOp<mnemonic, laneWise> {
  let arguments = (ins Int32VReg:$lhs, Int32VReg:$rhs, AnyMask:$carry_in, AnyMask:$mask);
  let results = (outs Int32VReg:$result, AnyMask:$carry);
  let assemblyFormat = [{
    $lhs `,` $rhs `,` $carry_in `,` $mask attr-dict
    `:` type($lhs) `,` type($rhs) `,` type($carry_in) `,` type($mask) `->` type($result) `,` type($carry)
  }];
}
def VaddcsOp : Pto_CarryInOutOp<"vaddcs">;
def VsubcsOp : Pto_CarryInOutOp<"vsubcs">;

def VmullOp : Pto_VectorOp<"vmull", laneWise> {
  let summary = "the low and the high words of the products";
  let arguments = (ins Int32VReg:$lhs, Int32VReg:$rhs, AnyMask:$mask);
  let results = (outs Int32VReg:$low, Int32VReg:$high);
  let assemblyFormat = [{
    $lhs `,` $rhs `,` $mask attr-dict
    `:` type($lhs) `,` type($rhs) `,` type($mask) `->` type($low) `,` type($high)
  }];
}
