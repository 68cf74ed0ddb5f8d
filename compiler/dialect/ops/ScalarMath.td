// Arithmetic on scalars and pairs of them, for threads and for the scalar unit.
include "compiler/dialect/SimtBase.td"

def PrmtOp : Pto_Op<"prmt", [Pure]> {
  let summary = "byte i of result = the byte of lhs:rhs that bits 4i + 2 to 4i of selector number, rhs's first";
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
def MulhiOp : Pto_WideProductOp<"mulhi", Word, Word, [AllTypesMatch<["lhs", "rhs", "result"]>]> {
  let summary = "result = the upper half of lhs * rhs";
}
def MulI32toi64Op : Pto_WideProductOp<"mul_i32toi64", I32, I64> { let summary = "result = lhs * rhs, whole"; }

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
def AbsfOp : Pto_MathUnaryOp<"absf", AbsValue> { let summary = "result = value without its sign bit"; }
def SqrtOp : Pto_MathUnaryOp<"sqrt", SfuValue> { let summary = "result = sqrt(value)"; }
def ExpOp : Pto_MathUnaryOp<"exp", SfuValue> { let summary = "result = exp(value)"; }
def LogOp : Pto_MathUnaryOp<"log", SfuValue> { let summary = "result = ln(value)"; }
def PowOp : Pto_MathBinaryOp<"pow", SfuValue> { let summary = "result = lhs to the power of rhs"; }
def CeilOp : Pto_MathUnaryOp<"ceil", RoundValue> { let summary = "the least integral value that is not below"; }
def FloorOp : Pto_MathUnaryOp<"floor", RoundValue> { let summary = "the largest integral value that is not above"; }
def RintOp : Pto_MathUnaryOp<"rint", RoundValue> { let summary = "the nearest integral value, of two the even one"; }
def RoundOp : Pto_MathUnaryOp<"round", RoundValue> {
  let summary = "the nearest integral value, of two the one farther from zero";
}
def FminOp : Pto_MathBinaryOp<"fmin", ExtremeValue> {
  let summary = "result = min(lhs, rhs); a NaN wins, and -0 is below +0";
}
def FmaxOp : Pto_MathBinaryOp<"fmax", ExtremeValue> {
  let summary = "result = max(lhs, rhs); a NaN wins, and +0 is above -0";
}
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
  let summary = "result = source as the other type, rounded and saturated as it says";
  let arguments = (ins ConvertValue:$source, StrAttr:$rounding, StrAttr:$saturation, OptionalAttr<StrAttr>:$signedness);
  let results = (outs ConvertValue:$result);
  let assemblyFormat = [{
    $source custom<ConvertRounding>($rounding) custom<ConvertSaturation>($saturation) `` custom<Signedness>($signedness)
    attr-dict `:` type($source) `->` type($result)
  }];
  let hasVerifier = 1;
}
