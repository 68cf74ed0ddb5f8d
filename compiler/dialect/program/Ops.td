// The operations of a program. Names of variables are in locations (Names.h), so that they never matter.
#ifndef PTO_COMPILER_DIALECT_PROGRAM_OPS_TD
#define PTO_COMPILER_DIALECT_PROGRAM_OPS_TD

include "compiler/dialect/program/Types.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Prog_Op<string mnemonic, list<Trait> traits = []>
    : Op<Prog_Dialect, mnemonic, !listconcat([DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>], traits)> {
  let extraClassDefinition = [{
    void $cppClass::getAsmResultNames(::mlir::OpAsmSetValueNameFn setName) { nameResults(*this, setName); }
  }];
}

def ProgramOp : Prog_Op<"program", [IsolatedFromAbove, SymbolTable, Symbol, NoTerminator, SingleBlock]> {
  let summary = "a program: functions that call each other";
  let arguments = (ins SymbolNameAttr:$sym_name);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
}

def FuncOp : Prog_Op<"func", [IsolatedFromAbove, Symbol, SingleBlock, HasParent<"ProgramOp">]> {
  let summary = "a function of a program";
  let description = [{
    `kind` is one of Opaque, Orchestration, InCore, AIC, AIV, Group, Spmd, Inline, Graph. `directions` has "in", "out"
    or "inout" for each parameter. `keywords` is what else the decorator says: level, role, attrs.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttrOf<AnyType>:$function_type, StrAttr:$kind,
                       StrArrayAttr:$directions, OptionalAttr<DictionaryAttr>:$keywords);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name $kind $function_type $directions (`keywords` $keywords^)? attr-dict-with-keyword $body";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::mlir::FunctionType getType() { return ::mlir::cast<::mlir::FunctionType>(getFunctionType()); }
    ::llvm::StringRef getDirection(unsigned index);
    ::mlir::Block &getBlock() { return getBody().front(); }
    ::mlir::Block::BlockArgListType getParameters() { return getBlock().getArguments(); }
  }];
}

def ReturnOp : Prog_Op<"return", [Terminator, HasParent<"FuncOp">]> {
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
  let hasVerifier = 1;
}

def CallOp : Prog_Op<"call", [AttrSizedOperandSegments, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a call of a function of the program";
  let description = [{
    `directions`, where known, says what the call does with each argument: Input, Output, InOut, OutputExisting,
    NoDep, Scalar. `extras` are values that are no arguments, `extraNames` what each is for: the tasks that this one
    waits for (deps), the device it runs on. A call that `submits` gives the task as well, as its last result.
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyType>:$arguments, Variadic<AnyType>:$extras,
                       OptionalAttr<StrArrayAttr>:$directions, OptionalAttr<StrArrayAttr>:$extraNames,
                       OptionalAttr<DictionaryAttr>:$keywords, UnitAttr:$submits);
  let results = (outs Variadic<AnyType>:$outputs);
  let builders = [
    OpBuilder<(ins "::mlir::TypeRange":$types, "::mlir::FlatSymbolRefAttr":$callee, "::mlir::ValueRange":$arguments,
                   "::mlir::ArrayAttr":$directions), [{
      build($_builder, $_state, types, callee, arguments, ::mlir::ValueRange(), directions, ::mlir::ArrayAttr(),
            ::mlir::DictionaryAttr(), ::mlir::UnitAttr());
    }]>,
    OpBuilder<(ins "::mlir::TypeRange":$types, "::llvm::StringRef":$callee, "::mlir::ValueRange":$arguments,
                   "::mlir::ArrayAttr":$directions), [{
      build($_builder, $_state, types, ::mlir::FlatSymbolRefAttr::get($_builder.getContext(), callee), arguments,
            directions);
    }]>];
  let assemblyFormat = [{
    $callee `(` $arguments `)` (`with` $extraNames `(` $extras^ `:` type($extras) `)`)? (`submits` $submits^)?
    ($directions^)? (`keywords` $keywords^)? attr-dict `:` functional-type($arguments, $outputs)
  }];
}

def Prog_OpRecord : Property<"::pto::prog::RecordPointer", "an operation of the language"> {
  let defaultValue = "nullptr";
  let writeToMlirBytecode = writeMlirBytecodeWithConvertToAttribute;
  let readFromMlirBytecode = readMlirBytecodeUsingConvertFromAttribute;
}

def BuiltinOp : Prog_Op<"op"> {
  let summary = "one of the language's operations: tile.load, tensor.slice, system.bar_all …";
  let description = [{
    OpTable.h says which there are, and all that is known of each: `record` is its row. `segments` has an entry for each operand
    parameter: -1 for one value, n for a list of n values; parameters left out at the end have none, one left out
    before that has -2. Keywords that have a default are always spelled out.
  }];
  let arguments = (ins Prog_OpRecord:$record, Variadic<AnyType>:$arguments, DenseI32ArrayAttr:$segments,
                       DictionaryAttr:$keywords);
  let results = (outs Variadic<AnyType>:$outputs);
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "::mlir::TypeRange":$types, "const ::pto::prog::OpRecord &":$record,
                                 "::llvm::ArrayRef<::pto::prog::Argument>":$arguments,
                                 "::llvm::ArrayRef<::mlir::NamedAttribute>":$keywords)>];
  let extraClassDeclaration = [{
    const ::pto::prog::OpRecord &record() { return *getProperties().record; }
    /// `op.is("tile.move"_op)`
    bool is(const ::pto::prog::OpRecord &other) { return getProperties().record == &other; }
    /// As in the text: `tile.move`.
    ::llvm::StringRef getCallee();
  }];
  let assemblyFormat = "custom<Record>($record) custom<Segments>($arguments, $segments) $keywords attr-dict `:` functional-type($arguments, $outputs)";
  let hasVerifier = 1;
}

