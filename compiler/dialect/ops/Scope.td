// Regions: vector scopes and the sections of a mixed kernel.
include "compiler/dialect/Base.td"

class Pto_ScopeOp<string mnemonic, list<Trait> traits = []>
    : Pto_OutsideOp<mnemonic, !listconcat([SingleBlock, NoTerminator, RecursiveMemoryEffects], traits)> {
  let regions = (region SizedRegion<1>:$body);
}

def VecscopeOp : Pto_ScopeOp<"vecscope", [VectorScope]> {
  let summary = "one interval of vector instructions";
  let assemblyFormat = "$body attr-dict";
  let hasVerifier = 1;
}

def StrictVecscopeOp : Pto_ScopeOp<"strict_vecscope", [VectorScope, IsolatedFromAbove]> {
  let summary = "a vector scope that sees only the values it captures";
  let arguments = (ins Variadic<AnyType>:$captures);
  let assemblyFormat = "`(` $captures `)` $body attr-dict `:` functional-type($captures, results)";
  let hasVerifier = 1;
}

class Pto_SectionOp<string mnemonic> : Pto_ScopeOp<mnemonic> {
  let summary = "code for one kind of core of a mixed kernel";
  let assemblyFormat = "$body attr-dict";
  let hasVerifier = 1;
}
def SectionCubeOp : Pto_SectionOp<"section.cube">;
def SectionVectorOp : Pto_SectionOp<"section.vector">;
