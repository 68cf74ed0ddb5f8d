// Across lanes: reductions and rearrangements.
include "compiler/dialect/Base.td"

class Pto_ReductionOp<string mnemonic, Type vreg, list<Trait> traits>
    : Pto_VectorOp<mnemonic, !listconcat([Pure, MasksFitLanes], traits)> {
  let arguments = (ins vreg:$input, AnyMask:$mask);
  let results = (outs AnyVReg:$result);
  let assemblyFormat = "$input `,` $mask attr-dict `:` type($input) `,` type($mask) `->` type($result)";
}
// The sum of 8- and 16-bit integers is twice as wide.
def VcaddOp : Pto_ReductionOp<"vcadd", AbsVReg, []> {
  let summary = "result[0] = the sum of all active lanes, neighbours first; of 8- and 16-bit integers twice as wide";
  let hasVerifier = 1;
}
def VcgaddOp : Pto_ReductionOp<"vcgadd", ScaleVReg, []> {
  let summary = "result[k] = the sum of the active lanes of 32-byte block k; of 16-bit integers twice as wide";
  let hasVerifier = 1;
}
def VcmaxOp : Pto_ReductionOp<"vcmax", ScaleVReg, [SameVectors]> {
  let summary = "result[0] = the largest active lane, result[1] = the first lane that has it, as an integer";
}
def VcminOp : Pto_ReductionOp<"vcmin", ScaleVReg, [SameVectors]> {
  let summary = "result[0] = the smallest active lane, result[1] = the first lane that has it, as an integer";
}
def VcgmaxOp : Pto_ReductionOp<"vcgmax", ScaleVReg, [SameVectors]> {
  let summary = "result[k] = the largest active lane of 32-byte block k";
}
def VcgminOp : Pto_ReductionOp<"vcgmin", ScaleVReg, [SameVectors]> {
  let summary = "result[k] = the smallest active lane of 32-byte block k";
}
def VcpaddOp : Pto_ReductionOp<"vcpadd", FloatVReg, [SameVectors]> {
  let summary = "result[i] = input[2i] + input[2i + 1], then zeros";
}

class Pto_ExtremumLanesOp<string mnemonic, string which> : Pto_VectorOp<mnemonic, laneWise> {
  let summary = "result[0] = the " # which # " active lane, then zeros; lanes[i] = lane i is active and equals it";
  let arguments = (ins ScaleVReg:$input, AnyMask:$mask);
  let results = (outs ScaleVReg:$result, AnyMask:$lanes);
  let assemblyFormat = [{
    $input `,` $mask attr-dict `:` type($input) `,` type($mask) `->` type($result) `,` type($lanes)
  }];
}
def VcbmaxOp : Pto_ExtremumLanesOp<"vcbmax", "largest">;
def VcbminOp : Pto_ExtremumLanesOp<"vcbmin", "smallest">;

class Pto_HistogramOp<string mnemonic, string which> : Pto_VectorOp<mnemonic, [Pure, TypesMatchWith<
    "acc and result have one type", "acc", "result", "$_self">]> {
  let summary = "result[i] = acc[i] + how many active bytes of src are " # which # " 128 * bin + i; it wraps";
  let arguments = (ins U16VReg:$acc, U8VReg:$src, MaskB8:$mask, I32:$bin);
  let results = (outs U16VReg:$result);
  let assemblyFormat = [{
    $acc `,` $src `,` $mask `,` $bin attr-dict
    `:` type($acc) `,` type($src) `,` type($mask) `,` type($bin) `->` type($result)
  }];
  let hasVerifier = 1;
}
def Dhistv2Op : Pto_HistogramOp<"dhistv2", "equal to">;
def Chistv2Op : Pto_HistogramOp<"chistv2", "at most">;

