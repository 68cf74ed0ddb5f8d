// SIMT: the launch of a function by many threads, what a thread asks of its launch, and what the threads of a warp do
// together.
include "compiler/dialect/Base.td"
include "compiler/dialect/SimtBase.td"

def SimtLaunchOp : Pto_OutsideOp<"simt_launch", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "runs a SIMT entry with x * y * z threads";
  let arguments = (ins FlatSymbolRefAttr:$callee, I32:$dim_x, I32:$dim_y, I32:$dim_z, Variadic<AnyType>:$arguments);
  let assemblyFormat = [{
    $callee `<` `<` `<` $dim_x `,` $dim_y `,` $dim_z `>` `>` `>` `` `(` $arguments `)` attr-dict
    `:` functional-type($arguments, results)
  }];
  let hasVerifier = 1;
}
def StoreVfsimtInfoOp : Pto_OutsideOp<"store_vfsimt_info"> {
  let summary = "the threads of the SIMT entries that func.call runs after it";
  let arguments = (ins I32:$dim_z, I32:$dim_y, I32:$dim_x);
  let assemblyFormat = [{
    $dim_z `,` $dim_y `,` $dim_x attr-dict `:` type($dim_z) `,` type($dim_y) `,` type($dim_x)
  }];
  let hasVerifier = 1;
}

class Pto_ThreadOp<string mnemonic, list<Trait> traits = []> : Pto_Op<mnemonic, !listconcat([InSimt], traits)>;

