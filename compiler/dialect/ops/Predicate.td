// Predicates: made from a pattern or a count, combined, repacked.
include "compiler/dialect/Base.td"

class Pto_PatternOp<string mnemonic, Type mask> : Pto_VectorOp<mnemonic, [Pure, OneOf<"predicatePatterns">]> {
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
  let summary = "the first `scalar` lanes, and how many elements are left after them";
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
def PandOp : Pto_MaskLogicOp<"pand">;
def PorOp : Pto_MaskLogicOp<"por">;
def PxorOp : Pto_MaskLogicOp<"pxor">;
def PselOp : Pto_MaskLogicOp<"psel">;

def PnotOp : Pto_VectorOp<"pnot", [Pure, SameMasks]> {
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
def PpackOp : Pto_MaskPartOp<"ppack">;
def PunpackOp : Pto_MaskPartOp<"punpack">;

def PbitcastOp : Pto_VectorOp<"pbitcast", [Pure]> {
  let arguments = (ins AnyMask:$input);
  let results = (outs AnyMask:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
}

class Pto_MaskPairOp<string mnemonic, Type mask> : Pto_VectorOp<mnemonic, [Pure]> {
  let arguments = (ins mask:$lhs, mask:$rhs);
  let results = (outs mask:$low, mask:$high);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($low) `,` type($high)";
}
def PintlvB8Op : Pto_MaskPairOp<"pintlv_b8", MaskB8>;
def PintlvB16Op : Pto_MaskPairOp<"pintlv_b16", MaskB16>;
def PintlvB32Op : Pto_MaskPairOp<"pintlv_b32", MaskB32>;
def PdintlvB8Op : Pto_MaskPairOp<"pdintlv_b8", MaskB8>;
def PdintlvB16Op : Pto_MaskPairOp<"pdintlv_b16", MaskB16>;
def PdintlvB32Op : Pto_MaskPairOp<"pdintlv_b32", MaskB32>;
