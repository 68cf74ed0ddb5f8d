// What the cube core and the vector cores of a cluster hand to each other: slots of a pipe.
include "compiler/dialect/tile/Base.td"

def PipeHandle : Type<CPred<"::llvm::isa<::pto::ir::PipeHandleType>($_self)">, "!pto.pipe">;
def Entry : AnyTypeOf<[AnyTile, AnyTensorView], "tile or view">;

// Which core an operation belongs to.
def OnCube : Pto_Trait<"OnCube">;
def OnVector : Pto_Trait<"OnVector">;

def ReserveBufferOp : Pto_OutsideOp<"reserve_buffer"> {
  let summary = "memory of a core that its peers write to: where the planner puts it, or at the base";
  let arguments = (ins StrAttr:$name, I32Attr:$size, AddressSpaceAttr:$location, BoolAttr:$autoAlloc,
                       OptionalAttr<I32Attr>:$base);
  let results = (outs I32:$addr);
  let assemblyFormat = [{
    ` ` `{` `name` `=` $name `,` `size` `=` $size `,` `location` `=` $location `,` `auto` `=` $autoAlloc
    (`,` `base` `=` $base^)? `}` attr-dict `->` type($addr)
  }];
  let hasVerifier = 1;
}
def ImportReservedBufferOp : Pto_OutsideOp<"import_reserved_buffer"> {
  let summary = "where a peer reserved its memory";
  let arguments = (ins StrAttr:$name, FlatSymbolRefAttr:$peer_func);
  let results = (outs I32:$addr);
  let assemblyFormat = "` ` `{` `name` `=` $name `,` `peer_func` `=` $peer_func `}` attr-dict `->` type($addr)";
  let hasVerifier = 1;
}

class Pto_InitializePipeOp<string mnemonic, Trait core> : Pto_OutsideOp<mnemonic, [core, AttrSizedOperandSegments]> {
  let summary = "one end of a pipe; dir_mask is 1 from cube to vector, 2 from vector to cube, 3 both";
  let arguments = (ins
    OptionalAttr<I32Attr>:$id, I8Attr:$dir_mask, I32Attr:$slot_size, OptionalAttr<I32Attr>:$slot_num,
    OptionalAttr<I32Attr>:$local_slot_num, OptionalAttr<BoolAttr>:$nosplit,
    Optional<GmPtr>:$gm_slot_buffer, Optional<AnyTensorView>:$gm_slot_tensor, Optional<I32>:$c2v_consumer_buf,
    Optional<I32>:$v2c_consumer_buf);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}
def AicInitializePipeOp : Pto_InitializePipeOp<"aic_initialize_pipe", OnCube>;
def AivInitializePipeOp : Pto_InitializePipeOp<"aiv_initialize_pipe", OnVector>;

// split: 0 whole, 1 by rows, 2 by columns, 3 and 4 the same with an odd one left.
defvar splitWords = (ins OptionalAttr<I32Attr>:$id, I8Attr:$split);
class Pto_TransferOp<string mnemonic, Trait core> : Pto_OutsideOp<mnemonic, [core]> {
  let hasVerifier = 1;
}
class Pto_PushOp<string mnemonic, Trait core> : Pto_TransferOp<mnemonic, core> {
  let summary = "puts a tile into the next slot";
  let arguments = !con((ins Entry:$entry), splitWords);
  let assemblyFormat = "`(` $entry `:` type($entry) `)` custom<Split>($id, $split) attr-dict";
}
def TpushToAivOp : Pto_PushOp<"tpush_to_aiv", OnCube>;
def TpushToAicOp : Pto_PushOp<"tpush_to_aic", OnVector>;

class Pto_PopOp<string mnemonic, Trait core> : Pto_OutsideOp<mnemonic, [core, AttrSizedOperandSegments]> {
  let summary = "takes the tile of the next slot, which stays its own until it is freed";
  let arguments = !con((ins Optional<Index>:$valid_row, Optional<Index>:$valid_col), splitWords);
  let results = (outs Entry:$entry);
  let assemblyFormat = [{
    (`(` $valid_row^ `,` $valid_col `)`)? custom<Split>($id, $split) attr-dict
    `->` type($entry)
  }];
  let hasVerifier = 1;
}
def TpopFromAicOp : Pto_PopOp<"tpop_from_aic", OnVector>;
def TpopFromAivOp : Pto_PopOp<"tpop_from_aiv", OnCube>;

