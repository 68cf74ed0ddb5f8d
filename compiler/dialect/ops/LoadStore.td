// Between UB and the vector registers. A result of pointer type marks the post-update form:
// access at the base, then advance it.
include "compiler/dialect/Base.td"

def VldsOp : Pto_VectorOp<"vlds", [OneOf<"loadDistributions">]> {
  let summary = "result = the bytes at source + offset, spread out by dist";
  let arguments = (ins Arg<UbPtr, "", [MemRead]>:$source, Index:$offset, OptionalAttr<StrAttr>:$dist);
  let results = (outs AnyVReg:$result, Optional<UbPtr>:$updated_base);
  let assemblyFormat = [{
    $source `[` $offset `]` attr-dict `:` type($source) `->` type($result) (`,` type($updated_base)^)?
  }];
  let hasVerifier = 1;
}

def VstsOp : Pto_VectorOp<"vsts", [OneOf<"storeDistributions">]> {
  let summary = "the bytes at destination + offset = the active lanes, gathered up by dist";
  let arguments = (ins AnyVReg:$value, Arg<UbPtr, "", [MemWrite]>:$destination, Index:$offset,
                       OptionalAttr<StrAttr>:$dist, AnyMask:$mask);
  let results = (outs Optional<UbPtr>:$updated_base);
  let assemblyFormat = [{
    $value `,` $destination `[` $offset `]` `,` $mask attr-dict
    `:` type($value) `,` type($destination) `,` type($mask) (`->` type($updated_base)^)?
  }];
  let hasVerifier = 1;
}

def Vldsx2Op : Pto_VectorOp<"vldsx2", [SameVectors, OneOf<"pairLoadDistributions">]> {
  let summary = "low, high = the elements with even and with odd numbers";
  let arguments = (ins Arg<UbPtr, "", [MemRead]>:$source, Index:$offset, StrAttr:$dist);
  let results = (outs AnyVReg:$low, AnyVReg:$high);
  let assemblyFormat = [{
    $source `[` $offset `]` `,` $dist attr-dict
    `:` type($source) `,` type($offset) `->` type($low) `,` type($high)
  }];
}

def Vstsx2Op : Pto_VectorOp<"vstsx2", [SameVectors, OneOf<"pairStoreDistributions">]> {
  let summary = "the elements at destination + offset = low[0], high[0], low[1], high[1] ...; the predicate is ignored";
  let arguments = (ins AnyVReg:$low, AnyVReg:$high, Arg<UbPtr, "", [MemWrite]>:$destination, Index:$offset,
                       StrAttr:$dist, AnyMask:$mask);
  let assemblyFormat = [{
    $low `,` $high `,` $destination `[` $offset `]` `,` $dist `,` $mask attr-dict
    `:` type($low) `,` type($high) `,` type($destination) `,` type($offset) `,` type($mask)
  }];
}

// Blocks of 32 bytes, block_stride apart.
def VsldbOp : Pto_VectorOp<"vsldb"> {
  let summary = "block k = the 32 bytes at source + k * block_stride * 32, whole if any of its lanes is active";
  let arguments = (ins Arg<UbPtr, "", [MemRead]>:$source, I16:$block_stride, I16:$repeat_stride, AnyMask:$mask);
  let results = (outs AnyVReg:$result);
  let assemblyFormat = [{
    $source `,` $block_stride `,` $repeat_stride `,` $mask attr-dict
    `:` type($source) `,` type($block_stride) `,` type($repeat_stride) `,` type($mask) `->` type($result)
  }];
}

def VsstbOp : Pto_VectorOp<"vsstb"> {
  let summary = "the active lanes of block k go to destination + k * block_stride * 32";
  let arguments = (ins AnyVReg:$value, Arg<UbPtr, "", [MemWrite]>:$destination, I16:$block_stride,
                       I16:$repeat_stride, AnyMask:$mask);
  let results = (outs Optional<UbPtr>:$updated_base);
  let assemblyFormat = [{
    $value `,` $destination `,` $block_stride `,` $repeat_stride `,` $mask attr-dict
    `:` type($value) `,` type($destination) `,` type($block_stride) `,` type($repeat_stride) `,` type($mask)
    (`->` type($updated_base)^)?
  }];
  let hasVerifier = 1;
}

// Unaligned streams: vldas opens, vldus reads on; vstus and vstur write on, vstas and vstar finish.
def VldasOp : Pto_VectorOp<"vldas"> {
  let summary = "opens a stream of loads: the state has the 32-byte block that the address is in";
  let arguments = (ins Arg<UbPtr, "", [MemRead]>:$source);
  let results = (outs Align:$result);
  let assemblyFormat = "$source attr-dict `:` type($source) `->` type($result)";
}

def VldusOp : Pto_VectorOp<"vldus"> {
  let summary = "result = the 256 bytes at source, at any address, and the state behind them";
  let arguments = (ins Arg<UbPtr, "", [MemRead]>:$source, Align:$align);
  let results = (outs AnyVReg:$result, Align:$updated_align);
  let assemblyFormat = [{
    $source `,` $align attr-dict `:` type($source) `,` type($align) `->` type($result) `,` type($updated_align)
  }];
}

