// Elements by index, by pattern, by order.
include "compiler/dialect/tile/Base.td"

def Index32 : Elements<"i32">;
def IndexInts : Elements<"i16 | i32">;
def Moved : Elements<"i16 | i32 | f16 | bf16 | f32", "any">;

def TgatherOp : Pto_TileOp<"tgather", "dst[r][c] = the element of src at that index; or those that the pattern or the comparison picks",
    [Aside<"src", Moved>, Aside<"indices", IndexInts, "vec", 1>, Scalar<"s", TileScalar, 1>, Scratch<>],
    [Tile<"dst", Moved>, Aside<"count", Index32, "vec", 1>], ["gather"],
    (ins OptionalAttr<MaskPatternAttr>:$maskPattern, OptionalAttr<StrAttr>:$axis, OptionalAttr<CmpModeAttr>:$cmpMode,
         OptionalAttr<I32Attr>:$offset), "Pattern">;
def TscatterOp : Pto_TileOp<"tscatter", "dst = 0, then dst at that index = src[r][c]; or where the pattern says",
    [Aside<"src", Moved>, Aside<"indices", IndexInts, "vec", 1>], [Tile<"dst", Moved>], ["scatter"],
    (ins OptionalAttr<MaskPatternAttr>:$maskPattern, OptionalAttr<StrAttr>:$axis), "Pattern">;
def TgatherbOp : Pto_TileOp<"tgatherb", "32 bytes of dst = those of src at that byte",
    [Aside<"src", AnyElement>, Aside<"offsets", Index32>], [Tile<"dst">]>;

def MgatherOp : Pto_TileOp<"mgather", "dst = the rows, or the elements, of the view at those indices",
    [Partition<"src">, Aside<"indices", Index32>, Scratch<>], [Tile<"dst">], [],
    (ins OptionalAttr<CoalesceAttr>:$coalesce, OptionalAttr<GatherOobAttr>:$gatherOob)>;
def MscatterOp : Pto_TileOp<"mscatter", "the rows, or the elements, of the view at those indices = src",
    [Tile<"src">, Aside<"indices", Index32>, Scratch<>], [Partition<"dst">], [],
    (ins OptionalAttr<CoalesceAttr>:$coalesce, OptionalAttr<ScatterAtomicOpAttr>:$scatterAtomicOp,
         OptionalAttr<ScatterOobAttr>:$scatterOob)>;

// Records of 8 bytes: a score and its index.
def TsortElements : Elements<"f16 | f32">;
def Tsort32Op : Pto_TileOp<"tsort32", "dst = blocks of 32 scores with their indices, the largest first",
    [Tile<"src", TsortElements>, Aside<"indices", Index32>, Scratch<>], [Tile<"dst", TsortElements>],
    ["sameElements", "sort"]>;
def TmrgsortOp : Pto_TileOp<"tmrgsort", "dst = sorted lists in one, the largest first",
    [Aside<"a", TsortElements>, Aside<"b", TsortElements, "vec", 1>, Aside<"c", TsortElements, "vec", 1>,
     Aside<"d", TsortElements, "vec", 1>, Scratch<>, Scalar<"length", SignlessScalar, 1>],
    [Tile<"dst", TsortElements>, Scalar<"executed", AnyType, 1>], ["merge"],
    (ins OptionalAttr<BoolAttr>:$exhausted), "Inner">;

class PartPosition<string mnemonic, string formula>
    : Pto_TileOp<mnemonic, formula,
                 [Tile<"a", Arith>, Tile<"b", Arith>, Aside<"a_indices", IndexInts>, Aside<"b_indices", IndexInts>],
                 [Tile<"dst", Arith>, Aside<"dst_indices", IndexInts>], ["sameElements", "partPosition"]>;
def TpartargmaxOp : PartPosition<"tpartargmax", "dst = max(a, b) with its index where both are valid, else the one that is">;
def TpartargminOp : PartPosition<"tpartargmin", "dst = min(a, b) with its index where both are valid, else the one that is">;

def TconcatidxOp : Pto_TileOp<"tconcatidx", "dst = as many columns of a, then of b, as their indices say",
    [Tile<"a">, Tile<"b">, Aside<"a_indices", IndexInts>, Aside<"b_indices", IndexInts>], [Tile<"dst">],
    ["sameElements"]>;

def ThistogramOp : Pto_TileOp<"thistogram", "dst = how many elements of src have each value of a byte",
    [Aside<"src", Elements<"", "i16 | i32">>, Aside<"indices", Elements<"", "i8 | i16 | i32">>],
    [Tile<"dst", Elements<"", "i32">>], ["onlyA5", "histogram"],
    (ins OptionalAttr<I32Attr>:$byte, OptionalAttr<BoolAttr>:$isMSB)>;
