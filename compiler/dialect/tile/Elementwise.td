// Element by element, over the valid part of the result.
include "compiler/dialect/tile/Base.td"

// Tile and tile.
class Binary<string mnemonic, string formula, Elements e, dag words = (ins)>
    : Pto_TileOp<mnemonic, formula, [Tile<"a", e>, Tile<"b", e>], [Tile<"dst", e>], ["sameElements", "sameValid"],
                 words>;
def TaddOp : Binary<"tadd", "dst = a + b", ArithI8OrBf16>;
def TaddreluOp : Pto_TileOp<"taddrelu", "dst = max(a + b, 0)",
    [Tile<"a", Elements<"i16 | f16 | f32">>, Tile<"b", Elements<"i16 | f16 | f32">>],
    [Tile<"dst", Elements<"i16 | f16 | f32">>], ["sameElements", "sameValid", "onlyA2A3"]>;
def TsubOp : Binary<"tsub", "dst = a - b", ArithOrI8>;
def TmulOp : Binary<"tmul", "dst = a * b", Arith>;
def TdivOp : Binary<"tdiv", "dst = a / b", Elements<"f16 | f32", "arith">, (ins OptionalAttr<DivPrecisionAttr>:$precisionType)>;
def TmaxOp : Binary<"tmax", "dst = max(a, b)", ArithOrI8>;
def TminOp : Binary<"tmin", "dst = min(a, b)", ArithI8OrBf16>;
def TandOp : Binary<"tand", "dst = a & b", ScalarInts>;
def TorOp : Binary<"tor", "dst = a | b", ScalarInts>;
def TshlOp : Binary<"tshl", "dst = a << b", ScalarInts>;
def TshrOp : Binary<"tshr", "dst = a >> b", ScalarInts>;
def TfmodOp : Binary<"tfmod", "dst = a - trunc(a / b) * b", Elements<"arith", "arith">,
                     (ins OptionalAttr<FmodPrecisionAttr>:$precisionType)>;

// With scratch.
class BinaryWithScratch<string mnemonic, string formula, Elements e, dag words = (ins)>
    : Pto_TileOp<mnemonic, formula, [Tile<"a", e>, Tile<"b", e>, Scratch<>], [Tile<"dst", e>],
                 ["sameElements", "sameValid"], words>;
def TxorOp : BinaryWithScratch<"txor", "dst = a ^ b", ScalarInts>;
def TremOp : BinaryWithScratch<"trem", "dst = a - floor(a / b) * b", Arith,
                               (ins OptionalAttr<RemPrecisionAttr>:$precisionType)>;
def TpowOp : BinaryWithScratch<"tpow", "dst = a to the power of b", Elements<"i16 | i32 | f16 | f32", "i8 | i16 | i32 | f16 | f32">>;
def TpreluOp : BinaryWithScratch<"tprelu", "dst = a > 0 ? a : a * b", Floats>;

// Three tiles; a tile, a scalar and a tile.
class Ternary<string mnemonic, string formula>
    : Pto_TileOp<mnemonic, formula, [Tile<"a", Arith>, Tile<"b", Arith>, Tile<"c", Arith>], [Tile<"dst", Arith>],
                 ["sameElements", "sameValid"]>;
def TaddcOp : Ternary<"taddc", "dst = a + b + c">;
def TsubcOp : Ternary<"tsubc", "dst = a - b + c">;
class TernaryScalar<string mnemonic, string formula>
    : Pto_TileOp<mnemonic, formula, [Tile<"a", Arith>, Scalar<"s">, Tile<"b", Arith>], [Tile<"dst", Arith>],
                 ["sameElements", "sameValid"]>;
def TaddscOp : TernaryScalar<"taddsc", "dst = a + s + b">;
def TsubscOp : TernaryScalar<"tsubsc", "dst = a - s + b">;

// Tile and scalar. The scalar may have another type than the elements: it is converted to theirs.
class TileScalarOp<string mnemonic, string formula, Elements e, Type scalar = TileScalar, list<Slot> scratch = [],
                   dag words = (ins)>
    : Pto_TileOp<mnemonic, formula, !listconcat([Tile<"a", e>, Scalar<"s", scalar>], scratch), [Tile<"dst", e>],
                 ["sameElements", "sameValid"], words>;
def TaddsOp : TileScalarOp<"tadds", "dst = a + s", ArithI8OrBf16>;
def TsubsOp : TileScalarOp<"tsubs", "dst = a - s", ArithI8OrBf16>;
def TmulsOp : TileScalarOp<"tmuls", "dst = a * s", ArithI8OrBf16>;
def TmaxsOp : TileScalarOp<"tmaxs", "dst = max(a, s)", ArithI8OrBf16>;
def TminsOp : TileScalarOp<"tmins", "dst = min(a, s)", ArithI8OrBf16>;
def TandsOp : TileScalarOp<"tands", "dst = a & s", ScalarInts, SignlessScalar>;
def TorsOp : TileScalarOp<"tors", "dst = a | s", ScalarInts, SignlessScalar>;
def TshlsOp : TileScalarOp<"tshls", "dst = a << s", ScalarInts, SignlessScalar>;
def TshrsOp : TileScalarOp<"tshrs", "dst = a >> s", Ints, SignlessScalar>;
def TfmodsOp : TileScalarOp<"tfmods", "dst = a - trunc(a / s) * s", Arith>;
def TlreluOp : TileScalarOp<"tlrelu", "dst = a > 0 ? a : a * s", Floats>;
def TxorsOp : TileScalarOp<"txors", "dst = a ^ s", ScalarInts, SignlessScalar, [Scratch<>]>;
def TremsOp : TileScalarOp<"trems", "dst = a - floor(a / s) * s", Arith, TileScalar, [Scratch<>]>;
def TpowsOp : TileScalarOp<"tpows", "dst = a to the power of s",
                           Elements<"i16 | i32 | f16 | f32", "i8 | i16 | i32 | f16 | f32">, TileScalar, [Scratch<>]>;

