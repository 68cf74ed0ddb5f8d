// Order between pipes: flags, barriers, memory barriers, buffer tokens, signals between cores.
include "compiler/dialect/Base.td"

class Pto_FlagOp<string mnemonic> : Pto_OutsideOp<mnemonic> {
  let arguments = (ins PipeAttr:$src_pipe, PipeAttr:$dst_pipe, EventAttr:$event_id);
  let assemblyFormat = [{
    `` `[` custom<Pipe>($src_pipe) `,` custom<Pipe>($dst_pipe) `,` custom<Event>($event_id) `]` attr-dict
  }];
  let hasVerifier = 1;
}
def SetFlagOp : Pto_FlagOp<"set_flag"> {
  let summary = "sets a flag for dst_pipe once src_pipe has done what it was given";
}
def WaitFlagOp : Pto_FlagOp<"wait_flag"> {
  let summary = "dst_pipe goes on when src_pipe has set the flag, and takes it down";
}

class Pto_DynamicFlagOp<string mnemonic> : Pto_OutsideOp<mnemonic> {
  let arguments = (ins PipeAttr:$src_pipe, PipeAttr:$dst_pipe, Index:$event_id);
  let assemblyFormat = [{
    `` `[` custom<Pipe>($src_pipe) `,` custom<Pipe>($dst_pipe) `,` $event_id `]` attr-dict
  }];
  let hasVerifier = 1;
}
def SetFlagDynOp : Pto_DynamicFlagOp<"set_flag_dyn"> {
  let summary = "set_flag with the number of the event in a register";
}
def WaitFlagDynOp : Pto_DynamicFlagOp<"wait_flag_dyn"> {
  let summary = "wait_flag with the number of the event in a register";
}

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
def GetBufOp : Pto_BufferTokenOp<"get_buf"> { let summary = "the pipe waits until the buffer is free, and takes it"; }
def RlsBufOp : Pto_BufferTokenOp<"rls_buf"> {
  let summary = "the pipe gives the buffer back when it has done what it was given";
}

// Signals between the cores of a cluster, and between clusters: sync.set and sync.wait are the older spelling.
class Pto_SignalOp<string mnemonic, dag more = (ins)> : Pto_OutsideOp<mnemonic> {
  let arguments = !con((ins PipeAttr:$pipe, OptionalAttr<I32Attr>:$event_id), more, (ins Optional<Index>:$event_id_dyn));
  let assemblyFormat = "custom<Pipe>($pipe) `,` custom<EventNumber>($event_id, $event_id_dyn) attr-dict";
  let hasVerifier = 1;
}
def SyncSetOp : Pto_SignalOp<"sync.set", (ins OptionalAttr<I32Attr>:$ffts_mode)> {
  let summary = "the older spelling of set_intra_block";
}
def SyncWaitOp : Pto_SignalOp<"sync.wait"> { let summary = "the older spelling of wait_intra_block"; }
def SetIntraBlockOp : Pto_SignalOp<"set_intra_block"> {
  let summary = "the pipe raises a counter of another core of the cluster when it has done what it was given";
}
def WaitIntraBlockOp : Pto_SignalOp<"wait_intra_block"> {
  let summary = "the pipe waits for a counter of this core, and lowers it";
}
def SetCrossBlockOp : Pto_SignalOp<"set_cross_block"> { let summary = "the pipe signals the cores of all clusters"; }
def WaitCrossBlockOp : Pto_SignalOp<"wait_cross_block"> {
  let summary = "the pipe waits for the signal of all clusters";
}
