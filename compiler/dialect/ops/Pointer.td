// Pointers: casts, offsets, and single elements through them.
include "compiler/dialect/Base.td"

def CastPtrOp : Pto_Op<"castptr", [Pure]> {
  let summary = "integer to pointer, pointer to integer, or another element type in the same memory";
  let arguments = (ins AnyTypeOf<[AnyInteger, AnyPtr], "integer or pointer">:$input);
  let results = (outs AnyTypeOf<[AnyInteger, AnyPtr], "integer or pointer">:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
}

def AddPtrOp : Pto_Op<"addptr", [Pure]> {
  let summary = "a pointer advanced by a number of elements";
  // Public kernels are printed with !pto.ptr left out here: both forms are read.
  let arguments = (ins PtrType:$ptr, Index:$offset);
  let results = (outs PtrType:$result);
  let assemblyFormat = "$ptr `,` $offset attr-dict `:` type($ptr) `->` type($result)";
  let hasVerifier = 1;
}

// load and store are the same instructions under their newer names.
class Pto_ScalarLoadOp<string mnemonic> : Pto_Op<mnemonic> {
  let summary = "one element at pointer + offset";
  let arguments = (ins Arg<AnyPtr, "", [MemRead]>:$ptr, Index:$offset);
  let results = (outs AnyType:$value);
  let assemblyFormat = "$ptr `[` $offset `]` attr-dict `:` type($ptr) `->` type($value)";
  let hasVerifier = 1;
}
def LoadScalarOp : Pto_ScalarLoadOp<"load_scalar">;
def LoadOp : Pto_ScalarLoadOp<"load">;

class Pto_ScalarStoreOp<string mnemonic> : Pto_Op<mnemonic> {
  let summary = "writes one element at pointer + offset";
  let arguments = (ins Arg<AnyPtr, "", [MemWrite]>:$ptr, Index:$offset, AnyType:$value);
  let assemblyFormat = "$value `,` $ptr `[` $offset `]` attr-dict `:` type($ptr) `,` type($value)";
  let hasVerifier = 1;
}
def StoreScalarOp : Pto_ScalarStoreOp<"store_scalar">;
def StoreOp : Pto_ScalarStoreOp<"store">;
