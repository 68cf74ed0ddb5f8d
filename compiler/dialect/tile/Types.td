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

def MultiTileBufType : Pto_Type<"MultiTileBuf", "multi_tile_buf"> {
  let summary = "tiles of one type, one of which is taken by number: !pto.multi_tile_buf<vec, 16x64xf32, count=2>";
  let parameters = (ins "::mlir::Type":$tile, "int64_t":$count);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def PipeHandleType : Pto_Type<"PipeHandle", "pipe"> {
  let summary = "slots through which a cube core and its vector cores hand tiles to each other";
}
def AsyncSessionType : Pto_Type<"AsyncSession", "async_session"> {
  let summary = "transfers between devices that go on beside the kernel";
}
def AsyncEventType : Pto_Type<"AsyncEvent", "async_event"> {
  let summary = "the end of one of them";
}
def PrefetchAsyncContextType : Pto_Type<"PrefetchAsyncContext", "prefetch_async_context"> {
  let summary = "what prefetches that go on beside the kernel share";
}

def EventIdArrayType : Pto_Type<"EventIdArray", "eventid_array"> {
  let summary = "numbers of events: !pto.eventid_array<2>";
  let parameters = (ins "int64_t":$size);
  let assemblyFormat = "`<` $size `>`";
}
def LocalArrayType : Pto_Type<"LocalArray", "local_array"> {
  let summary = "numbers of the scalar unit: !pto.local_array<8xi32>";
  let parameters = (ins ArrayRefParameter<"int64_t">:$shape, "::mlir::Type":$elementType);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}
def StructType : Pto_Type<"Struct", "struct"> {
  let summary = "numbers of several types, of the scalar unit: !pto.struct<i32, !pto.struct<f32, i16>>";
  let parameters = (ins ArrayRefParameter<"::mlir::Type">:$fields);
  let assemblyFormat = "`<` $fields `>`";
}

#endif
