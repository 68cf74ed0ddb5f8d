// What takes a product out of L0C: quantized, rectified, clipped, rounded, and laid out anew on the way.
include "compiler/dialect/Base.td"

class Pto_FixpipeOp<string mnemonic, Type destination, dag more, string moreForm, string moreTypes, dag moreClauses = (ins),
                    string clauses = "NoAtomic", list<Trait> traits = []>
    : Pto_OutsideOp<mnemonic, !listconcat(traits, [AttrSizedOperandSegments, OneOf<"fixpipeUnitFlags">,
        OneOf<"fixpipeLayouts">, OneOf<"fixpipeSaturations">, OneOf<"fixpipeRelus">, OneOf<"fixpipeQuantizations">])> {
  let summary = "m by n elements of L0C: scaled or quantized, rectified, clipped, rounded and laid out anew";
  let arguments = !con(
    (ins Arg<L0cPtr, "", [MemRead]>:$source, Arg<destination, "", [MemWrite]>:$destination,
         I64:$m, I64:$n, I64:$src_stride, I64:$dst_stride),
    more,
    (ins Optional<AnyTypeOf<[F16, BF16, F32, FbPtr]>>:$pre_quant, Optional<AnyTypeOf<[F16, BF16, F32, FbPtr]>>:$pre_relu,
         Optional<AnyTypeOf<[F16, AnyInteger]>>:$clip, Optional<I64>:$layout_operand,
         Optional<I64>:$loop3_count, Optional<I64>:$loop3_src_stride, Optional<I64>:$loop3_dst_stride,
         OptionalAttr<StrAttr>:$unit_flag, OptionalAttr<StrAttr>:$pre_quant_mode, OptionalAttr<StrAttr>:$pre_relu_mode,
         OptionalAttr<StrAttr>:$layout, OptionalAttr<StrAttr>:$saturation),
    moreClauses);
  defvar optional = "$pre_quant, $pre_relu, $clip, $layout_operand, $loop3_count, $loop3_src_stride, $loop3_dst_stride";
  let assemblyFormat = "$source `,` $destination `,` $m `,` $n `,` $src_stride `,` $dst_stride" # moreForm
    # " `` custom<FixpipeClauses>(" # optional # ", $unit_flag, $pre_quant_mode, $pre_relu_mode, $layout, $saturation"
    # !if(!eq(clauses, "Atomic"), ", $atomic_type, $atomic_op", "") # ")"
    # " attr-dict `:` type($source) `,` type($destination) `,` type($m) `,` type($n) `,` type($src_stride) `,` "
    # "type($dst_stride)" # moreTypes
    # " `` custom<FixpipeTypes>(ref($pre_quant), type($pre_quant), ref($pre_relu), type($pre_relu), ref($clip), type($clip), "
    # "ref($layout_operand), ref($loop3_count))";
  let hasVerifier = 1;
}

def MteL0cL1Op : Pto_FixpipeOp<"mte_l0c_l1", L1Ptr, (ins), "", "">;

// The last two operands are hints to the path into memory.
def MteL0cGmOp
    : Pto_FixpipeOp<"mte_l0c_gm", GmPtr, (ins I64:$sid, I64:$l2_cache_ctrl), " `,` $sid `,` $l2_cache_ctrl",
                    " `,` type($sid) `,` type($l2_cache_ctrl)",
                    (ins OptionalAttr<StrAttr>:$atomic_type, OptionalAttr<StrAttr>:$atomic_op), "Atomic",
                    [OneOf<"atomicTypes">, OneOf<"atomicOperations">]>;

// Into the UB of one vector core, or half to each.
def MteL0cUbOp
    : Pto_FixpipeOp<"mte_l0c_ub", UbPtr, (ins Optional<I64>:$sub_block),
                    " `,` `dst_mode` `(` custom<DestinationMode>($sub_block, $split) `)`",
                    " (`,` type($sub_block)^)?", (ins OptionalAttr<StrAttr>:$split), "NoAtomic", [OneOf<"splitAxes">]>;
