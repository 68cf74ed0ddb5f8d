// From rows and columns to one element of each, and back.
include "compiler/dialect/tile/Base.td"

class RowReduction<string mnemonic, string formula>
    : Pto_TileOp<mnemonic, formula, [Tile<"src", Arith>, Scratch<>], [Tile<"dst", Arith>],
                 ["sameElements", "reducesRowsOrNone"]>;
def TrowsumOp : RowReduction<"trowsum", "dst[r] = the sum of row r">;
def TrowmaxOp : RowReduction<"trowmax", "dst[r] = the largest element of row r">;
def TrowminOp : RowReduction<"trowmin", "dst[r] = the smallest element of row r">;
def TrowprodOp : RowReduction<"trowprod", "dst[r] = the product of row r">;

class RowPosition<string mnemonic, string formula>
    : Pto_TileOp<mnemonic, formula, [Tile<"src", Arith>, Scratch<>], [Tile<"dst", Elements<"i32">>], ["reducesRows"]>;
def TrowargmaxOp : RowPosition<"trowargmax", "dst[r] = the column of the first largest element of row r">;
def TrowargminOp : RowPosition<"trowargmin", "dst[r] = the column of the first smallest element of row r">;

class ColumnReduction<string mnemonic, string formula>
    : Pto_TileOp<mnemonic, formula, [Tile<"src", ArithI8OrBf16>], [Tile<"dst", ArithI8OrBf16>],
                 ["sameElements", "reducesColumnsOrNone"]>;
def TcolmaxOp : ColumnReduction<"tcolmax", "dst[c] = the largest element of column c">;
def TcolminOp : ColumnReduction<"tcolmin", "dst[c] = the smallest element of column c">;
def TcolprodOp : ColumnReduction<"tcolprod", "dst[c] = the product of column c">;
def TcolsumOp : Pto_TileOp<"tcolsum", "dst[c] = the sum of column c, in pairs where it is binary",
    [Tile<"src", ArithI8OrBf16>, Scratch<>], [Tile<"dst", ArithI8OrBf16>], ["sameElements", "reducesColumnsOrNone"],
    (ins OptionalAttr<BoolAttr>:$isBinary), "Inner">;

class ColumnPosition<string mnemonic, string formula>
    : Pto_TileOp<mnemonic, formula, [Tile<"src", ArithI8OrBf16>, Scratch<>], [Tile<"dst", Elements<"i32">>],
                 ["reducesColumns"]>;
def TcolargmaxOp : ColumnPosition<"tcolargmax", "dst[c] = the row of the first largest element of column c">;
def TcolargminOp : ColumnPosition<"tcolargmin", "dst[c] = the row of the first smallest element of column c">;

def TrowexpandOp : Pto_TileOp<"trowexpand", "dst[r][c] = src[r][0]", [Tile<"src">], [Tile<"dst">],
                              ["sameElements", "expandsRows"]>;
def TcolexpandOp : Pto_TileOp<"tcolexpand", "dst[r][c] = src[0][c]", [Tile<"src">], [Tile<"dst">],
                              ["sameElements", "expandsColumns"]>;

// One operand has the shape of the result, the other an element a row: a column of them, or rows of 32 bytes.
// src0eqdst, src1Col and highPrecision are notes of the public suite's to itself.
defvar notes = (ins OptionalAttr<AnyAttr>:$src0eqdst, OptionalAttr<AnyAttr>:$src1Col,
                    OptionalAttr<AnyAttr>:$highPrecision);
class RowExpansion<string mnemonic, string formula, Elements e, dag words = (ins)>
    : Pto_TileOp<mnemonic, formula, [Tile<"a", e>, Tile<"b", e>, Scratch<>], [Tile<"dst", e>],
                 ["sameElements", "rowPerRow", "exactNeedsScratch"], !con(words, notes)>;
def ExpandDiv : Elements<"f16 | f32", "arith | i8">;
def TrowexpandaddOp : RowExpansion<"trowexpandadd", "dst = a + b, one element a row", ArithOrI8>;
def TrowexpandsubOp : RowExpansion<"trowexpandsub", "dst = a - b, one element a row", ArithOrI8>;
def TrowexpandmulOp : RowExpansion<"trowexpandmul", "dst = a * b, one element a row", ArithOrI8>;
def TrowexpanddivOp : RowExpansion<"trowexpanddiv", "dst = a / b, one element a row", ExpandDiv,
                                   (ins OptionalAttr<DivPrecisionAttr>:$precisionType)>;
def TrowexpandmaxOp : RowExpansion<"trowexpandmax", "dst = max(a, b), one element a row", ArithOrI8>;
def TrowexpandminOp : RowExpansion<"trowexpandmin", "dst = min(a, b), one element a row", ArithOrI8>;
def TrowexpandexpdifOp : RowExpansion<"trowexpandexpdif", "dst = exp(a - b), one element a row", Floats>;

class ColumnExpansion<string mnemonic, string formula, Elements e, dag words = (ins)>
    : Pto_TileOp<mnemonic, formula, [Tile<"a", e>, Tile<"b", e>], [Tile<"dst", e>],
                 ["sameElements", "columnPerColumn"], words>;
def TcolexpandaddOp : ColumnExpansion<"tcolexpandadd", "dst[r][c] = a[r][c] + b[0][c]", ArithOrI8>;
def TcolexpandsubOp : ColumnExpansion<"tcolexpandsub", "dst[r][c] = a[r][c] - b[0][c]", ArithOrI8>;
def TcolexpandmulOp : ColumnExpansion<"tcolexpandmul", "dst[r][c] = a[r][c] * b[0][c]", ArithOrI8>;
def TcolexpanddivOp : ColumnExpansion<"tcolexpanddiv", "dst[r][c] = a[r][c] / b[0][c]", ExpandDiv,
                                      (ins OptionalAttr<DivPrecisionAttr>:$precisionType)>;
def TcolexpandmaxOp : ColumnExpansion<"tcolexpandmax", "dst[r][c] = max(a[r][c], b[0][c])", ArithOrI8>;
def TcolexpandminOp : ColumnExpansion<"tcolexpandmin", "dst[r][c] = min(a[r][c], b[0][c])", ArithOrI8>;
def TcolexpandexpdifOp : ColumnExpansion<"tcolexpandexpdif", "dst[r][c] = exp(a[r][c] - b[0][c])", Floats>;