class Pto_FreeOp<string mnemonic, Trait core> : Pto_TransferOp<mnemonic, core> {
  let summary = "gives the slot back";
  let arguments = !con((ins Optional<Entry>:$entry), splitWords);
  let assemblyFormat = [{
    (`(` $entry^ `:` type($entry) `)`)? custom<Split>($id, $split) attr-dict
  }];
}
def TfreeFromAicOp : Pto_FreeOp<"tfree_from_aic", OnVector>;
def TfreeFromAivOp : Pto_FreeOp<"tfree_from_aiv", OnCube>;

class Pto_AllocSlotOp<string mnemonic, Trait core> : Pto_TransferOp<mnemonic, core> {
  let summary = "the next slot, as a part of global memory";
  let arguments = splitWords;
  let results = (outs AnyTensorView:$entry);
  let assemblyFormat = "custom<Split>($id, $split) attr-dict `->` type($entry)";
}
def TallocToAivOp : Pto_AllocSlotOp<"talloc_to_aiv", OnCube>;
def TallocToAicOp : Pto_AllocSlotOp<"talloc_to_aic", OnVector>;

// The same with the pipe as a value.
def InitializeL2lPipeOp : Pto_OutsideOp<"initialize_l2l_pipe"> {
  let summary = "a pipe whose slots lie in memories of cores";
  let arguments = (ins I8Attr:$dir_mask, I32Attr:$slot_size, I32Attr:$slot_num, OptionalAttr<I32Attr>:$flag_base,
                       OptionalAttr<BoolAttr>:$nosplit, AnyType:$local_addr, Optional<AnyType>:$peer_local_addr);
  let results = (outs PipeHandle:$pipe);
  let assemblyFormat = [{
    custom<Slots>($dir_mask, $slot_size, $slot_num, $flag_base, $nosplit)
    `(` $local_addr `:` type($local_addr) (`,` $peer_local_addr^ `:` type($peer_local_addr))? `)` attr-dict
    `->` type($pipe)
  }];
}
def InitializeL2g2lPipeOp : Pto_OutsideOp<"initialize_l2g2l_pipe", [AttrSizedOperandSegments]> {
  let summary = "a pipe whose slots lie in global memory";
  let arguments = (ins I8Attr:$dir_mask, I32Attr:$slot_size, I32Attr:$slot_num, OptionalAttr<I32Attr>:$local_slot_num,
                       OptionalAttr<I32Attr>:$flag_base, OptionalAttr<BoolAttr>:$nosplit, AnyType:$gm_addr,
                       Optional<AnyType>:$local_addr, Optional<AnyType>:$peer_local_addr);
  let results = (outs PipeHandle:$pipe);
  let assemblyFormat = [{
    custom<SlotsInGm>($dir_mask, $slot_size, $slot_num, $local_slot_num, $flag_base, $nosplit)
    `(` $gm_addr `:` type($gm_addr) (`,` $local_addr^ `:` type($local_addr))?
    (`,` $peer_local_addr^ `:` type($peer_local_addr))? `)` attr-dict `->` type($pipe)
  }];
}
def DeclareTileOp : Pto_OutsideOp<"declare_tile"> {
  let summary = "a tile whose memory a slot will be";
  let results = (outs AnyTile:$tile);
  let assemblyFormat = "attr-dict `->` type($tile)";
}
def DeclareGlobalOp : Pto_OutsideOp<"declare_global"> {
  let summary = "a view whose memory a slot will be";
  let results = (outs AnyTensorView:$entry);
  let assemblyFormat = "attr-dict `->` type($entry)";
}
class Pto_SlotOp<string mnemonic, string what> : Pto_OutsideOp<mnemonic> {
  let summary = what;
  let arguments = (ins Entry:$entry, PipeHandle:$pipe, I8Attr:$split);
  let assemblyFormat = [{
    `(` $entry `,` $pipe `:` type($entry) `,` type($pipe) `)` `{` `split` `=` $split `}` attr-dict
  }];
  let hasVerifier = 1;
}
def TpushOp : Pto_SlotOp<"tpush", "puts a tile into the next slot">;
def TpopOp : Pto_SlotOp<"tpop", "the entry is the next slot, until it is freed">;
def TallocOp : Pto_SlotOp<"talloc", "the entry is the next slot, to be filled">;
def TfreeOp : Pto_OutsideOp<"tfree"> {
  // The pipe, at times behind the entry.
  let summary = "gives the slot back";
  let arguments = (ins Variadic<AnyType>:$entryAndPipe, I8Attr:$split);
  let assemblyFormat = "`(` $entryAndPipe `:` type($entryAndPipe) `)` `{` `split` `=` $split `}` attr-dict";
  let hasVerifier = 1;
}
