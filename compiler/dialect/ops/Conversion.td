// Conversions between lane types. The rounding, saturation and part tokens have long spellings too
// (ROUND_R, RS_ENABLE, PART_EVEN); the short ones are kept.
include "compiler/dialect/Base.td"

def VtrcOp : Pto_VectorOp<"vtrc", !listconcat(laneWise, [OneOf<"truncations">])> {
  let summary = "result[i] = input[i] rounded to an integral value; infinities, NaN and a zero's sign stay";
  let arguments = (ins RealVReg:$input, AnyMask:$mask, StrAttr:$round_mode);
  let results = (outs RealVReg:$result);
  let assemblyFormat = [{
    $input `,` $mask `,` custom<Rounding>($round_mode) attr-dict `:` type($input) `,` type($mask) `->` type($result)
  }];
}

def VcvtOp : Pto_VectorOp<"vcvt", [Pure, MasksFitLanes, OneOf<"roundings">, OneOf<"saturations">, OneOf<"parts">]> {
  let summary = "result[i] = input[i] as the other type; part says which of the narrower lanes in a wider one's place";
  let hasVerifier = 1;
  let arguments = (ins AnyVReg:$input, AnyMask:$mask, OptionalAttr<StrAttr>:$rnd, OptionalAttr<StrAttr>:$sat,
                       OptionalAttr<StrAttr>:$part);
  let results = (outs AnyVReg:$result);
  let hasCustomAssemblyFormat = 1;
}
