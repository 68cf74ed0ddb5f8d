// What a program consists of for equality and its hash: statements, and expressions where statements use them.
// Private to equality.
#pragma once

#include "compiler/dialect/program/Ops.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::equality {

inline bool isStatement(mlir::Operation &op) {
  return !prog::isExpression(&op) && !mlir::isa<prog::TupleOp>(op);
}

inline bool isExpression(mlir::Value value) {
  return value.getDefiningOp() && !isStatement(*value.getDefiningOp());
}

inline std::vector<mlir::Operation *> statementsOf(mlir::Block &block) {
  std::vector<mlir::Operation *> statements;
  for (mlir::Operation &op : block)
    if (isStatement(op))
      statements.push_back(&op);
  return statements;
}

inline bool isIndexOrInt64(prog::DType dtype) {
  return dtype == prog::DType::Index || dtype == prog::DType::I64;
}

inline std::vector<prog::FuncOp> functionsByName(prog::ProgramOp program) {
  std::vector<prog::FuncOp> functions(program.getOps<prog::FuncOp>().begin(), program.getOps<prog::FuncOp>().end());
  llvm::sort(functions, [](prog::FuncOp a, prog::FuncOp b) { return a.getSymName() < b.getSymName(); });
  return functions;
}

} // namespace pto::equality
