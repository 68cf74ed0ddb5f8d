// Comparisons into a predicate, and selection by one.
include "compiler/dialect/Base.td"

def VcmpOp : Pto_VectorOp<"vcmp", !listconcat(laneWise, [OneOf<"comparisons">])> {
  let summary = "result[i] = mask[i] && src0[i] OP src1[i]; with a NaN only ne holds";
  let arguments = (ins AnyVReg:$src0, AnyVReg:$src1, AnyMask:$mask, StrAttr:$cmp_mode);
  let results = (outs AnyMask:$result);
  let assemblyFormat = [{
    $src0 `,` $src1 `,` $mask `,` $cmp_mode attr-dict
    `:` type($src0) `,` type($src1) `,` type($mask) `->` type($result)
  }];
}

def VcmpsOp : Pto_VectorOp<"vcmps", !listconcat(laneWise, [OneOf<"comparisons">, ScalarFitsLanes<1>])> {
  let summary = "result[i] = mask[i] && src[i] OP scalar; with a NaN only ne holds";
  let arguments = (ins AnyVReg:$src, AnyType:$scalar, AnyMask:$mask, StrAttr:$cmp_mode);
  let results = (outs AnyMask:$result);
  let assemblyFormat = [{
    $src `,` $scalar `,` $mask `,` $cmp_mode attr-dict
    `:` type($src) `,` type($scalar) `,` type($mask) `->` type($result)
  }];
}

def VselOp : Pto_VectorOp<"vsel", laneWise> {
  let summary = "result[i] = mask[i] ? src0[i] : src1[i]";
  let arguments = (ins AnyVReg:$src0, AnyVReg:$src1, AnyMask:$mask);
  let results = (outs AnyVReg:$result);
  let assemblyFormat = [{
    $src0 `,` $src1 `,` $mask attr-dict `:` type($src0) `,` type($src1) `,` type($mask) `->` type($result)
  }];
}

class Pto_LaneSelectOp<string mnemonic> : Pto_VectorOp<mnemonic, [Pure]> {
  let summary = "result[i] = src0[src1[i] modulo the number of lanes]";
  let arguments = (ins AnyVReg:$src0, IntVReg:$src1);
  let results = (outs AnyVReg:$result);
  let assemblyFormat = "$src0 `,` $src1 attr-dict `:` type($src0) `,` type($src1) `->` type($result)";
  let hasVerifier = 1;
}
def VselrOp : Pto_LaneSelectOp<"vselr">;
def Vselrv2Op : Pto_LaneSelectOp<"vselrv2">;
