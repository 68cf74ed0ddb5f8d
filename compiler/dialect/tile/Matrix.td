// Products of matrices: left is M by K, right K by N, acc M by N.
include "compiler/dialect/tile/Base.td"

def Factor : Elements<"i8 | f16 | bf16 | f32", "i8 | f16 | bf16 | f32 | f8 | hif8">;
def Sum : Elements<"i32 | f32">;
defvar phase = (ins OptionalAttr<AccPhaseAttr>:$accPhase);

// A product of rows by columns, or of one row where the name is tgemv.
class Product<string mnemonic, string formula, string rule, list<Slot> factors, list<Slot> before = [],
              list<Slot> behind = []>
    : Pto_TileOp<mnemonic, formula, !listconcat(before, factors, behind), [Tile<"dst", Sum, "acc">], [rule], phase>;
defvar plainFactors = [Tile<"lhs", Factor, "left">, Tile<"rhs", Factor, "right">];
defvar accumulator = [Aside<"accumulator", Sum, "acc">];
defvar biases = [Aside<"bias", Sum, "bias">];
def TmatmulOp : Product<"tmatmul", "dst = lhs x rhs", "product", plainFactors>;
def TmatmulAccOp : Product<"tmatmul.acc", "dst = accumulator + lhs x rhs", "product", plainFactors, accumulator>;
def TmatmulBiasOp : Product<"tmatmul.bias", "dst = lhs x rhs + bias, an element a column", "product", plainFactors, [],
                            biases>;
def TgemvOp : Product<"tgemv", "dst = lhs x rhs, of one row", "rowProduct", plainFactors>;
def TgemvAccOp : Product<"tgemv.acc", "dst = accumulator + lhs x rhs, of one row", "rowProduct", plainFactors,
                         accumulator>;
def TgemvBiasOp : Product<"tgemv.bias", "dst = lhs x rhs + bias, of one row", "rowProduct", plainFactors, [], biases>;

// Every 32 elements along K share a scale, a power of two.
def MxFactor : Elements<"", "f8 | f4">;
def Scale : Elements<"any">;
defvar mxFactors = [Tile<"lhs", MxFactor, "left">, Aside<"lhs_scale", Scale, "scaling">,
                    Tile<"rhs", MxFactor, "right">, Aside<"rhs_scale", Scale, "scaling">];
def TmatmulMxOp : Product<"tmatmul.mx", "dst = scaled lhs x scaled rhs", "mxProduct", mxFactors>;
def TmatmulMxAccOp : Product<"tmatmul.mx.acc", "dst = accumulator + scaled lhs x scaled rhs", "mxProduct", mxFactors,
                             accumulator>;
def TmatmulMxBiasOp : Product<"tmatmul.mx.bias", "dst = scaled lhs x scaled rhs + bias, an element a column",
                              "mxProduct", mxFactors, [], biases>;
def TgemvMxOp : Product<"tgemv.mx", "dst = scaled lhs x scaled rhs, of one row", "mxRowProduct", mxFactors>;
def TgemvMxAccOp : Product<"tgemv.mx.acc", "dst = accumulator + scaled lhs x scaled rhs, of one row", "mxRowProduct",
                           mxFactors, accumulator>;
def TgemvMxBiasOp : Product<"tgemv.mx.bias", "dst = scaled lhs x scaled rhs + bias, of one row", "mxRowProduct",
                            mxFactors, [], biases>;

def TgetScaleAddrOp : Pto_TileOp<"tget_scale_addr", "dst = the scales of src",
    [Aside<"src", AnyElement, "left | right">], [Aside<"dst", AnyElement, "scaling">]>;
