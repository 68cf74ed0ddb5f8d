// The operations of a program.
// Which operations of the language there are is in OpTable.h.
#pragma once

#include "compiler/dialect/program/Types.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace pto::prog {

struct OpRecord;
struct Argument;

/// In generic text and in bytecode, a record is its operation's name.
using RecordPointer = const OpRecord *;
mlir::Attribute convertToAttribute(mlir::MLIRContext *context, RecordPointer record);
mlir::LogicalResult convertFromAttribute(RecordPointer &record, mlir::Attribute attribute,
                                         llvm::function_ref<mlir::InFlightDiagnostic()> emitError);

} // namespace pto::prog

#define GET_OP_CLASSES
#include "compiler/dialect/program/Ops.h.inc"

namespace pto::prog {

/// Single values and lists of them, as the parameters of an operation take them.
struct Argument {
  enum class Kind { Absent, Single, List };
  Kind kind = Kind::Absent;
  llvm::SmallVector<mlir::Value, 4> values;

  static Argument absent() { return {}; }
  static Argument single(mlir::Value value) { return {Kind::Single, {value}}; }
  static Argument list(mlir::ValueRange values) { return {Kind::List, llvm::SmallVector<mlir::Value, 4>(values)}; }
};

llvm::SmallVector<Argument, 4> argumentsOf(BuiltinOp op);

struct ScalarOperator {
  /// As in an operation: `add`, `floordiv`, `eq` …
  llvm::StringLiteral kind;
  /// As a program writes it; a word is called like a function.
  llvm::StringLiteral spelling;
  bool comparison;
};
/// Null if there is none of that name.
const ScalarOperator *binaryOperatorOf(llvm::StringRef kind);
const ScalarOperator *unaryOperatorOf(llvm::StringRef kind);
const ScalarOperator *binaryOperatorSpelled(llvm::StringRef spelling);
const ScalarOperator *unaryOperatorSpelled(llvm::StringRef spelling);

/// A value that a program writes where it is used: a constant or arithmetic.
bool isExpression(mlir::Operation *op);

} // namespace pto::prog
