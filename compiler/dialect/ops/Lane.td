// Across lanes: reductions and rearrangements.
include "compiler/dialect/Base.td"

class Pto_ReductionOp<string mnemonic, Type vreg, list<Trait> traits>
    : Pto_VectorOp<mnemonic, !listconcat([Pure, MasksFitLanes], traits)> {
  let arguments = (ins vreg:$input, AnyMask:$mask);
  let results = (outs AnyVReg:$result);
  let assemblyFormat = "$input `,` $mask attr-dict `:` type($input) `,` type($mask) `->` type($result)";
}
// The sum of 8- and 16-bit integers is twice as wide.
def VcaddOp : Pto_ReductionOp<"vcadd", AbsVReg, []> { let hasVerifier = 1; }
def VcgaddOp : Pto_ReductionOp<"vcgadd", ScaleVReg, []> { let hasVerifier = 1; }
def VcmaxOp : Pto_ReductionOp<"vcmax", ScaleVReg, [SameVectors]>;
def VcminOp : Pto_ReductionOp<"vcmin", ScaleVReg, [SameVectors]>;
def VcgmaxOp : Pto_ReductionOp<"vcgmax", ScaleVReg, [SameVectors]>;
def VcgminOp : Pto_ReductionOp<"vcgmin", ScaleVReg, [SameVectors]>;
def VcpaddOp : Pto_ReductionOp<"vcpadd", FloatVReg, [SameVectors]>;

// Not pure: how many lanes it kept stays in the AR register, for vstur.
def VsqzOp : Pto_VectorOp<"vsqz", [SameVectors, MasksFitLanes]> {
  let arguments = (ins AbsVReg:$input, AnyMask:$mask);
  let results = (outs AbsVReg:$result);
  let assemblyFormat = "$input `,` $mask attr-dict `:` type($input) `,` type($mask) `->` type($result)";
}
def VusqzOp : Pto_VectorOp<"vusqz", laneWise> {
  let arguments = (ins IntVReg:$src, AnyMask:$mask);
  let results = (outs IntVReg:$result);
  let assemblyFormat = "$src `,` $mask attr-dict `:` type($src) `,` type($mask) `->` type($result)";
}

class Pto_PairReorderOp<string mnemonic> : Pto_VectorOp<mnemonic, [Pure, SameVectors]> {
  let arguments = (ins AnyVReg:$lhs, AnyVReg:$rhs);
  let results = (outs AnyVReg:$low, AnyVReg:$high);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($low) `,` type($high)";
}
def VintlvOp : Pto_PairReorderOp<"vintlv">;
def VdintlvOp : Pto_PairReorderOp<"vdintlv">;

def VpackOp : Pto_VectorOp<"vpack", [Pure, OneOf<"halves">]> {
  let arguments = (ins IntVReg:$src, StrAttr:$part);
  let results = (outs IntVReg:$result);
  let assemblyFormat = "$src `,` $part attr-dict `:` type($src) `->` type($result)";
  let hasVerifier = 1;
}

class Pto_UnpackOp<string mnemonic> : Pto_VectorOp<mnemonic, [Pure]> {
  let arguments = (ins IntVReg:$src, Index:$part);
  let results = (outs IntVReg:$result);
  let assemblyFormat = "$src `,` $part attr-dict `:` type($src) `->` type($result)";
  let hasVerifier = 1;
}
def VsunpackOp : Pto_UnpackOp<"vsunpack">;
def VzunpackOp : Pto_UnpackOp<"vzunpack">;

def VbitcastOp : Pto_VectorOp<"vbitcast", [Pure]> {
  let arguments = (ins AnyVReg:$input);
  let results = (outs AnyVReg:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

// Sorting works on UB, outside the vector scopes.
def VbitsortOp : Pto_OutsideOp<"vbitsort"> {
  let arguments = (ins Arg<UbPtr, "", [MemWrite]>:$destination, Arg<UbPtr, "", [MemRead]>:$source,
                       Arg<UbPtr, "", [MemRead]>:$indices, Index:$repeat_times);
  let assemblyFormat = "operands attr-dict `:` type(operands)";
}
def Vmrgsort4Op : Pto_OutsideOp<"vmrgsort4"> {
  let arguments = (ins Arg<UbPtr, "", [MemWrite]>:$destination, Arg<UbPtr, "", [MemRead]>:$source0,
                       Arg<UbPtr, "", [MemRead]>:$source1, Arg<UbPtr, "", [MemRead]>:$source2,
                       Arg<UbPtr, "", [MemRead]>:$source3, I64:$count, I64:$config);
  let assemblyFormat = "operands attr-dict `:` type(operands)";
}
// How many elements of each list the last vmrgsort4 took; another sort changes it, so it is not pure.
def GetVms4SrOp : Pto_Op<"get_vms4_sr"> {
  let results = (outs I16:$list0, I16:$list1, I16:$list2, I16:$list3);
  let assemblyFormat = "attr-dict `:` type($list0) `,` type($list1) `,` type($list2) `,` type($list3)";
}
