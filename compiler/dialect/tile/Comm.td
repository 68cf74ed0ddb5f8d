// Between devices: single transfers, signals, collectives, and transfers that go on beside the kernel.
include "compiler/dialect/tile/Base.td"

def Remote : AnyTypeOf<[AnyPartition, AnyMemRef], "part of a view">;
def Session : Type<CPred<"::llvm::isa<::pto::ir::AsyncSessionType>($_self)">, "!pto.async_session">;
def AsyncEvent : Type<CPred<"::llvm::isa<::pto::ir::AsyncEventType>($_self)">, "!pto.async_event">;
def PrefetchContext
    : Type<CPred<"::llvm::isa<::pto::ir::PrefetchAsyncContextType>($_self)">, "!pto.prefetch_async_context">;

class Pto_TransferBetweenOp<string mnemonic, string what, dag words = (ins)>
    : Pto_OutsideOp<"comm." # mnemonic> {
  let summary = what;
  let arguments = !con((ins Remote:$dst, Remote:$src, AnyTile:$ping, Optional<AnyTile>:$pong), words);
  let assemblyFormat = [{
    `(` $dst `,` $src `,` `buf` `(` $ping (`,` $pong^)? `)` `:` type($dst) `,` type($src) `,` type($ping)
    (`,` type($pong)^)? `)` attr-dict
  }];
}
def CommTputOp : Pto_TransferBetweenOp<"tput", "the other device's part = this one's, through tiles",
                                       (ins OptionalAttr<AtomicTypeAttr>:$atomicType)>;
def CommTgetOp : Pto_TransferBetweenOp<"tget", "this device's part = the other one's, through tiles">;

class Pto_SignalBetweenOp<string mnemonic, string what, dag words> : Pto_OutsideOp<"comm." # mnemonic> {
  let summary = what;
  let arguments = !con((ins Remote:$signal, SignlessScalar:$value), words);
  let assemblyFormat = "`(` $signal `,` $value `:` type($signal) `,` type($value) `)` attr-dict";
}
def CommTnotifyOp : Pto_SignalBetweenOp<"tnotify", "sets a signal, or adds to it", (ins NotifyOpAttr:$notifyOp)>;
def CommTwaitOp : Pto_SignalBetweenOp<"twait", "waits until the signal compares so", (ins WaitCmpAttr:$cmp)>;
def CommTtestOp : Pto_SignalBetweenOp<"ttest", "whether the signal compares so", (ins WaitCmpAttr:$cmp)> {
  let results = (outs I1:$result);
  let assemblyFormat = [{
    `(` $signal `,` $value `:` type($signal) `,` type($value) `)` attr-dict `->` type($result)
  }];
}

// One view of this device, tiles to receive in, and a view of each of the group.
class Pto_CollectiveOp<string mnemonic, string what, dag words = (ins)>
    : Pto_OutsideOp<"comm." # mnemonic, [AttrSizedOperandSegments]> {
  let summary = what;
  let arguments = !con((ins Variadic<AnyType>:$own, Variadic<AnyTile>:$recv, Variadic<Remote>:$group), words,
                       (ins I32Attr:$root));
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}
def CommTbroadcastOp : Pto_CollectiveOp<"tbroadcast", "every view of the group = the root's">;
def CommTgatherOp : Pto_CollectiveOp<"tgather", "the root's view = those of the group, one after the other">;
def CommTscatterOp : Pto_CollectiveOp<"tscatter", "the views of the group = the parts of the root's">;
def CommTreduceOp : Pto_CollectiveOp<"treduce", "the root's view = the sum, or the like, of those of the group",
                                     (ins ReduceOpAttr:$reduceOp)>;

// Those without comm. are the older names.
class Pto_BuildAsyncSessionOp<string mnemonic> : Pto_OutsideOp<mnemonic> {
  let summary = "opens a session of transfers";
  let arguments = (ins AnyTile:$scratch, AnyTypeOf<[AnyPtr, AnyMemRef], "pointer or memref">:$workspace,
                       OptionalAttr<I32Attr>:$sync_id, OptionalAttr<I64Attr>:$block_bytes,
                       OptionalAttr<I64Attr>:$comm_block_offset, OptionalAttr<I32Attr>:$queue_num,
                       OptionalAttr<I64Attr>:$channel_group_idx);
  let results = (outs Session:$session);
  let assemblyFormat = [{
    `(` $scratch `,` $workspace `:` type($scratch) `,` type($workspace) `)` attr-dict `->` type($session)
  }];
}
def CommBuildAsyncSessionOp : Pto_BuildAsyncSessionOp<"comm.build_async_session">;
def BuildAsyncSessionOp : Pto_BuildAsyncSessionOp<"build_async_session">;
class Pto_AsyncTransferOp<string mnemonic, string what> : Pto_OutsideOp<mnemonic> {
  let summary = what;
  let arguments = (ins Remote:$dst, Remote:$src, Session:$session);
  let results = (outs AsyncEvent:$event);
  let assemblyFormat = [{
    `(` $dst `,` $src `,` $session `:` type($dst) `,` type($src) `,` type($session) `)` attr-dict `->` type($event)
  }];
}
def CommTputAsyncOp : Pto_AsyncTransferOp<"comm.tput_async", "begins: the other device's part = this one's">;
def TputAsyncOp : Pto_AsyncTransferOp<"tput_async", "begins: the other device's part = this one's">;
def CommTgetAsyncOp : Pto_AsyncTransferOp<"comm.tget_async", "begins: this device's part = the other one's">;
def TgetAsyncOp : Pto_AsyncTransferOp<"tget_async", "begins: this device's part = the other one's">;
class Pto_AsyncEndOp<string mnemonic, string what> : Pto_OutsideOp<mnemonic> {
  let summary = what;
  let arguments = (ins AsyncEvent:$event, Session:$session);
  let results = (outs I1:$completed);
  let assemblyFormat = [{
    `(` $event `,` $session `:` type($event) `,` type($session) `)` attr-dict `->` type($completed)
  }];
}
def CommWaitAsyncEventOp : Pto_AsyncEndOp<"comm.wait_async_event", "waits for the end of a transfer">;
def WaitAsyncEventOp : Pto_AsyncEndOp<"wait_async_event", "waits for the end of a transfer">;
def CommTestAsyncEventOp : Pto_AsyncEndOp<"comm.test_async_event", "whether a transfer has ended">;
def TestAsyncEventOp : Pto_AsyncEndOp<"test_async_event", "whether a transfer has ended">;

def MakePrefetchAsyncContextOp : Pto_OutsideOp<"make_prefetch_async_context"> {
  let summary = "what prefetches share";
  let arguments = (ins AnyTypeOf<[AnyPtr, AnyMemRef], "pointer or memref">:$workspace);
  let results = (outs PrefetchContext:$context);
  let assemblyFormat = "`(` $workspace `:` type($workspace) `)` attr-dict `->` type($context)";
}
def GetPrefetchAsyncSessionOp : Pto_OutsideOp<"get_prefetch_async_session"> {
  let summary = "the session of prefetches";
  let arguments = (ins PrefetchContext:$context);
  let results = (outs Session:$session);
  let assemblyFormat = "$context attr-dict `:` type($context) `->` type($session)";
}
def TprefetchAsyncOp : Pto_OutsideOp<"tprefetch_async"> {
  let summary = "begins: the part of the view will be read soon";
  let arguments = (ins Remote:$src, PrefetchContext:$context);
  let results = (outs AsyncEvent:$event);
  let assemblyFormat = "`(` $src `,` $context `:` type($src) `,` type($context) `)` attr-dict `->` type($event)";
}
