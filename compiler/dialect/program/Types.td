// The types of a program: scalars, tensors in global memory, tiles in a core's memories, arrays, allocations.
// In text, a dimension is an integer, the name of a symbol, an expression of both, or `unit` for one that only the running
// program knows (compiler/dialect/layout/Dim.h).
#ifndef PTO_COMPILER_DIALECT_PROGRAM_TYPES_TD
#define PTO_COMPILER_DIALECT_PROGRAM_TYPES_TD

include "compiler/dialect/program/Base.td"

class Prog_Type<string name, string typeMnemonic> : TypeDef<Prog_Dialect, name> {
  let mnemonic = typeMnemonic;
  let hasCustomAssemblyFormat = 1;
}

def Prog_ScalarType : Prog_Type<"Scalar", "scalar"> {
  let summary = "one number: !prog.scalar<fp32>";
  let parameters = (ins "::pto::prog::DType":$dtype);
}

def Prog_TensorType : Prog_Type<"Tensor", "tensor"> {
  let summary = "a tensor in global memory: !prog.tensor<[64, \"M\"] x fp32>";
  let description = [{
    `view` is what the tensor's layout differs in from a dense row-major one: `layout`, `stride`, `valid_shape`.
    `memref` is where it lies: `base`, `offset`, `size`.
  }];
  let parameters = (ins "::pto::prog::Dims":$shape, "::pto::prog::DType":$dtype, "::pto::prog::TensorView":$view,
                        "::pto::prog::Memref":$memref);
  let builders = [TypeBuilder<(ins "::pto::prog::Dims":$shape, "::pto::prog::DType":$dtype,
                                   CArg<"::pto::prog::TensorView", "{}">:$view), [{
    return $_get($_ctxt, shape, dtype, view, ::pto::prog::Memref());
  }]>];
}

def Prog_TileType : Prog_Type<"Tile", "tile"> {
  let summary = "a tile in one of a core's memories: !prog.tile<[64, 64] x fp32, Vec>";
  let description = [{
    `view` is complete; its text is what differs from the view that shape and memory imply
    (compiler/dialect/program/Views.h).
  }];
  let parameters = (ins "::pto::prog::Dims":$shape, "::pto::prog::DType":$dtype,
                        "::pto::prog::MemorySpace":$memory, "::pto::prog::TileView":$view,
                        "::pto::prog::Memref":$memref);
  let builders = [TypeBuilder<(ins "::pto::prog::Dims":$shape, "::pto::prog::DType":$dtype,
                                   "::pto::prog::MemorySpace":$memory, "::pto::prog::TileView":$view), [{
    return $_get($_ctxt, shape, dtype, memory, view, ::pto::prog::Memref());
  }]>];
  let extraClassDeclaration = [{
    /// What nothing has to be said about.
    ::pto::prog::TileView getImplicitView() const { return implicitView(getShape(), getMemory()); }
    bool hasImplicitView() const { return getView() == getImplicitView(); }
  }];
}

def Prog_ArrayType : Prog_Type<"Array", "array"> {
  let summary = "a fixed number of scalars: !prog.array<16 x int32>";
  let parameters = (ins "int64_t":$size, "::pto::prog::DType":$dtype);
}

def Prog_PtrType : TypeDef<Prog_Dialect, "Ptr"> {
  let mnemonic = "ptr";
  let summary = "an allocation in one memory";
}

/// One word of the language: `#prog.name<"Mem.Vec">` is `pl.Mem.Vec`, `#prog.name<"FP32">` is `pl.FP32`.
def Prog_NameAttr : AttrDef<Prog_Dialect, "Name"> {
  let mnemonic = "name";
  let parameters = (ins StringRefParameter<"without the language's prefix">:$value);
  let assemblyFormat = "`<` $value `>`";
}

#endif