// Not pure: two streams must not share one state, so common subexpressions stay apart.
def InitAlignOp : Pto_VectorOp<"init_align"> {
  let summary = "the state of a stream of stores that has not begun";
  let results = (outs Align:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}

def VstusOp : Pto_VectorOp<"vstus"> {
  let summary = "stores the first offset elements of value, at any address";
  let arguments = (ins Align:$align_in, I32:$offset, AnyVReg:$value, Arg<UbPtr, "", [MemWrite]>:$base);
  let results = (outs Align:$align_out);
  let assemblyFormat = [{
    $align_in `,` $offset `,` $value `,` $base attr-dict
    `:` type($align_in) `,` type($offset) `,` type($value) `,` type($base) `->` type($align_out)
  }];
}

def VsturOp : Pto_VectorOp<"vstur", [OneOf<"postModes">]> {
  let summary = "stores what the last vsqz kept, at any address";
  let arguments = (ins Align:$align_in, AnyVReg:$value, Arg<UbPtr, "", [MemWrite]>:$base, StrAttr:$mode);
  let results = (outs Align:$align_out);
  let assemblyFormat = [{
    $align_in `,` $value `,` $base `,` $mode attr-dict
    `:` type($align_in) `,` type($value) `,` type($base) `->` type($align_out)
  }];
}

def VstasOp : Pto_VectorOp<"vstas"> {
  let summary = "flushes the rest of a stream of vstus, which ends offset elements behind destination";
  let arguments = (ins Align:$value, Arg<UbPtr, "", [MemWrite]>:$destination, I32:$offset);
  let assemblyFormat = [{
    $value `,` $destination `,` $offset attr-dict `:` type($value) `,` type($destination) `,` type($offset)
  }];
}

def VstarOp : Pto_VectorOp<"vstar"> {
  let summary = "flushes the rest of a stream of vstur";
  let arguments = (ins Align:$value, Arg<UbPtr, "", [MemWrite]>:$destination);
  let assemblyFormat = "$value `,` $destination attr-dict `:` type($value) `,` type($destination)";
}

def SprclrOp : Pto_VectorOp<"sprclr", [OneOf<"specialRegisters">]> {
  let summary = "clears the register that counts what vsqz kept";
  let arguments = (ins StrAttr:$spr);
  let assemblyFormat = "$spr attr-dict";
}

// Gather and scatter: one address per lane.
class Pto_GatherOp<string mnemonic> : Pto_VectorOp<mnemonic> {
  let hasVerifier = 1;
  let arguments = (ins Arg<UbPtr, "", [MemRead]>:$source, IntVReg:$offsets, AnyMask:$mask);
  let results = (outs AnyVReg:$result);
  let assemblyFormat = [{
    $source `,` $offsets `,` $mask attr-dict `:` type($source) `,` type($offsets) `,` type($mask) `->` type($result)
  }];
}
def Vgather2Op : Pto_GatherOp<"vgather2"> {
  let summary = "result[i] = source[offsets[i]]; a lane has the width of its index, bytes are extended with zeros";
}
def VgatherbOp : Pto_GatherOp<"vgatherb"> {
  let summary = "block k = the 32 bytes at source + offsets[k] bytes, where lane k of 32 bits is active";
}
def Vgather2BcOp : Pto_GatherOp<"vgather2_bc"> { let summary = "result[i] = source[offsets[i]], with 32-bit indices"; }

def VscatterOp : Pto_VectorOp<"vscatter"> {
  let summary = "destination[offsets[i]] = value[i]; of 8-bit lanes those with even numbers";
  let hasVerifier = 1;
  let arguments = (ins AnyVReg:$value, Arg<UbPtr, "", [MemWrite]>:$destination, IntVReg:$offsets, AnyMask:$mask);
  let assemblyFormat = [{
    $value `,` $destination `,` $offsets `,` $mask attr-dict
    `:` type($value) `,` type($destination) `,` type($offsets) `,` type($mask)
  }];
}

// Predicates to and from UB.
class Pto_PredicateLoadOp<string mnemonic> : Pto_VectorOp<mnemonic, [OneOf<"predicateLoadDistributions">]> {
  let arguments = (ins Arg<UbPtr, "", [MemRead]>:$source, Index:$offset, StrAttr:$dist);
  let results = (outs AnyMask:$result);
  let assemblyFormat = [{
    $source `[` $offset `]` `,` $dist attr-dict `:` type($source) `,` type($offset) `->` type($result)
  }];
}
def PldsOp : Pto_PredicateLoadOp<"plds"> {
  let summary = "result = the predicate in memory: NORM as it is, US each bit twice, DS every other bit; offset in bytes";
}
def PldiOp : Pto_PredicateLoadOp<"pldi"> {
  let summary = "as plds, with a constant offset in units of the distribution's alignment";
  let hasVerifier = 1;
}

class Pto_PredicateStoreOp<string mnemonic> : Pto_VectorOp<mnemonic, [OneOf<"predicateStoreDistributions">]> {
  let arguments = (ins AnyMask:$value, Arg<UbPtr, "", [MemWrite]>:$destination, Index:$offset, StrAttr:$dist);
  let assemblyFormat = [{
    $value `,` $destination `[` $offset `]` `,` $dist attr-dict
    `:` type($value) `,` type($destination) `,` type($offset)
  }];
}
def PstsOp : Pto_PredicateStoreOp<"psts"> {
  let summary = "stores the predicate: NORM as it is, PK every other bit; offset in bytes";
}
def PstiOp : Pto_PredicateStoreOp<"psti"> {
  let summary = "as psts, with a constant offset in units of the distribution's alignment";
  let hasVerifier = 1;
}

def PstuOp : Pto_VectorOp<"pstu"> {
  let summary = "stores one bit for each lane, lowest first, and advances the base";
  let arguments = (ins Align:$align_in, AnyMask:$value, Arg<UbPtr, "", [MemWrite]>:$base);
  let results = (outs Align:$align_out, UbPtr:$base_out);
  let assemblyFormat = [{
    $align_in `,` $value `,` $base attr-dict
    `:` type($align_in) `,` type($value) `,` type($base) `->` type($align_out) `,` type($base_out)
  }];
  let hasVerifier = 1;
}