def ConstOp : Prog_Op<"const", [Pure]> {
  let summary = "a number: i64 for integers and bools, f64 for floats";
  let arguments = (ins AnyAttr:$value);
  let results = (outs Prog_ScalarType:$result);
  let assemblyFormat = "$value attr-dict `->` type($result)";
  let hasVerifier = 1;
}

def SymbolOp : Prog_Op<"symbol", [Pure]> {
  let summary = "the value of a dynamic dimension";
  let arguments = (ins StrAttr:$symbol);
  let results = (outs Prog_ScalarType:$result);
  let assemblyFormat = "$symbol attr-dict `:` type($result)";
}

def UnaryOp : Prog_Op<"unary", [Pure]> {
  let summary = "neg, not, bit_not, abs, cast of a scalar";
  let arguments = (ins StrAttr:$kind, Prog_ScalarType:$operand);
  let results = (outs Prog_ScalarType:$result);
  let assemblyFormat = "$kind $operand attr-dict `:` type($operand) `->` type($result)";
  let hasVerifier = 1;
}

def BinaryOp : Prog_Op<"binary", [Pure]> {
  let summary = "arithmetic, comparison, logic on two scalars";
  let arguments = (ins StrAttr:$kind, Prog_ScalarType:$lhs, Prog_ScalarType:$rhs);
  let results = (outs Prog_ScalarType:$result);
  let assemblyFormat = "$kind $lhs `,` $rhs attr-dict `:` type($lhs) `,` type($rhs) `->` type($result)";
  let hasVerifier = 1;
}

