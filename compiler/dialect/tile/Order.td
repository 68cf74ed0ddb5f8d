// Order between pipes by the operations on them, between cores, and of what is cached.
include "compiler/dialect/tile/Base.td"

class Pto_EventOp<string mnemonic> : Pto_OutsideOp<mnemonic> {
  let summary = "the second operation's pipe goes on when the first one's has come so far";
  let arguments = (ins PipeEventTypeAttr:$src_op, PipeEventTypeAttr:$dst_op, EventAttr:$event_id);
  let assemblyFormat = [{
    `` `[` custom<EventType>($src_op) `,` custom<EventType>($dst_op) `,` custom<Event>($event_id) `]` attr-dict
  }];
}
def RecordEventOp : Pto_EventOp<"record_event">;
def WaitEventOp : Pto_EventOp<"wait_event">;
def BarrierSyncOp : Pto_OutsideOp<"barrier_sync"> {
  let summary = "what that operation's pipe was given before is done before what it is given after";
  let arguments = (ins PipeEventTypeAttr:$op_type);
  let assemblyFormat = "`[` custom<EventType>($op_type) `]` attr-dict";
}
def TsyncOp : Pto_OutsideOp<"tsync"> {
  let summary = "what was done to those tiles is done";
  let arguments = (ins Variadic<AnyType>:$events);
  let assemblyFormat = "`ins` `(` $events `:` type($events) `)` attr-dict";
}

def SyncAllOp : Pto_OutsideOp<"syncall"> {
  let summary = "all cores of a kind meet; soft through global memory, where each needs a workspace";
  let arguments = (ins Variadic<AnyType>:$workspaces, SyncAllModeAttr:$mode, SyncCoreTypeAttr:$core_type);
  let assemblyFormat = [{
    `(` ($workspaces^ `:` type($workspaces))? `)` `mode` `=` $mode `,` `core_type` `=` $core_type attr-dict
  }];
  let hasVerifier = 1;
}
def SetFftsOp : Pto_OutsideOp<"set_ffts"> {
  let summary = "where the signals between cores lie";
  let arguments = (ins AnyTypeOf<[AnyPtr, AnyMemRef], "pointer or memref">:$address);
  let assemblyFormat = "$address attr-dict `:` type($address)";
}
def FenceBarrierAllOp : Pto_OutsideOp<"fence.barrier_all"> {
  let summary = "what was written is seen that far, before anything after it";
  let arguments = (ins FenceScopeAttr:$scope);
  let assemblyFormat = "$scope attr-dict";
}
def CmoCacheInvalidOp : Pto_OutsideOp<"cmo.cacheinvalid"> {
  let summary = "what is cached of global memory, or of the line at the address, is read anew";
  let arguments = (ins Optional<AnyTypeOf<[AnyPtr, AnyPartition], "pointer or part of a view">>:$address,
                       OptionalAttr<AddressSpaceAttr>:$space);
  let assemblyFormat = [{
    (`all` $space^) : ($address `single_cache_line` `:` type($address))? attr-dict
  }];
  let hasVerifier = 1;
}
def TrapOp : Pto_OutsideOp<"trap"> {
  let summary = "ends the kernel in error";
  let assemblyFormat = "attr-dict";
}

// Numbers of events, where a loop takes one after the other.
def EventIdArray : Type<CPred<"::llvm::isa<::pto::ir::EventIdArrayType>($_self)">, "!pto.eventid_array">;
def DeclareEventIdArrayOp : Pto_OutsideOp<"declare_eventid_array"> {
  let summary = "numbers of events, not set yet";
  let results = (outs EventIdArray:$array);
  let assemblyFormat = "attr-dict `->` type($array)";
}
def EventIdArrayGetOp : Pto_OutsideOp<"eventid_array_get"> {
  let summary = "result = array[index]";
  let arguments = (ins EventIdArray:$array, Index:$index);
  let results = (outs Index:$result);
  let assemblyFormat = "$array `[` $index `]` attr-dict `:` type($array)";
}
def EventIdArraySetOp : Pto_OutsideOp<"eventid_array_set"> {
  let summary = "array[index] = value";
  let arguments = (ins EventIdArray:$array, Index:$index, Index:$value);
  let assemblyFormat = "$array `[` $index `]` `,` $value attr-dict `:` type($array)";
}

// Numbers of the scalar unit in arrays and structures.
def LocalArray : Type<CPred<"::llvm::isa<::pto::ir::LocalArrayType>($_self)">, "!pto.local_array">;
def DeclareLocalArrayOp : Pto_Op<"declare_local_array"> {
  let summary = "numbers of the scalar unit, not set yet";
  let results = (outs LocalArray:$array);
  let assemblyFormat = "attr-dict `->` type($array)";
}
def LocalArrayGetOp : Pto_Op<"local_array_get"> {
  let summary = "value = array[indices]";
  let arguments = (ins LocalArray:$array, Variadic<Index>:$indices);
  let results = (outs TileScalar:$value);
  let assemblyFormat = "$array `[` $indices `]` attr-dict `:` type($array) `->` type($value)";
  let hasVerifier = 1;
}
def LocalArraySetOp : Pto_Op<"local_array_set"> {
  let summary = "array[indices] = value";
  let arguments = (ins LocalArray:$array, Variadic<Index>:$indices, TileScalar:$value);
  let assemblyFormat = "$array `[` $indices `]` `,` $value attr-dict `:` type($array) `,` type($value)";
  let hasVerifier = 1;
}
def Structure : Type<CPred<"::llvm::isa<::pto::ir::StructType>($_self)">, "!pto.struct">;
def DeclareStructOp : Pto_Op<"declare_struct"> {
  let summary = "numbers of several types, not set yet";
  let results = (outs Structure:$structure);
  let assemblyFormat = "attr-dict `->` type($structure)";
}
def StructGetOp : Pto_Op<"struct_get"> {
  let summary = "value = the field of structure that the path leads to";
  let arguments = (ins Structure:$structure, DenseI64ArrayAttr:$path);
  let results = (outs TileScalar:$value);
  let assemblyFormat = "$structure `` $path attr-dict `:` type($structure) `->` type($value)";
  let hasVerifier = 1;
}
def StructSetOp : Pto_Op<"struct_set"> {
  let summary = "the field of structure that the path leads to = value";
  let arguments = (ins Structure:$structure, DenseI64ArrayAttr:$path, TileScalar:$value);
  let assemblyFormat = "$structure `` $path `,` $value attr-dict `:` type($structure) `,` type($value)";
  let hasVerifier = 1;
}
