// What the machine says about itself: which block, which vector core, control bits.
include "compiler/dialect/Base.td"

class Pto_QueryOp<string mnemonic> : Pto_Op<mnemonic, [Pure]> {
  let results = (outs I64:$result);
  let assemblyFormat = "attr-dict";
}
def GetBlockIdxOp : Pto_QueryOp<"get_block_idx">;
def GetBlockNumOp : Pto_QueryOp<"get_block_num">;
def GetSubblockIdxOp : Pto_QueryOp<"get_subblock_idx">;
def GetSubblockNumOp : Pto_QueryOp<"get_subblock_num">;

// The control register changes between reads: not pure.
def GetCtrlOp : Pto_Op<"get_ctrl"> {
  let results = (outs I64:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}
def SetCtrlOp : Pto_OutsideOp<"set_ctrl"> {
  let arguments = (ins I64:$value);
  let assemblyFormat = "$value attr-dict `:` type($value)";
}
class Pto_BitOp<string mnemonic> : Pto_Op<mnemonic, [Pure]> {
  let arguments = (ins I64:$first, I64:$second);
  let results = (outs I64:$result);
  let assemblyFormat = "$first `,` $second attr-dict `:` type($first) `,` type($second) `->` type($result)";
}
def Sbitset0Op : Pto_BitOp<"sbitset0">;
def Sbitset1Op : Pto_BitOp<"sbitset1">;
