// Visits the syntax tree in the order of the text.
// Whoever needs all names, calls or assignments of a function says what to do with one.
#pragma once

#include "compiler/frontend/program/Ast.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace pto::program {

/// Each is called before the parts of the node; a null one is not.
struct Visitor {
  llvm::function_ref<void(const Expr *)> onExpr;
  llvm::function_ref<void(const Stmt *)> onStmt;
};

void walk(const Expr *expr, const Visitor &visitor);
void walk(Block block, const Visitor &visitor);

} // namespace pto::program
