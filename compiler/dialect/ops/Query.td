// What the machine says about itself: which block, which vector core, control bits.
include "compiler/dialect/Base.td"

class Pto_QueryOp<string mnemonic> : Pto_Op<mnemonic, [Pure]> {
  let results = (outs I64:$result);
  let assemblyFormat = "attr-dict";
}
def GetBlockIdxOp : Pto_QueryOp<"get_block_idx"> { let summary = "the number of this block"; }
def GetBlockNumOp : Pto_QueryOp<"get_block_num"> { let summary = "how many blocks there are"; }
def GetSubblockIdxOp : Pto_QueryOp<"get_subblock_idx"> { let summary = "the number of this vector core in its block"; }
def GetSubblockNumOp : Pto_QueryOp<"get_subblock_num"> { let summary = "how many vector cores the block has"; }

// The control register changes between reads: not pure.
def GetCtrlOp : Pto_Op<"get_ctrl"> {
  let summary = "the control register";
  let results = (outs I64:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}
def SetCtrlOp : Pto_OutsideOp<"set_ctrl"> {
  let summary = "sets the control register";
  let arguments = (ins I64:$value);
  let assemblyFormat = "$value attr-dict `:` type($value)";
}
class Pto_BitOp<string mnemonic> : Pto_Op<mnemonic, [Pure]> {
  let arguments = (ins I64:$first, I64:$second);
  let results = (outs I64:$result);
  let assemblyFormat = "$first `,` $second attr-dict `:` type($first) `,` type($second) `->` type($result)";
}
def Sbitset0Op : Pto_BitOp<"sbitset0"> { let summary = "result = first without bit number second"; }
def Sbitset1Op : Pto_BitOp<"sbitset1"> { let summary = "result = first with bit number second"; }
