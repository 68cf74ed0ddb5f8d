// DMA between global memory, UB and L1. Strides of nburst and loop are start-to-start bytes;
// mte_ub_ub and mte_ub_l1 count gaps in 32-byte units. The first loop is the innermost.
include "compiler/dialect/Base.td"

class Pto_BurstOp<string mnemonic, Type sourceType, Type destinationType> : Pto_OutsideOp<mnemonic, [AttrSizedOperandSegments]> {
  let arguments = (ins
    Arg<sourceType, "", [MemRead]>:$source, Arg<destinationType, "", [MemWrite]>:$destination,
    I64:$len_burst, I64:$n_burst, I64:$nburst_src_stride, I64:$nburst_dst_stride,
    Variadic<I64>:$loop_counts, Variadic<I64>:$loop_src_strides, Variadic<I64>:$loop_dst_strides);
  let assemblyFormat = [{
    $source `,` $destination `,` $len_burst
    `nburst` `(` $n_burst `,` $nburst_src_stride `,` $nburst_dst_stride `)`
    (custom<Loops>($loop_counts, $loop_src_strides, $loop_dst_strides)^)?
    attr-dict `:` type($source) `,` type($destination) `,` type($len_burst) `,` type($n_burst) `,`
    type($nburst_src_stride) `,` type($nburst_dst_stride)
    (`,` custom<LoopTypes>(type($loop_counts), type($loop_src_strides), type($loop_dst_strides))^)?
  }];
  let hasVerifier = 1;
}
def MteUbGmOp : Pto_BurstOp<"mte_ub_gm", UbPtr, GmPtr> {
  let summary = "bursts of len_burst bytes from rows of UB, combined with what is there as CTRL says";
}
def MteGmL1Op : Pto_BurstOp<"mte_gm_l1", GmPtr, L1Ptr> { let summary = "bursts of len_burst bytes into rows of L1"; }
def MteL1UbOp : Pto_BurstOp<"mte_l1_ub", L1Ptr, UbPtr> {
  let summary = "bursts of len_burst 32-byte units into UB; the strides are gaps behind them, loops count bytes";
}

def MteGmUbOp : Pto_OutsideOp<"mte_gm_ub", [AttrSizedOperandSegments]> {
  let summary = "bursts of len_burst bytes into rows of UB; each is padded left and right, and filled up to 32 bytes";
  let arguments = (ins
    Arg<GmPtr, "", [MemRead]>:$source, Arg<UbPtr, "", [MemWrite]>:$destination,
    I64:$l2_cache_ctl, I64:$len_burst, I64:$n_burst, I64:$nburst_src_stride, I64:$nburst_dst_stride,
    Variadic<I64>:$loop_counts, Variadic<I64>:$loop_src_strides, Variadic<I64>:$loop_dst_strides,
    Optional<AnyTypeOf<[I8, I16, I32, F16, BF16, F32]>>:$pad_value,
    Optional<I64>:$left_padding_count, Optional<I64>:$right_padding_count);
  let assemblyFormat = [{
    $source `,` $destination `,` $l2_cache_ctl `,` $len_burst
    `nburst` `(` $n_burst `,` $nburst_src_stride `,` $nburst_dst_stride `)`
    (custom<LoopsAndPad>($loop_counts, $loop_src_strides, $loop_dst_strides,
                         $pad_value, $left_padding_count, $right_padding_count)^)?
    attr-dict `:` type($source) `,` type($destination) `,` type($l2_cache_ctl) `,` type($len_burst) `,`
    type($n_burst) `,` type($nburst_src_stride) `,` type($nburst_dst_stride)
    (`,` custom<LoopAndPadTypes>(type($loop_counts), type($loop_src_strides), type($loop_dst_strides),
                                 type($pad_value), type($left_padding_count), type($right_padding_count))^)?
  }];
  let hasVerifier = 1;
}

class Pto_GapBurstOp<string mnemonic, Type destinationType> : Pto_OutsideOp<mnemonic> {
  let summary = "bursts of len_burst 32-byte units; the strides are gaps behind a burst, in such units";
  let arguments = (ins
    Arg<UbPtr, "", [MemRead]>:$source, Arg<destinationType, "", [MemWrite]>:$destination,
    I64:$n_burst, I64:$len_burst, I64:$src_stride, I64:$dst_stride);
  let assemblyFormat = [{
    $source `,` $destination `,` $len_burst `nburst` `(` $n_burst `,` $src_stride `,` $dst_stride `)`
    attr-dict `:` type($source) `,` type($destination) `,` type($n_burst) `,` type($len_burst) `,`
    type($src_stride) `,` type($dst_stride)
  }];
  let hasVerifier = 1;
}
def MteUbUbOp : Pto_GapBurstOp<"mte_ub_ub", UbPtr>;
def MteUbL1Op : Pto_GapBurstOp<"mte_ub_l1", L1Ptr>;

