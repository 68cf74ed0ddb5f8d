// Between global memory and tiles, and from tile to tile.
include "compiler/dialect/tile/Base.td"

def TloadOp : Pto_TileOp<"tload", "dst = the part of the view, then its padding",
    [Partition<"src">], [Tile<"dst", AnyElement, "vec | mat">], ["load"]>;

def TstoreOp : Pto_TileOp<"tstore", "the part of the view = src",
    [Tile<"src", AnyElement, "vec | mat | acc">, Late<Scalar<"quant", I64Scalar>>,
     Late<Aside<"fp", AnyElement, "scaling">, "fp">],
    [Partition<"dst">], ["store"],
    (ins OptionalAttr<StPhaseAttr>:$stPhase, OptionalAttr<AtomicTypeAttr>:$atomicType,
         OptionalAttr<ReluPreModeAttr>:$reluPreMode)>;

def TmovOp : Pto_TileOp<"tmov", "dst = src, element by element whatever the layouts",
    [Tile<"src", AnyElement, "anywhere">, Late<Aside<"fp", AnyElement, "scaling">>, Late<Scalar<"quant", I64Scalar>>],
    [Tile<"dst", AnyElement, "anywhere">], ["move"],
    (ins OptionalAttr<AccToVecModeAttr>:$accToVecMode, OptionalAttr<ReluPreModeAttr>:$reluPreMode)>;

def TextractOp : Pto_TileOp<"textract", "dst = src from that row and column on",
    [Tile<"src", AnyElement, "anywhere">, Position<"row">, Position<"column">, Scalar<"quant", I64Scalar, 1>],
    [Tile<"dst", AnyElement, "anywhere">], ["extract"],
    (ins OptionalAttr<ReluPreModeAttr>:$reluPreMode)>;
def TinsertOp : Pto_TileOp<"tinsert", "dst from that row and column on = src",
    [Tile<"src", AnyElement, "anywhere">, Position<"row">, Position<"column">,
     Late<Scalar<"quant", I64Scalar>, "pre_quant">],
    [Tile<"dst", AnyElement, "anywhere">], ["insert"],
    (ins OptionalAttr<ReluPreModeAttr>:$reluPreMode)>;

class FillPad<string mnemonic, string formula>
    : Pto_TileOp<mnemonic, formula, [Tile<"src", AnyElement, "vec | mat">], [Tile<"dst", AnyElement, "vec | mat">],
                 ["sameBytes"]>;
def TfillpadOp : FillPad<"tfillpad", "dst = src, and the padding value of dst around it">;
def TfillpadInplaceOp : FillPad<"tfillpad_inplace", "dst = src, whose memory it has, and the padding value around it">;
def TfillpadExpandOp : FillPad<"tfillpad_expand", "dst = src, which is smaller, and the padding value around it">;

def TtransOp : Pto_TileOp<"ttrans", "dst[c][r] = src[r][c]",
    [Tile<"src">, Scratch<>], [Tile<"dst">], ["sameElements", "transpose"]>;

def TconcatOp : Pto_TileOp<"tconcat", "dst = the columns of a, then those of b",
    [Tile<"a">, Tile<"b">], [Tile<"dst">], ["sameElements", "sameValidRows"]>;

def TexpandsOp : Pto_TileOp<"texpands", "dst = s in every element",
    [Scalar<"s">], [Tile<"dst", Elements<"arith | bf16", "arith | i8 | bf16">, "vec | mat">], ["scalarIsElement"]>;

def TciOp : Pto_TileOp<"tci", "dst[0][j] = s + j, or s - j where it is descending",
    [Scalar<"s", SignlessScalar>], [Tile<"dst", Elements<"i16 | i32">>], [],
    (ins OptionalAttr<BoolAttr>:$descending)>;