def TileOrScalar : Type<Or<[AnyTile.predicate, TileScalar.predicate]>, "tile or scalar">;
class TileOrScalarSlot<string name, Elements e> : Slot<name, TileOrScalar, "Data", e, "vec", 0>;
def DivsElements : Elements<"arith", "arith | i8">;
def TdivsOp : Pto_TileOp<"tdivs", "dst = a / b, one of which is a scalar",
    [TileOrScalarSlot<"a", DivsElements>, TileOrScalarSlot<"b", DivsElements>], [Tile<"dst", DivsElements>],
    ["oneScalarOneTile", "sameElements", "sameValid"], (ins OptionalAttr<DivPrecisionAttr>:$precisionType)>;

def TaxpyOp : Pto_TileOp<"taxpy", "dst = dst + s * a",
    [Aside<"a", FloatsOrBf16>, Scalar<"s">], [Tile<"dst", FloatsOrBf16>], ["addScaled"]>;

// One tile.
class Unary<string mnemonic, string formula, Elements e, dag words = (ins), list<Slot> scratch = []>
    : Pto_TileOp<mnemonic, formula, !listconcat([Tile<"a", e>], scratch), [Tile<"dst", e>],
                 ["sameElements", "sameValid"], words>;
def TabsOp : Unary<"tabs", "dst = |a|", Floats>;
def TexpOp : Unary<"texp", "dst = exp(a)", Floats, (ins OptionalAttr<ExpPrecisionAttr>:$precisionType)>;
def TlogOp : Unary<"tlog", "dst = log(a)", Floats, (ins OptionalAttr<LogPrecisionAttr>:$precisionType)>;
def TsqrtOp : Unary<"tsqrt", "dst = sqrt(a)", Floats, (ins OptionalAttr<SqrtPrecisionAttr>:$precisionType)>;
def TrsqrtOp : Pto_TileOp<"trsqrt", "dst = 1 / sqrt(a)",
    [Tile<"a", Floats>, Scratch<>], [Tile<"dst", Floats>], ["sameElements", "sameValid", "exactNeedsScratch"],
    (ins OptionalAttr<RsqrtPrecisionAttr>:$precisionType)>;
def TrecipOp : Unary<"trecip", "dst = 1 / a", Floats, (ins OptionalAttr<RecipPrecisionAttr>:$precisionType)>;
def TreluOp : Unary<"trelu", "dst = max(a, 0)", Elements<"i32 | f16 | f32">>;
def TnegOp : Unary<"tneg", "dst = -a", ArithI8OrBf16>;
def TnotOp : Unary<"tnot", "dst = ~a", ScalarInts>;

def TcvtOp : Pto_TileOp<"tcvt", "dst = a in the type of dst",
    [Aside<"a">, Scratch<>], [Tile<"dst">], ["convert"],
    (ins OptionalAttr<RoundModeAttr>:$rmode, OptionalAttr<SaturationModeAttr>:$satmode), "Inner">;

// A bit an element: bit c % 8, from the lowest, of byte c / 8 of the row.
def CompareElements : Elements<"i32 | f16 | f32", "i8 | arith | bf16">;
def TcmpOp : Pto_TileOp<"tcmp", "bit = a cmpMode b",
    [Tile<"a", CompareElements>, Tile<"b", CompareElements>], [Aside<"dst", Flags>], ["sameElements", "sameValid", "compare"],
    (ins OptionalAttr<CmpModeAttr>:$cmpMode), "Inner">;
def CompareScalarElements : Elements<"arith", "arith | i8">;
def TcmpsOp : Pto_TileOp<"tcmps", "bit = a cmpMode s",
    [Tile<"a", CompareScalarElements>, Scalar<"s">], [Aside<"dst", Flags>], ["compare"],
    (ins OptionalAttr<CmpModeAttr>:$cmpMode), "Inner">;

def SelectElements : Elements<"arith | bf16", "arith | i8 | bf16">;
def TselOp : Pto_TileOp<"tsel", "dst = mask ? a : b",
    [Aside<"mask">, Tile<"a", SelectElements>, Tile<"b", SelectElements>, Scratch<>], [Tile<"dst", SelectElements>],
    ["sameElements", "sameValid"]>;
def SelectScalarElements : Elements<"arith", "arith | i8">;
def TselsOp : Pto_TileOp<"tsels", "dst = mask ? a : s",
    [Aside<"mask">, Tile<"a", SelectScalarElements>, Scratch<>, Scalar<"s">], [Tile<"dst", SelectScalarElements>],
    ["sameElements", "sameValid"]>;

// Where both sources are valid the two together, where one is its element.
class Part<string mnemonic, string formula>
    : Pto_TileOp<mnemonic, formula, [Tile<"a", ArithI8OrBf16>, Tile<"b", ArithI8OrBf16>], [Tile<"dst", ArithI8OrBf16>],
                 ["sameElements", "part"]>;
def TpartaddOp : Part<"tpartadd", "dst = a + b where both are valid, else the one that is">;
def TpartmulOp : Part<"tpartmul", "dst = a * b where both are valid, else the one that is">;
def TpartmaxOp : Part<"tpartmax", "dst = max(a, b) where both are valid, else the one that is">;
def TpartminOp : Part<"tpartmin", "dst = min(a, b) where both are valid, else the one that is">;
