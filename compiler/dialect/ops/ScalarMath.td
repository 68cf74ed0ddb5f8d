// Arithmetic on scalars and pairs of them, for threads and for the scalar unit.
include "compiler/dialect/SimtBase.td"

def PrmtOp : Pto_Op<"prmt", [Pure]> {
  let summary = "each byte of the result is one of the eight bytes of lhs:rhs";
  let arguments = (ins I32:$lhs, I32:$rhs, I32:$selector);
  let results = (outs I32:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs `,` $selector attr-dict `:` type($lhs) `,` type($rhs) `,` type($selector) `->` type($result)
  }];
}

class Pto_WideProductOp<string mnemonic, Type factor, Type product, list<Trait> traits = []>
    : Pto_Op<mnemonic, !listconcat([Pure, OneOf<"signedness">], traits)> {
  let arguments = (ins factor:$lhs, factor:$rhs, StrAttr:$signedness);
  let results = (outs product:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs custom<RequiredSignedness>($signedness) attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)
  }];
}
def Word : AnyTypeOf<[I32, I64], "i32 or i64">;
def MulhiOp : Pto_WideProductOp<"mulhi", Word, Word, [AllTypesMatch<["lhs", "rhs", "result"]>]>;
def MulI32toi64Op : Pto_WideProductOp<"mul_i32toi64", I32, I64>;

class Pto_MathUnaryOp<string mnemonic, Type type> : Pto_Op<mnemonic, [Pure, AllTypesMatch<["value", "result"]>]> {
  let arguments = (ins type:$value);
  let results = (outs type:$result);
  let assemblyFormat = "$value attr-dict `:` type($value) `->` type($result)";
}
class Pto_MathBinaryOp<string mnemonic, Type type> : Pto_Op<mnemonic, [Pure, AllTypesMatch<["lhs", "rhs", "result"]>]> {
  let arguments = (ins type:$lhs, type:$rhs);
  let results = (outs type:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)";
}
def AbsValue : AnyTypeOf<[F32, F16x2, BF16x2], "f32, vector<2xf16> or vector<2xbf16>">;
def SfuValue : AnyTypeOf<[F16, F32, F16x2], "f16, f32 or vector<2xf16>">;
def RoundValue : AnyTypeOf<[F16, BF16, F32], "f16, bf16 or f32">;
def ExtremeValue : AnyTypeOf<[F32, BF16, F16x2, BF16x2], "f32, bf16, vector<2xf16> or vector<2xbf16>">;
def FmaValue : AnyTypeOf<[F16, BF16, F32, F16x2, BF16x2], "f16, bf16, f32, vector<2xf16> or vector<2xbf16>">;
def AbsfOp : Pto_MathUnaryOp<"absf", AbsValue>;
def SqrtOp : Pto_MathUnaryOp<"sqrt", SfuValue>;
def ExpOp : Pto_MathUnaryOp<"exp", SfuValue>;
def LogOp : Pto_MathUnaryOp<"log", SfuValue>;
def PowOp : Pto_MathBinaryOp<"pow", SfuValue>;
def CeilOp : Pto_MathUnaryOp<"ceil", RoundValue>;
def FloorOp : Pto_MathUnaryOp<"floor", RoundValue>;
def RintOp : Pto_MathUnaryOp<"rint", RoundValue>;
def RoundOp : Pto_MathUnaryOp<"round", RoundValue>;
def FminOp : Pto_MathBinaryOp<"fmin", ExtremeValue>;
def FmaxOp : Pto_MathBinaryOp<"fmax", ExtremeValue>;
def FmaOp : Pto_Op<"fma", [Pure, AllTypesMatch<["lhs", "rhs", "acc", "result"]>]> {
  let summary = "lhs * rhs + acc, rounded once";
  let arguments = (ins FmaValue:$lhs, FmaValue:$rhs, FmaValue:$acc);
  let results = (outs FmaValue:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs `,` $acc attr-dict `:` type($lhs) `,` type($rhs) `,` type($acc) `->` type($result)
  }];
}

def ConvertValue : AnyTypeOf<[I32, I64, F16, BF16, F32, F16x2, BF16x2, F32x2, F8E4M3x2, F8E5M2x2, HiF8x2, F4E1M2x2,
                              F4E2M1x2],
                             "i32, i64, f16, bf16, f32, a vector of two of f16, bf16, f32, f8E4M3FN or f8E5M2, "
                             "!pto.hif8x2, !pto.f4E1M2x2 or !pto.f4E2M1x2">;
def ConvertOp : Pto_Op<"convert", [Pure, OneOf<"convertRoundings">, OneOf<"convertSaturations">, OneOf<"signedness">]> {
  let arguments = (ins ConvertValue:$source, StrAttr:$rounding, StrAttr:$saturation, OptionalAttr<StrAttr>:$signedness);
  let results = (outs ConvertValue:$result);
  let assemblyFormat = [{
    $source custom<ConvertRounding>($rounding) custom<ConvertSaturation>($saturation) `` custom<Signedness>($signedness)
    attr-dict `:` type($source) `->` type($result)
  }];
  let hasVerifier = 1;
}
