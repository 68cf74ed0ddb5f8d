// Order between pipes: flags, barriers, memory barriers, buffer tokens, signals between cores.
include "compiler/dialect/Base.td"

class Pto_FlagOp<string mnemonic> : Pto_OutsideOp<mnemonic> {
  let arguments = (ins PipeAttr:$src_pipe, PipeAttr:$dst_pipe, EventAttr:$event_id);
  let assemblyFormat = [{
    `` `[` custom<Pipe>($src_pipe) `,` custom<Pipe>($dst_pipe) `,` custom<Event>($event_id) `]` attr-dict
  }];
  let hasVerifier = 1;
}
def SetFlagOp : Pto_FlagOp<"set_flag">;
def WaitFlagOp : Pto_FlagOp<"wait_flag">;

class Pto_DynamicFlagOp<string mnemonic> : Pto_OutsideOp<mnemonic> {
  let arguments = (ins PipeAttr:$src_pipe, PipeAttr:$dst_pipe, Index:$event_id);
  let assemblyFormat = [{
    `` `[` custom<Pipe>($src_pipe) `,` custom<Pipe>($dst_pipe) `,` $event_id `]` attr-dict
  }];
  let hasVerifier = 1;
}
def SetFlagDynOp : Pto_DynamicFlagOp<"set_flag_dyn">;
def WaitFlagDynOp : Pto_DynamicFlagOp<"wait_flag_dyn">;

def BarrierOp : Pto_OutsideOp<"barrier"> {
  let summary = "what the pipe was given before is done before what it is given after";
  let arguments = (ins PipeAttr:$pipe);
  let assemblyFormat = "custom<Pipe>($pipe) attr-dict";
}

def MemBarOp : Pto_Op<"mem_bar"> {
  let summary = "orders accesses to UB inside a vector scope, where the hardware tracks no aliasing";
  let arguments = (ins MemBarAttr:$kind);
  let assemblyFormat = "custom<MemBar>($kind) attr-dict";
}

class Pto_BufferTokenOp<string mnemonic> : Pto_OutsideOp<mnemonic> {
  let arguments = (ins PipeAttr:$op_type, I32Attr:$buf_id, DefaultValuedAttr<I32Attr, "0">:$mode);
  let assemblyFormat = "custom<BufferToken>($op_type, $buf_id, $mode) attr-dict";
  let hasVerifier = 1;
}
def GetBufOp : Pto_BufferTokenOp<"get_buf">;
def RlsBufOp : Pto_BufferTokenOp<"rls_buf">;

// Signals between the cores of a cluster, and between clusters: sync.set and sync.wait are the older spelling.
class Pto_SignalOp<string mnemonic, dag more = (ins)> : Pto_OutsideOp<mnemonic> {
  let arguments = !con((ins PipeAttr:$pipe, OptionalAttr<I32Attr>:$event_id), more, (ins Optional<Index>:$event_id_dyn));
  let assemblyFormat = "custom<Pipe>($pipe) `,` custom<EventNumber>($event_id, $event_id_dyn) attr-dict";
  let hasVerifier = 1;
}
def SyncSetOp : Pto_SignalOp<"sync.set", (ins OptionalAttr<I32Attr>:$ffts_mode)>;
def SyncWaitOp : Pto_SignalOp<"sync.wait">;
def SetIntraBlockOp : Pto_SignalOp<"set_intra_block">;
def WaitIntraBlockOp : Pto_SignalOp<"wait_intra_block">;
def SetCrossBlockOp : Pto_SignalOp<"set_cross_block">;
def WaitCrossBlockOp : Pto_SignalOp<"wait_cross_block">;