// The older form: the loops are set up in registers before the copy, which then takes them all as integers.
def CopyGmToUbufOp : Pto_OutsideOp<"copy_gm_to_ubuf"> {
  let summary = "as mte_gm_ub, with loops and pad value from registers";
  let arguments = (ins
    Arg<GmPtr, "", [MemRead]>:$source, Arg<UbPtr, "", [MemWrite]>:$destination,
    I64:$sid, I64:$n_burst, I64:$len_burst, I64:$left_padding_count, I64:$right_padding_count,
    I1:$data_select_bit, I64:$l2_cache_ctl, I64:$gm_stride, I64:$ub_stride);
  let assemblyFormat = "operands attr-dict `:` type(operands)";
  let hasVerifier = 1;
}
def CopyUbufToGmOp : Pto_OutsideOp<"copy_ubuf_to_gm"> {
  let summary = "as mte_ub_gm, with loops from registers";
  let arguments = (ins
    Arg<UbPtr, "", [MemRead]>:$source, Arg<GmPtr, "", [MemWrite]>:$destination,
    I64:$sid, I64:$n_burst, I64:$len_burst, I64:$reserved, I64:$burst_dst_stride, I64:$burst_src_stride);
  let assemblyFormat = "operands attr-dict `:` type(operands)";
  let hasVerifier = 1;
}
def CopyGmToCbufOp : Pto_OutsideOp<"copy_gm_to_cbuf"> {
  let summary = "as mte_gm_l1, without loops";
  let arguments = (ins
    Arg<GmPtr, "", [MemRead]>:$source, Arg<L1Ptr, "", [MemWrite]>:$destination,
    I64:$n_burst, I64:$len_burst, I64:$src_stride, I64:$dst_stride);
  let assemblyFormat = "operands attr-dict `:` type(operands)";
  let hasVerifier = 1;
}
class Pto_OldCopyOp<string mnemonic, Type sourceType, Type destinationType> : Pto_OutsideOp<mnemonic> {
  let summary = "bursts of len_burst 32-byte units; the strides are gaps behind a burst, in such units";
  let arguments = (ins
    Arg<sourceType, "", [MemRead]>:$source, Arg<destinationType, "", [MemWrite]>:$destination,
    I64:$sid, I64:$n_burst, I64:$len_burst, I64:$src_stride, I64:$dst_stride);
  let assemblyFormat = "operands attr-dict `:` type(operands)";
  let hasVerifier = 1;
}
def CopyUbufToUbufOp : Pto_OldCopyOp<"copy_ubuf_to_ubuf", UbPtr, UbPtr>;
def CopyCbufToUbufOp : Pto_OldCopyOp<"copy_cbuf_to_ubuf", L1Ptr, UbPtr>;
def CopyUbufToCbufOp : Pto_OldCopyOp<"copy_ubuf_to_cbuf", UbPtr, L1Ptr>;

class Pto_PairConfigOp<string mnemonic> : Pto_OutsideOp<mnemonic> {
  let summary = "sets one of the registers that the older copies take their loops from";
  let arguments = (ins I64:$first, I64:$second);
  let assemblyFormat = "$first `,` $second attr-dict `:` type($first) `,` type($second)";
}
def SetLoop1StrideOutToUbOp : Pto_PairConfigOp<"set_loop1_stride_outtoub">;
def SetLoop2StrideOutToUbOp : Pto_PairConfigOp<"set_loop2_stride_outtoub">;
def SetLoopSizeOutToUbOp : Pto_PairConfigOp<"set_loop_size_outtoub">;
def SetLoop1StrideUbToOutOp : Pto_PairConfigOp<"set_loop1_stride_ubtoout">;
def SetLoop2StrideUbToOutOp : Pto_PairConfigOp<"set_loop2_stride_ubtoout">;
def SetLoopSizeUbToOutOp : Pto_PairConfigOp<"set_loop_size_ubtoout">;

def SetMovPadValOp : Pto_OutsideOp<"set_mov_pad_val"> {
  let summary = "sets the pad value of copy_gm_to_ubuf";
  let arguments = (ins AnyTypeOf<[I8, I16, I32, F16, BF16, F32]>:$value);
  let assemblyFormat = "$value attr-dict `:` type($value)";
}
