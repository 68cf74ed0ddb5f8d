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

def TassignOp : Pto_OutsideOp<"tassign"> {
  let summary = "the tile at that address";
  let arguments = (ins AnyTile:$tile, I64:$addr);
  let results = (outs AnyTile:$result);
  let assemblyFormat = "$tile `,` $addr attr-dict `:` type($tile) `->` type($result)";
  let hasVerifier = 1;
}

// Tiles of one type, of which a loop takes one after the other.
def AnyMultiTile : Type<CPred<"::llvm::isa<::pto::ir::MultiTileBufType>($_self)">, "several tiles">;
def AllocMultiTileOp : Pto_OutsideOp<"alloc_multi_tile", [AttrSizedOperandSegments]> {
  let summary = "memory for several tiles of one type";
  let arguments = (ins Optional<I64>:$addr, Optional<Index>:$valid_row, Optional<Index>:$valid_col);
  let results = (outs AnyMultiTile:$result);
  let assemblyFormat = [{
    (`addr` `=` $addr^)? (`valid_row` `=` $valid_row^)? (`valid_col` `=` $valid_col^)? attr-dict `:` type($result)
  }];
  let hasVerifier = 1;
}
def MultiTileGetOp : Pto_OutsideOp<"multi_tile_get", [Pure]> {
  let summary = "one of several tiles";
  let arguments = (ins AnyMultiTile:$tiles, Index:$slot);
  let results = (outs AnyTile:$result);
  let assemblyFormat = "$tiles `[` $slot `]` attr-dict `:` type($tiles) `->` type($result)";
  let hasVerifier = 1;
}

// What lies in a tile or a view, for the micro operations.
class Pto_AddressOp<string mnemonic, Type of> : Pto_Op<mnemonic, [Pure]> {
  let summary = "a pointer to the first element";
  let arguments = (ins of:$of);
  let results = (outs AnyPtr:$result);
  let assemblyFormat = "$of attr-dict `:` type($of) `->` type($result)";
  let hasVerifier = 1;
}
def TileBufAddrOp : Pto_AddressOp<"tile_buf_addr", AnyTile>;
def TensorViewAddrOp : Pto_AddressOp<"tensor_view_addr", AnyTypeOf<[AnyTensorView, AnyPartition], "view">>;

class Pto_ValidOp<string mnemonic, string what> : Pto_Op<mnemonic> {
  let summary = what;
  let arguments = (ins AnyTile:$tile);
  let results = (outs Index:$result);
  let assemblyFormat = "$tile attr-dict `:` type($tile) `->` type($result)";
}
def TileValidRowsOp : Pto_ValidOp<"tile_valid_rows", "how many rows of the tile are valid">;
def TileValidColsOp : Pto_ValidOp<"tile_valid_cols", "how many columns of the tile are valid">;

def PtrToIntOp : Pto_Op<"ptrtoint", [Pure]> {
  let summary = "the address of a pointer into global memory, in bytes";
  let arguments = (ins GmPtr:$ptr);
  let results = (outs I64:$result);
  let assemblyFormat = "$ptr attr-dict `:` type($ptr) `->` type($result)";
}
def IntToPtrOp : Pto_Op<"inttoptr", [Pure]> {
  let summary = "a pointer into global memory to that byte";
  let arguments = (ins I64:$addr);
  let results = (outs GmPtr:$result);
  let assemblyFormat = "$addr attr-dict `:` type($addr) `->` type($result)";
  let hasVerifier = 1;
}
