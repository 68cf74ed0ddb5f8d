// Between floats and the integers or small floats that stand for them.
include "compiler/dialect/tile/Base.td"

def F32Element : Elements<"f32">;

def TquantOp : Pto_TileOp<"tquant", "dst = a x scale of the row + offset of the row, rounded and clamped",
    [Aside<"src", F32Element>, Aside<"scale", F32Element>, Aside<"offset", F32Element, "vec", 1>],
    [Tile<"dst", Elements<"i8">>], ["quantize"], (ins QuantTypeAttr:$quant_type)>;
def TdequantOp : Pto_TileOp<"tdequant", "dst = (src - offset of the row) x scale of the row",
    [Aside<"src", Elements<"i8 | i16">>, Aside<"scale", F32Element>, Aside<"offset", F32Element>],
    [Tile<"dst", F32Element>]>;
def TquantMxOp : Pto_TileOp<"tquant.mx", "dst = src in groups of 32 with one exponent each",
    [Aside<"src", Elements<"", "f16 | bf16 | f32">>],
    [Tile<"dst", Elements<"", "f8 | f4 | i8">>, Aside<"exponents">, Aside<"largest">, Aside<"scaling">], ["onlyA5"],
    (ins QuantTypeAttr:$quant_type, OptionalAttr<MxGroupAxisAttr>:$grpAxis, OptionalAttr<BoolAttr>:$interleave)>;

// The older spellings of moves out of acc with a scale a column.
def Fp : Aside<"fp", AnyElement, "scaling">;
def TextractFpOp : Pto_TileOp<"textract_fp", "dst = src from that row and column on, scaled by column",
    [Tile<"src", AnyElement, "acc">, Fp, Position<"row">, Position<"column">], [Tile<"dst", AnyElement, "mat | vec">],
    [], (ins OptionalAttr<ReluPreModeAttr>:$reluPreMode)>;
def TinsertFpOp : Pto_TileOp<"tinsert_fp", "dst from that row and column on = src, scaled by column",
    [Tile<"src", AnyElement, "acc">, Fp, Position<"row">, Position<"column">], [Tile<"dst", AnyElement, "mat | vec">],
    [], (ins OptionalAttr<ReluPreModeAttr>:$reluPreMode)>;
def TmovFpOp : Pto_TileOp<"tmov.fp", "dst = src, scaled by column",
    [Tile<"src", AnyElement, "acc">, Fp], [Tile<"dst", AnyElement, "mat | vec">], [],
    (ins OptionalAttr<ReluPreModeAttr>:$reluPreMode)>;
def TstoreFpOp : Pto_TileOp<"tstore_fp", "the part of the view = src, scaled by column",
    [Tile<"src", AnyElement, "acc">, Fp], [Partition<"dst">], ["store"],
    (ins OptionalAttr<ReluPreModeAttr>:$reluPreMode)>;

def TpackOp : Pto_TileOp<"tpack", "dst = src in narrower elements",
    [Aside<"src">], [Tile<"dst">], ["onlyA5"]>;
