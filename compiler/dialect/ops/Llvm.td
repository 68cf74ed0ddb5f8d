// What public kernels use of MLIR's llvm dialect, which would bring half of LLVM with it: the bits of a pair of floats as
// an integer.
include "compiler/dialect/Base.td"

def Llvm_Dialect : Dialect {
  let name = "llvm";
  let cppNamespace = "::pto::ir::llvm_dialect";
}

def BitcastOp : Op<Llvm_Dialect, "bitcast", [Pure]> {
  let summary = "the same bits as another type";
  let arguments = (ins AnyType:$input);
  let results = (outs AnyType:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `to` type($result)";
  let hasVerifier = 1;
}
