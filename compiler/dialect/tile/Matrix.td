// Products of matrices: left is M by K, right K by N, acc M by N.
include "compiler/dialect/tile/Base.td"

def Factor : Elements<"i8 | f16 | bf16 | f32", "i8 | f16 | bf16 | f32 | f8 | hif8">;
def Sum : Elements<"i32 | f32">;
defvar phase = (ins OptionalAttr<AccPhaseAttr>:$accPhase);

class Product<string mnemonic, string formula, list<Slot> before = [], list<Slot> behind = []>
    : Pto_TileOp<mnemonic, formula,
                 !listconcat(before, [Tile<"lhs", Factor, "left">, Tile<"rhs", Factor, "right">], behind),
                 [Tile<"dst", Sum, "acc">], ["product"], phase>;
def Accumulator : Aside<"accumulator", Sum, "acc">;
def Bias : Aside<"bias", Sum, "bias">;

def TmatmulOp : Product<"tmatmul", "dst = lhs x rhs">;
def TmatmulAccOp : Product<"tmatmul.acc", "dst = accumulator + lhs x rhs", [Accumulator]>;
def TmatmulBiasOp : Product<"tmatmul.bias", "dst = lhs x rhs + bias, an element a column", [], [Bias]>;
