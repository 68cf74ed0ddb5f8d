// Predicates: made from a pattern or a count, combined, repacked.
include "compiler/dialect/Base.td"

class Pto_PatternOp<string mnemonic, Type mask> : Pto_VectorOp<mnemonic, [Pure, OneOf<"predicatePatterns">]> {
  let summary = "the lanes of a pattern: all, none, the first n (PAT_VLn), every third or fourth, a half, a quarter";
  let arguments = (ins StrAttr:$pattern);
  let results = (outs mask:$result);
  let assemblyFormat = "$pattern attr-dict `:` type($result)";
}
def PsetB8Op : Pto_PatternOp<"pset_b8", MaskB8>;
def PsetB16Op : Pto_PatternOp<"pset_b16", MaskB16>;
def PsetB32Op : Pto_PatternOp<"pset_b32", MaskB32>;
def PgeB8Op : Pto_PatternOp<"pge_b8", MaskB8>;
def PgeB16Op : Pto_PatternOp<"pge_b16", MaskB16>;
def PgeB32Op : Pto_PatternOp<"pge_b32", MaskB32>;

class Pto_TailOp<string mnemonic, Type maskType> : Pto_VectorOp<mnemonic, [Pure]> {
  let summary = "mask[i] = i < scalar, which has no sign; scalar_out = how many are left after these lanes";
  let arguments = (ins I32:$scalar);
  let results = (outs maskType:$mask, I32:$scalar_out);
  let assemblyFormat = "$scalar attr-dict `:` type($scalar) `->` type($mask) `,` type($scalar_out)";
}
def PltB8Op : Pto_TailOp<"plt_b8", MaskB8>;
def PltB16Op : Pto_TailOp<"plt_b16", MaskB16>;
def PltB32Op : Pto_TailOp<"plt_b32", MaskB32>;

class Pto_MaskLogicOp<string mnemonic> : Pto_VectorOp<mnemonic, [Pure, SameMasks]> {
  let arguments = (ins AnyMask:$src0, AnyMask:$src1, AnyMask:$mask);
  let results = (outs AnyMask:$result);
  let assemblyFormat = [{
    $src0 `,` $src1 `,` $mask attr-dict `:` type($src0) `,` type($src1) `,` type($mask) `->` type($result)
  }];
}
def PandOp : Pto_MaskLogicOp<"pand"> { let summary = "result[i] = mask[i] && src0[i] && src1[i]"; }
def PorOp : Pto_MaskLogicOp<"por"> { let summary = "result[i] = mask[i] && (src0[i] || src1[i])"; }
def PxorOp : Pto_MaskLogicOp<"pxor"> { let summary = "result[i] = mask[i] && src0[i] != src1[i]"; }
def PselOp : Pto_MaskLogicOp<"psel"> { let summary = "result[i] = mask[i] ? src0[i] : src1[i]"; }

def PnotOp : Pto_VectorOp<"pnot", [Pure, SameMasks]> {
  let summary = "result[i] = mask[i] && !input[i]";
  let arguments = (ins AnyMask:$input, AnyMask:$mask);
  let results = (outs AnyMask:$result);
  let assemblyFormat = "$input `,` $mask attr-dict `:` type($input) `,` type($mask) `->` type($result)";
}

// Raw bits: one half of a predicate becomes a whole one, or the other way round.
class Pto_MaskPartOp<string mnemonic> : Pto_VectorOp<mnemonic, [Pure, OneOf<"halves">]> {
  let arguments = (ins AnyMask:$input, StrAttr:$part);
  let results = (outs AnyMask:$result);
  let assemblyFormat = "$input `,` $part attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
}
def PpackOp : Pto_MaskPartOp<"ppack"> {
  let summary = "every other bit, in the part's half of the result; the other half is zero";
}
def PunpackOp : Pto_MaskPartOp<"punpack"> { let summary = "the bits of the part's half, each with a zero behind it"; }

def PbitcastOp : Pto_VectorOp<"pbitcast", [Pure]> {
  let summary = "the same bits with another granularity";
  let arguments = (ins AnyMask:$input);
  let results = (outs AnyMask:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

class Pto_MaskPairOp<string mnemonic, Type mask> : Pto_VectorOp<mnemonic, [Pure]> {
  let arguments = (ins mask:$lhs, mask:$rhs);
  let results = (outs mask:$low, mask:$high);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($low) `,` type($high)";
}
class Pto_InterleaveOp<string mnemonic, Type mask> : Pto_MaskPairOp<mnemonic, mask> {
  let summary = "low, high = lhs[0], rhs[0], lhs[1], rhs[1] ...";
}
class Pto_DeinterleaveOp<string mnemonic, Type mask> : Pto_MaskPairOp<mnemonic, mask> {
  let summary = "low = the even lanes of lhs, then of rhs; high = the odd ones";
}
def PintlvB8Op : Pto_InterleaveOp<"pintlv_b8", MaskB8>;
def PintlvB16Op : Pto_InterleaveOp<"pintlv_b16", MaskB16>;
def PintlvB32Op : Pto_InterleaveOp<"pintlv_b32", MaskB32>;
def PdintlvB8Op : Pto_DeinterleaveOp<"pdintlv_b8", MaskB8>;
def PdintlvB16Op : Pto_DeinterleaveOp<"pdintlv_b16", MaskB16>;
def PdintlvB32Op : Pto_DeinterleaveOp<"pdintlv_b32", MaskB32>;
