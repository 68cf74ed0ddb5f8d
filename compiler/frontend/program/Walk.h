// Visits the syntax tree in the order of the text.
// Whoever needs all names, calls or assignments of a function says what to do with one.
#pragma once

#include "compiler/frontend/program/Ast.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace pto::frontend {

/// Each is called before the parts of the node; a null one is not.
struct Visitor {
  llvm::function_ref<void(const Expr *)> onExpr;
  llvm::function_ref<void(const Stmt *)> onStmt;
};

void walk(const Expr *expr, const Visitor &visitor);
void walk(Block block, const Visitor &visitor);

using ExprVisitor = llvm::function_ref<void(const Expr *)>;

/// The expressions that a node consists of, not the parts of these; what is missing is left out. Decorators,
/// annotations and defaults are parts of a function like any other.
void forEachPart(const Expr *expr, ExprVisitor visit);
void forEachPart(const Stmt *stmt, ExprVisitor visit);
/// The blocks of a statement, which come after its own expressions.
llvm::SmallVector<Block, 2> blocksOf(const Stmt *stmt);

/// What a statement itself gives a value to, without its blocks.
void forEachTarget(const Stmt *stmt, ExprVisitor visit);
/// The names in a target: one, or those of a tuple or list.
void forEachName(const Expr *target, llvm::function_ref<void(llvm::StringRef)> visit);
/// The right side of an assignment; null for what is none, or has none.
const Expr *assignedValue(const Stmt *stmt);

} // namespace pto::frontend
