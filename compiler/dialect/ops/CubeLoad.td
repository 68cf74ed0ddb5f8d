// What brings matrices to the cube core's operands: fractals of 16 rows of 32 bytes.
include "compiler/dialect/Base.td"

// A plain matrix of global memory becomes columns of 32 bytes in L1, one below the other.
def MteGmL1FracOp : Pto_OutsideOp<"mte_gm_l1_frac", [OneOf<"fractalModes">]> {
  let summary = "a matrix of n rows and d columns in gm, or its transpose (dn2nz), becomes columns of 32 bytes in L1";
  let arguments = (ins
    Arg<GmPtr, "", [MemRead]>:$source, Arg<L1Ptr, "", [MemWrite]>:$destination,
    I64:$n_value, I64:$d_value, I64:$src_inner_stride, Optional<I64>:$src_outer_stride,
    I64:$group_count, I64:$dst_loop2_stride, I64:$dst_loop3_stride, I64:$dst_loop4_stride,
    I64:$l2_cache_ctrl, I1:$smallc0_en, StrAttr:$mode);
  let assemblyFormat = [{
    $source `,` $destination `,` custom<Word>($mode) `,` `shape` `(` $n_value `,` $d_value `)` `,`
    `src_layout` `(` $src_inner_stride (`,` $src_outer_stride^)? `)` `,`
    `dst_group` `(` $group_count `,` $dst_loop2_stride `,` $dst_loop3_stride `,` $dst_loop4_stride `)` `,`
    `ctrl` `(` $l2_cache_ctrl `,` $smallc0_en `)` attr-dict `:` type($source) `,` type($destination) `,`
    custom<SameWord>(ref($mode)) `,` `shape` type($n_value) `,` type($d_value) `,`
    `src_layout` `(` type($src_inner_stride) (`,` type($src_outer_stride)^)? `)` `,`
    `dst_group` type($group_count) `,` type($dst_loop2_stride) `,` type($dst_loop3_stride) `,` type($dst_loop4_stride) `,`
    `ctrl` type($l2_cache_ctrl) `,` type($smallc0_en)
  }];
  let hasVerifier = 1;
}

// Fractals of a matrix in L1, whose size in elements is given.
class Pto_TileLoadOp<string mnemonic, Type destination> : Pto_OutsideOp<mnemonic> {
  let summary = "rows by columns of the matrix in L1, from a start on, as fractals";
  let arguments = (ins
    Arg<L1Ptr, "", [MemRead]>:$source, Arg<destination, "", [MemWrite]>:$destination,
    I64:$rows, I64:$columns, I64:$start_row, I64:$start_col, DefaultValuedAttr<BoolAttr, "false">:$transpose);
  let assemblyFormat = "operands attr-dict `:` type(operands)";
  let hasVerifier = 1;
}
def MteL1L0aOp : Pto_TileLoadOp<"mte_l1_l0a", L0aPtr>;
def MteL1L0bOp : Pto_TileLoadOp<"mte_l1_l0b", L0bPtr>;

// The same by fractals: where they start, how many there are, and how many lie in a column of either side.
class Pto_FractalLoadOp<string mnemonic, Type destination> : Pto_OutsideOp<mnemonic> {
  let summary = "m_step by k_step fractals of the matrix in L1, from fractal (m_start, k_start) on";
  let arguments = (ins
    Arg<L1Ptr, "", [MemRead]>:$source, Arg<destination, "", [MemWrite]>:$destination,
    I64:$m_start, I64:$k_start, I64:$m_step, I64:$k_step, I64:$src_stride, I64:$dst_stride,
    DefaultValuedAttr<BoolAttr, "false">:$transpose);
  let assemblyFormat = "operands attr-dict `:` type(operands)";
  let hasVerifier = 1;
}
def LoadCbufToCaOp : Pto_FractalLoadOp<"load_cbuf_to_ca", L0aPtr>;
def LoadCbufToCbOp : Pto_FractalLoadOp<"load_cbuf_to_cb", L0bPtr>;

// The scales of a matrix; its start is given in newer kernels only.
class Pto_ScaleLoadOp<string mnemonic, Type destination> : Pto_OutsideOp<mnemonic, [AttrSizedOperandSegments]> {
  let summary = "the scales of rows by columns elements, to a sixteenth of the address of what they scale";
  let arguments = (ins
    Arg<L1Ptr, "", [MemRead]>:$source, Arg<destination, "", [MemWrite]>:$destination,
    I64:$rows, I64:$columns, Optional<I64>:$start_row, Optional<I64>:$start_col);
  let assemblyFormat = [{
    $source `,` $destination `,` $rows `,` $columns (`,` $start_row^ `,` $start_col)? attr-dict
    `:` type($source) `,` type($destination) `,` type($rows) `,` type($columns)
    (`,` type($start_row)^ `,` type($start_col))?
  }];
  let hasVerifier = 1;
}
def MteL1L0aMxOp : Pto_ScaleLoadOp<"mte_l1_l0a_mx", L0aPtr>;
def MteL1L0bMxOp : Pto_ScaleLoadOp<"mte_l1_l0b_mx", L0bPtr>;

// Parameters of the bias table and of fixpipe.
class Pto_TableLoadOp<string mnemonic, Type destination> : Pto_OutsideOp<mnemonic> {
  let arguments = (ins
    Arg<L1Ptr, "", [MemRead]>:$source, Arg<destination, "", [MemWrite]>:$destination,
    I64:$len_burst, I64:$n_burst, I64:$src_gap, I64:$dst_gap);
  let assemblyFormat = [{
    $source `,` $destination `,` $len_burst `nburst` `(` $n_burst `,` $src_gap `,` $dst_gap `)`
    attr-dict `:` type(operands)
  }];
  let hasVerifier = 1;
}
def MteL1BtOp : Pto_TableLoadOp<"mte_l1_bt", BtPtr> {
  let summary = "bursts of 32-byte units, widened to f32 where the table's element is f32";
}
def MteL1FbOp : Pto_TableLoadOp<"mte_l1_fb", FbPtr> {
  let summary = "bursts of 64-byte units; gaps are 32 bytes in L1, 64 in the table";
}