// Queries.
class Pto_ThreadQueryOp<string mnemonic, Type type = I32, list<Trait> traits = [Pure]>
    : Pto_ThreadOp<mnemonic, traits> {
  let results = (outs type:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}
def GetTidXOp : Pto_ThreadQueryOp<"get_tid_x"> { let summary = "the thread's x in the launch"; }
def GetTidYOp : Pto_ThreadQueryOp<"get_tid_y"> { let summary = "the thread's y in the launch"; }
def GetTidZOp : Pto_ThreadQueryOp<"get_tid_z"> { let summary = "the thread's z in the launch"; }
def GetBlockDimXOp : Pto_ThreadQueryOp<"get_block_dim_x"> { let summary = "how many threads the launch has along x"; }
def GetBlockDimYOp : Pto_ThreadQueryOp<"get_block_dim_y"> { let summary = "how many threads the launch has along y"; }
def GetBlockDimZOp : Pto_ThreadQueryOp<"get_block_dim_z"> { let summary = "how many threads the launch has along z"; }
def GetGridDimXOp : Pto_ThreadQueryOp<"get_grid_dim_x"> { let summary = "the grid's size along x"; }
def GetGridDimYOp : Pto_ThreadQueryOp<"get_grid_dim_y"> { let summary = "the grid's size along y"; }
def GetGridDimZOp : Pto_ThreadQueryOp<"get_grid_dim_z"> { let summary = "the grid's size along z"; }
def GetBlockIdxXOp : Pto_ThreadQueryOp<"get_block_idx_x"> { let summary = "the block's x in the grid"; }
def GetBlockIdxYOp : Pto_ThreadQueryOp<"get_block_idx_y"> { let summary = "the block's y in the grid"; }
def GetBlockIdxZOp : Pto_ThreadQueryOp<"get_block_idx_z"> { let summary = "the block's z in the grid"; }
def GetVeccoreidOp : Pto_ThreadQueryOp<"get_veccoreid"> { let summary = "the number of the vector core"; }
def GetLaneidOp : Pto_ThreadQueryOp<"get_laneid"> { let summary = "the number of this thread in its warp of 32"; }
def GetLanemaskEqOp : Pto_ThreadQueryOp<"get_lanemask_eq"> {
  let summary = "a bit for each lane of the warp that has the same number";
}
def GetLanemaskLeOp : Pto_ThreadQueryOp<"get_lanemask_le"> {
  let summary = "a bit for each lane of the warp that has its number or a lower one";
}
def GetLanemaskLtOp : Pto_ThreadQueryOp<"get_lanemask_lt"> {
  let summary = "a bit for each lane of the warp that has a lower number";
}
def GetLanemaskGeOp : Pto_ThreadQueryOp<"get_lanemask_ge"> {
  let summary = "a bit for each lane of the warp that has its number or a higher one";
}
def GetLanemaskGtOp : Pto_ThreadQueryOp<"get_lanemask_gt"> {
  let summary = "a bit for each lane of the warp that has a higher number";
}
// A clock goes on between reads: not pure.
def GetClock32Op : Pto_ThreadQueryOp<"get_clock32", I32, []> { let summary = "a clock, in cycles"; }
def GetClock64Op : Pto_ThreadQueryOp<"get_clock64", I64, []> { let summary = "a clock, in cycles"; }

// What the active lanes of a warp do together. Which lanes those are depends on the place: not pure.
class Pto_VoteOp<string mnemonic, Type type = I1> : Pto_ThreadOp<mnemonic> {
  let arguments = (ins I1:$predicate);
  let results = (outs type:$result);
  let assemblyFormat = "$predicate attr-dict `:` type($predicate) `->` type($result)";
}
def VoteAllOp : Pto_VoteOp<"vote_all"> { let summary = "whether predicate holds in all active lanes"; }
def VoteAnyOp : Pto_VoteOp<"vote_any"> { let summary = "whether predicate holds in an active lane"; }
def VoteUniOp : Pto_VoteOp<"vote_uni"> { let summary = "whether predicate is the same in all active lanes"; }
def VoteBallotOp : Pto_VoteOp<"vote_ballot", I32> { let summary = "bit i = predicate of lane i, where it is active"; }

def ShuffleValue : AnyTypeOf<[I32, I64, F16, F32, F16x2], "i32, i64, f16, f32 or vector<2xf16>">;
class Pto_ShuffleOp<string mnemonic> : Pto_ThreadOp<mnemonic, [AllTypesMatch<["value", "result"]>]> {
  let arguments = (ins ShuffleValue:$value, I32:$control, DefaultValuedAttr<I32Attr, "32">:$width);
  let results = (outs ShuffleValue:$result);
  let assemblyFormat = "$value `,` $control attr-dict `:` type($value) `,` type($control) `->` type($result)";
  let hasVerifier = 1;
}
def ShuffleIdxOp : Pto_ShuffleOp<"shuffle_idx"> {
  let summary = "result = value of lane control of its group of width lanes";
}
def ShuffleUpOp : Pto_ShuffleOp<"shuffle_up"> {
  let summary = "result = value of the lane control below, its own where the group begins";
}
def ShuffleDownOp : Pto_ShuffleOp<"shuffle_down"> {
  let summary = "result = value of the lane control above, its own where the group ends";
}
def ShuffleBflyOp : Pto_ShuffleOp<"shuffle_bfly"> {
  let summary = "result = value of the lane whose number differs in the bits of control";
}

def ReduxValue : AnyTypeOf<[I32, F16, F32], "i32, f16 or f32">;
class Pto_ReduxOp<string mnemonic>
    : Pto_ThreadOp<mnemonic, [AllTypesMatch<["value", "result"]>, OneOf<"signedness">]> {
  let arguments = (ins ReduxValue:$value, OptionalAttr<StrAttr>:$signedness);
  let results = (outs ReduxValue:$result);
  let assemblyFormat = "$value `` custom<Signedness>($signedness) attr-dict `:` type($value) `->` type($result)";
  let hasVerifier = 1;
}
def ReduxAddOp : Pto_ReduxOp<"redux_add"> { let summary = "result = the sum over the active lanes, neighbours first"; }
def ReduxMaxOp : Pto_ReduxOp<"redux_max"> { let summary = "result = the largest of the active lanes; a NaN wins"; }
def ReduxMinOp : Pto_ReduxOp<"redux_min"> { let summary = "result = the smallest of the active lanes; a NaN wins"; }

// Barriers and fences.
class Pto_ThreadBarrierOp<string mnemonic> : Pto_ThreadOp<mnemonic> {
  let assemblyFormat = "attr-dict";
}
def SyncthreadsOp : Pto_ThreadBarrierOp<"syncthreads"> { let summary = "a place that all threads reach before any goes on"; }
def ThreadfenceOp : Pto_ThreadBarrierOp<"threadfence"> {
  let summary = "the thread's accesses before are done, for all blocks, before those after it";
}
def ThreadfenceBlockOp : Pto_ThreadBarrierOp<"threadfence_block"> {
  let summary = "the thread's accesses before are done, for its block, before those after it";
}

// A thread's register from one launch to the next.
def KeptValue : Type<CPred<"::pto::ir::isKept($_self)">, "a signless integer of up to 64 bits, f16, bf16 or f32">;
def KeepOp : Pto_ThreadOp<"keep"> {
  let summary = "puts payload into a register of the thread that lasts until the next launch";
  let arguments = (ins KeptValue:$payload, I64Attr:$slot);
  let assemblyFormat = "$payload attr-dict `:` type($payload)";
  let hasVerifier = 1;
}
def ResumeOp : Pto_ThreadOp<"resume"> {
  let summary = "what keep has put into that register";
  let arguments = (ins I64Attr:$slot);
  let results = (outs KeptValue:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
  let hasVerifier = 1;
}
