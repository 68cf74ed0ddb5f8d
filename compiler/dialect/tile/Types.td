// The types of the tile level: views of global memory, and tiles of a core's memories.
#ifndef PTO_COMPILER_DIALECT_TILE_TYPES_TD
#define PTO_COMPILER_DIALECT_TILE_TYPES_TD

class Pto_ViewType<string name, string typeMnemonic> : Pto_Type<name, typeMnemonic> {
  let parameters = (ins ArrayRefParameter<"int64_t">:$shape, "::mlir::Type":$elementType);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}
def TensorViewType : Pto_ViewType<"TensorView", "tensor_view"> {
  let summary = "a tensor in global memory: !pto.tensor_view<?x64xf32>";
}
def PartitionTensorViewType : Pto_ViewType<"PartitionTensorView", "partition_tensor_view"> {
  let summary = "a part of a tensor in global memory: !pto.partition_tensor_view<16x64xf32>";
}

def TileBufType : Pto_Type<"TileBuf", "tile_buf"> {
  let summary = "a tile: !pto.tile_buf<vec, 16x64xf32, valid=?x64, blayout=col_major, slayout=row_major, fractal=1024, pad=1>";
  let parameters = (ins
    EnumParameter<MemorySpaceEnum>:$memorySpace, "int64_t":$rows, "int64_t":$columns, "::mlir::Type":$elementType,
    "int64_t":$validRows, "int64_t":$validColumns, "::pto::layout::Order":$block, "::pto::layout::Order":$inner,
    "int64_t":$fractal, "::pto::layout::Pad":$pad, EnumParameter<CompactEnum>:$compact);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    // What its rows and columns take, the padding too.
    int64_t getBytes() const;
  }];
}

#endif
