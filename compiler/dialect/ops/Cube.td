// Matrix products: L0A times L0B into L0C.
include "compiler/dialect/Base.td"

class Pto_ProductOp<string mnemonic, dag bias, dag tf32, string tf32Form, list<Trait> traits>
    : Pto_OutsideOp<mnemonic, !listconcat(traits, [OneOf<"productUnitFlags">, OneOf<"productSaturations">])> {
  let arguments = !con(
    (ins Arg<L0aPtr, "", [MemRead]>:$lhs, Arg<L0bPtr, "", [MemRead]>:$rhs,
         Arg<L0cPtr, "", [MemRead, MemWrite]>:$destination),
    bias, (ins I64:$m, I64:$n, I64:$k, OptionalAttr<StrAttr>:$unit_flag, UnitAttr:$disable_gemv,
               OptionalAttr<StrAttr>:$saturation), tf32, (ins UnitAttr:$n_dir));
  let assemblyFormat = "operands (`unit_flag` `(` custom<Word>($unit_flag)^ `)`)? (`disable_gemv` $disable_gemv^)? "
    "(custom<Saturation>($saturation)^)? " # tf32Form # " (`n_dir` $n_dir^)? attr-dict `:` type(operands)";
  let hasVerifier = 1;
}
class Pto_PlainProductOp<string mnemonic, dag bias = (ins)>
    : Pto_ProductOp<mnemonic, bias, (ins OptionalAttr<StrAttr>:$tf32_mode),
                    "(`tf32_mode` `(` custom<Word>($tf32_mode)^ `)`)?", [OneOf<"tf32Modes">]> {
  let types = "i8 by i8 into i32, or f16, bf16, f32 or hif8 by itself or fp8 by fp8, into f32";
}
// Each 32 elements along k have a scale.
class Pto_ScaledProductOp<string mnemonic, dag bias = (ins)> : Pto_ProductOp<mnemonic, bias, (ins), "", []> {
  let types = "fp8 by fp8 or fp4 by fp4, into f32";
}
defvar bias = (ins Arg<BtPtr, "", [MemRead]>:$bias);

def MadOp : Pto_PlainProductOp<"mad"> { let summary = "destination[m, n] = sum over k of lhs[m, k] * rhs[k, n]"; }
def MadAccOp : Pto_PlainProductOp<"mad_acc"> {
  let summary = "destination[m, n] += sum over k of lhs[m, k] * rhs[k, n]";
}
def MadBiasOp : Pto_PlainProductOp<"mad_bias", bias> {
  let summary = "destination[m, n] = bias[n] + sum over k of lhs[m, k] * rhs[k, n]";
}
def MadMxOp : Pto_ScaledProductOp<"mad_mx"> {
  let summary = "destination[m, n] = sum over k of lhs[m, k] * rhs[k, n], each with the scale of its 32 elements";
}
def MadMxAccOp : Pto_ScaledProductOp<"mad_mx_acc"> {
  let summary = "destination[m, n] += sum over k of lhs[m, k] * rhs[k, n], each with the scale of its 32 elements";
}
def MadMxBiasOp : Pto_ScaledProductOp<"mad_mx_bias", bias> {
  let summary = "destination[m, n] = bias[n] + sum over k of lhs[m, k] * rhs[k, n], each with the scale of its 32 elements";
}