def UnsetOp : Prog_Op<"unset", [Pure]> {
  let summary = "no value yet: what a loop carries that its first round sets";
  let description = [{
    Stands for what is first assigned inside a loop that certainly runs, and used after it. No round reads what is
    carried there.
  }];
  let results = (outs AnyType:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def TupleOp : Prog_Op<"tuple", [Pure]> {
  let arguments = (ins Variadic<AnyType>:$elements);
  let results = (outs AnyTuple:$result);
  let assemblyFormat = "$elements attr-dict `:` functional-type($elements, $result)";
}

def ElementOp : Prog_Op<"element", [Pure]> {
  let arguments = (ins AnyTuple:$tuple, I64Attr:$index);
  let results = (outs AnyType:$result);
  let assemblyFormat = "$tuple `[` $index `]` attr-dict `:` type($tuple) `->` type($result)";
  let hasVerifier = 1;
}

class Prog_Structured<string mnemonic, list<Trait> traits = []>
    : Prog_Op<mnemonic, !listconcat([RecursiveMemoryEffects], traits)>;

def ForOp : Prog_Structured<"for", [SingleBlock]> {
  let summary = "a counted loop, with carried values";
  let description = [{
    `kind` is range, parallel, unroll or pipeline. `keywords`: chunk, chunk_policy, stage, attrs. The body takes the
    loop's variable and the carried values, and yields the next ones.
  }];
  let arguments = (ins StrAttr:$kind, Prog_ScalarType:$lower, Prog_ScalarType:$upper, Prog_ScalarType:$step,
                       Variadic<AnyType>:$inits, DictionaryAttr:$keywords);
  let results = (outs Variadic<AnyType>:$outputs);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $kind $lower `to` $upper `step` $step (`carries` `(` $inits^ `)`)? $keywords attr-dict `:`
    functional-type(operands, $outputs) $body
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::mlir::BlockArgument getVariable() { return getBody().front().getArgument(0); }
    ::mlir::Block::BlockArgListType getCarried() { return getBody().front().getArguments().drop_front(); }
  }];
}

def WhileOp : Prog_Structured<"while"> {
  let summary = "a loop with a condition, which is computed from the carried values before each round";
  let arguments = (ins Variadic<AnyType>:$inits);
  let results = (outs Variadic<AnyType>:$outputs);
  let regions = (region SizedRegion<1>:$condition, SizedRegion<1>:$body);
  let assemblyFormat = "(`carries` `(` $inits^ `)`)? attr-dict `:` functional-type($inits, $outputs) $condition `do` $body";
  let hasVerifier = 1;
}

def ConditionOp : Prog_Op<"condition", [Terminator, HasParent<"WhileOp">]> {
  let arguments = (ins Prog_ScalarType:$condition);
  let assemblyFormat = "$condition attr-dict `:` type($condition)";
}

def IfOp : Prog_Structured<"if"> {
  let arguments = (ins Prog_ScalarType:$condition);
  let results = (outs Variadic<AnyType>:$outputs);
  let regions = (region SizedRegion<1>:$thenRegion, SizedRegion<1>:$elseRegion);
  let assemblyFormat = "$condition attr-dict `:` functional-type($condition, $outputs) $thenRegion `else` $elseRegion";
  let hasVerifier = 1;
}

def ScopeOp : Prog_Structured<"scope", [SingleBlock]> {
  let summary = "statements that belong together on one level of the machine";
  let description = [{
    `kind` is incore, auto_incore, cluster, at, spmd, split_aiv or scope; `keywords` is what the with statement says
    beside that, `extras` and `extraNames` the values in it: core_num, deps … Values that are used after the scope are
    its results; of one that is `tracked` the task that it becomes is the last.
  }];
  let arguments = (ins StrAttr:$kind, Variadic<AnyType>:$extras, OptionalAttr<StrArrayAttr>:$extraNames,
                       DictionaryAttr:$keywords, UnitAttr:$tracked);
  let results = (outs Variadic<AnyType>:$outputs);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $kind (`with` $extraNames `(` $extras^ `:` type($extras) `)`)? (`tracked` $tracked^)? $keywords
    (`:` type($outputs)^)? attr-dict-with-keyword $body
  }];
  let hasVerifier = 1;
}

def YieldOp : Prog_Op<"yield", [Terminator, ParentOneOf<["ForOp", "WhileOp", "IfOp", "ScopeOp"]>]> {
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
}

class Prog_Leave<string mnemonic> : Prog_Op<mnemonic> {
  let description = [{
    Takes the values that the loop carries at that point. What follows in the block is not reached: a yield that
    carries nothing.
  }];
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
  let hasVerifier = 1;
}

def BreakOp : Prog_Leave<"break"> {
  let summary = "leaves the innermost loop";
}

def ContinueOp : Prog_Leave<"continue"> {
  let summary = "goes on with the innermost loop's next round";
}

#endif