// Not pure: how many lanes it kept stays in the AR register, for vstur.
def VsqzOp : Pto_VectorOp<"vsqz", [SameVectors, MasksFitLanes]> {
  let summary = "the active lanes one after the other, then zeros; how many bytes they are stays for vstur";
  let arguments = (ins AbsVReg:$input, AnyMask:$mask);
  let results = (outs AbsVReg:$result);
  let assemblyFormat = "$input `,` $mask attr-dict `:` type($input) `,` type($mask) `->` type($result)";
}
def VusqzOp : Pto_VectorOp<"vusqz", laneWise> {
  let summary = "result[i] = how many lanes before i are active";
  let arguments = (ins IntVReg:$src, AnyMask:$mask);
  let results = (outs IntVReg:$result);
  let assemblyFormat = "$src `,` $mask attr-dict `:` type($src) `,` type($mask) `->` type($result)";
}

class Pto_PairReorderOp<string mnemonic> : Pto_VectorOp<mnemonic, [Pure, SameVectors]> {
  let arguments = (ins AnyVReg:$lhs, AnyVReg:$rhs);
  let results = (outs AnyVReg:$low, AnyVReg:$high);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($low) `,` type($high)";
}
def VintlvOp : Pto_PairReorderOp<"vintlv"> { let summary = "low, high = lhs[0], rhs[0], lhs[1], rhs[1] ..."; }
def VdintlvOp : Pto_PairReorderOp<"vdintlv"> {
  let summary = "low = the even lanes of lhs, then of rhs; high = the odd ones";
}

// One half of the same.
class Pto_HalfReorderOp<string mnemonic, string whole> : Pto_VectorOp<mnemonic, [Pure, SameVectors, OneOf<"halves">]> {
  let summary = "the part's half of what " # whole # " makes of lhs and rhs";
  let arguments = (ins AnyVReg:$lhs, AnyVReg:$rhs, StrAttr:$part);
  let results = (outs AnyVReg:$result);
  let assemblyFormat = "$lhs `,` $rhs `,` $part attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)";
}
def Vintlvv2Op : Pto_HalfReorderOp<"vintlvv2", "vintlv">;
def Vdintlvv2Op : Pto_HalfReorderOp<"vdintlvv2", "vdintlv">;

def VpackOp : Pto_VectorOp<"vpack", [Pure, OneOf<"halves">]> {
  let summary = "result[i] = the low half of src[i], in the part's half of the register; the other half is zero";
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
def VsunpackOp : Pto_UnpackOp<"vsunpack"> { let summary = "result[i] = src[part * N/2 + i], extended with its sign"; }
def VzunpackOp : Pto_UnpackOp<"vzunpack"> { let summary = "result[i] = src[part * N/2 + i], extended with zeros"; }

def VbitcastOp : Pto_VectorOp<"vbitcast", [Pure]> {
  let summary = "the same bits as lanes of another type";
  let arguments = (ins AnyVReg:$input);
  let results = (outs AnyVReg:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

// Sorting works on UB, outside the vector scopes.
def VbitsortOp : Pto_OutsideOp<"vbitsort"> {
  let summary = "each time sorts the next 32 scores and their indices into records of 8 bytes, descending and stable";
  let arguments = (ins Arg<UbPtr, "", [MemWrite]>:$destination, Arg<UbPtr, "", [MemRead]>:$source,
                       Arg<UbPtr, "", [MemRead]>:$indices, Index:$repeat_times);
  let assemblyFormat = "operands attr-dict `:` type(operands)";
}
def Vmrgsort4Op : Pto_OutsideOp<"vmrgsort4"> {
  let summary = "merges up to four sorted lists of records; of equal scores the lower list's is first";
  let arguments = (ins Arg<UbPtr, "", [MemWrite]>:$destination, Arg<UbPtr, "", [MemRead]>:$source0,
                       Arg<UbPtr, "", [MemRead]>:$source1, Arg<UbPtr, "", [MemRead]>:$source2,
                       Arg<UbPtr, "", [MemRead]>:$source3, I64:$count, I64:$config);
  let assemblyFormat = "operands attr-dict `:` type(operands)";
}
// How many elements of each list the last vmrgsort4 took; another sort changes it, so it is not pure.
def GetVms4SrOp : Pto_Op<"get_vms4_sr"> {
  let summary = "how many records of each list the last vmrgsort4 took";
  let results = (outs I16:$list0, I16:$list1, I16:$list2, I16:$list3);
  let assemblyFormat = "attr-dict `:` type($list0) `,` type($list1) `,` type($list2) `,` type($list3)";
}
