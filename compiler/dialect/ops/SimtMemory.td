// What threads, and the scalar unit, do to single elements of a memory besides load and store. A cache clause selects a
// way to the memory, not a value.
include "compiler/dialect/SimtBase.td"

def LdgValue : AnyTypeOf<[I8, I16, I32, I64, F16, BF16, F32, F64], "i8, i16, i32, i64, f16, bf16, f32 or f64">;
def LdgOp : Pto_Op<"ldg", [OneOf<"l1Cache">, OneOf<"loadL2Cache">]> {
  let summary = "one element of global memory at pointer + offset";
  let arguments = (ins Arg<GmPtr, "", [MemRead]>:$ptr, Index:$offset, OptionalAttr<StrAttr>:$l1cache,
                       OptionalAttr<StrAttr>:$l2cache);
  let results = (outs LdgValue:$value);
  let assemblyFormat = [{
    $ptr `[` $offset `]` `` custom<L1Cache>($l1cache) `` custom<L2Cache>($l2cache) attr-dict
    `:` type($ptr) `->` type($value)
  }];
  let hasVerifier = 1;
}
def StgOp : Pto_Op<"stg", [OneOf<"l1Cache">, OneOf<"storeL2Cache">]> {
  let summary = "writes one element of global memory at pointer + offset";
  let arguments = (ins Arg<GmPtr, "", [MemWrite]>:$ptr, Index:$offset, LdgValue:$value, OptionalAttr<StrAttr>:$l1cache,
                       OptionalAttr<StrAttr>:$l2cache);
  let assemblyFormat = [{
    $value `,` $ptr `[` $offset `]` `` custom<L1Cache>($l1cache) `` custom<L2Cache>($l2cache) attr-dict
    `:` type($ptr) `,` type($value)
  }];
  let hasVerifier = 1;
}

// Read, change and write one element, with nobody in between; the result is what was there.
def AtomicValue : AnyTypeOf<[I32, I64, F16, BF16, F32, F16x2, BF16x2],
                            "i32, i64, f16, bf16, f32, vector<2xf16> or vector<2xbf16>">;
class Pto_AtomicOp<string mnemonic, list<Trait> traits = []>
    : Pto_Op<mnemonic, !listconcat([AllTypesMatch<["value", "old"]>, OneOf<"storeL2Cache">, OneOf<"signedness">], traits)> {
  let results = (outs AtomicValue:$old);
  let hasVerifier = 1;
}
class Pto_AtomicUpdateOp<string mnemonic> : Pto_AtomicOp<mnemonic> {
  let arguments = (ins Arg<AnyPtr, "", [MemRead, MemWrite]>:$ptr, AtomicValue:$value, OptionalAttr<StrAttr>:$l2cache,
                       OptionalAttr<StrAttr>:$signedness);
  let assemblyFormat = [{
    $ptr `,` $value `` custom<L2Cache>($l2cache) `` custom<Signedness>($signedness) attr-dict
    `:` type($ptr) `,` type($value) `->` type($old)
  }];
}
def AtomicExchOp : Pto_AtomicUpdateOp<"atomic_exch"> { let summary = "old = the element at ptr, which becomes value"; }
def AtomicAddOp : Pto_AtomicUpdateOp<"atomic_add"> {
  let summary = "old = the element at ptr, which becomes old + value";
}
def AtomicSubOp : Pto_AtomicUpdateOp<"atomic_sub"> {
  let summary = "old = the element at ptr, which becomes old - value";
}
def AtomicMinOp : Pto_AtomicUpdateOp<"atomic_min"> {
  let summary = "old = the element at ptr, which becomes min(old, value)";
}
def AtomicMaxOp : Pto_AtomicUpdateOp<"atomic_max"> {
  let summary = "old = the element at ptr, which becomes max(old, value)";
}
def AtomicAndOp : Pto_AtomicUpdateOp<"atomic_and"> {
  let summary = "old = the element at ptr, which becomes old & value";
}
def AtomicOrOp : Pto_AtomicUpdateOp<"atomic_or"> {
  let summary = "old = the element at ptr, which becomes old | value";
}
def AtomicXorOp : Pto_AtomicUpdateOp<"atomic_xor"> {
  let summary = "old = the element at ptr, which becomes old ^ value";
}
def AtomicCasOp : Pto_AtomicOp<"atomic_cas", [AllTypesMatch<["compare", "value"]>]> {
  let summary = "old = the element at ptr, which becomes value if it was compare";
  let arguments = (ins Arg<AnyPtr, "", [MemRead, MemWrite]>:$ptr, AtomicValue:$compare, AtomicValue:$value,
                       OptionalAttr<StrAttr>:$l2cache, OptionalAttr<StrAttr>:$signedness);
  let assemblyFormat = [{
    $ptr `,` $compare `,` $value `` custom<L2Cache>($l2cache) `` custom<Signedness>($signedness) attr-dict
    `:` type($ptr) `,` type($value) `->` type($old)
  }];
}
