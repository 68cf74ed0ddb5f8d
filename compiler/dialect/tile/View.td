// Where tensors and tiles lie, and parts of them.
include "compiler/dialect/tile/Base.td"

def MakeTensorViewOp : Pto_Op<"make_tensor_view", [Pure, AttrSizedOperandSegments,
    TypesMatchWith<"pointer and view have one element type", "result", "pointer",
                   "::pto::ir::pointerOfView($_self)">]> {
  let summary = "a tensor of that shape and those strides, in elements, where the pointer points to";
  let arguments = (ins
    AnyPtr:$pointer, Variadic<Index>:$shape, Variadic<Index>:$strides, OptionalAttr<TensorLayoutAttr>:$layout);
  let results = (outs AnyTensorView:$result);
  let assemblyFormat = [{
    $pointer `,` `shape` `=` `[` $shape `]` `,` `strides` `=` `[` $strides `]` attr-dict `:` type($result)
  }];
  let hasVerifier = 1;
}

def PartitionViewOp : Pto_Op<"partition_view", [Pure, AttrSizedOperandSegments]> {
  let summary = "the part of a tensor from the offsets on, of those sizes";
  let arguments = (ins AnyTensorView:$view, Variadic<Index>:$offsets, Variadic<Index>:$sizes);
  let results = (outs AnyPartition:$result);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

class Pto_ViewQueryOp<string mnemonic, string what> : Pto_Op<mnemonic, [Pure]> {
  let summary = what;
  let arguments = (ins AnyTypeOf<[AnyTensorView, AnyPartition], "view">:$view, Index:$dim);
  let results = (outs Index:$result);
  let assemblyFormat = "$view `,` $dim attr-dict `:` type($view) `->` type($result)";
}
def GetTensorViewDimOp : Pto_ViewQueryOp<"get_tensor_view_dim", "the size of a dimension">;
def GetTensorViewStrideOp : Pto_ViewQueryOp<"get_tensor_view_stride", "the stride of a dimension, in elements">;

def AllocTileOp : Pto_OutsideOp<"alloc_tile", [AttrSizedOperandSegments]> {
  let summary = "memory for a tile: at the address, or where the planner puts it";
  let arguments = (ins Optional<I64>:$addr, Optional<Index>:$valid_row, Optional<Index>:$valid_col);
  let results = (outs AnyTile:$result);
  let assemblyFormat = [{
    (`addr` `=` $addr^)? (`valid_row` `=` $valid_row^)? (`valid_col` `=` $valid_col^)? attr-dict `:` type($result)
  }];
  let hasVerifier = 1;
}

// subset is its older name.
class Pto_SubviewOp<string mnemonic> : Pto_OutsideOp<mnemonic, [Pure, AttrSizedOperandSegments]> {
  let summary = "the part of a tile from the offsets on; it keeps the strides of the tile";
  let arguments = (ins
    AnyTile:$tile, Variadic<Index>:$offsets, Variadic<Index>:$valid, DenseI64ArrayAttr:$sizes);
  let results = (outs AnyTile:$result);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}
def SubviewOp : Pto_SubviewOp<"subview">;
def SubsetOp : Pto_SubviewOp<"subset">;

def SetValidShapeOp : Pto_OutsideOp<"set_validshape"> {
  let summary = "how many rows and columns of the tile are valid from here on";
  let arguments = (ins AnyTile:$tile, Index:$valid_row, Index:$valid_col);
  let assemblyFormat = "$tile `,` $valid_row `,` $valid_col attr-dict `:` type($tile)";
  let hasVerifier = 1;
}

def GetValidShapeOp : Pto_OutsideOp<"get_validshape"> {
  let summary = "how many rows and columns of the tile are valid";
  let arguments = (ins AnyTile:$tile);
  let results = (outs Index:$valid_row, Index:$valid_col);
  let assemblyFormat = "$tile attr-dict `:` type($tile)";
}

class Pto_ReinterpretOp<string mnemonic, string what> : Pto_OutsideOp<mnemonic, [Pure]> {
  let summary = what;
  let arguments = (ins AnyTile:$tile);
  let results = (outs AnyTile:$result);
  let assemblyFormat = "$tile attr-dict `:` type($tile) `->` type($result)";
  let hasVerifier = 1;
}
def TreshapeOp : Pto_ReinterpretOp<"treshape", "the same bytes as a tile of another shape or layout">;
def BitcastOp : Pto_ReinterpretOp<"bitcast", "the same bytes as elements of another type">;
