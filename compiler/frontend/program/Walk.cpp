// Visits the syntax tree in the order of the text.
#include "compiler/frontend/program/Walk.h"

namespace pto::frontend {

static void visitAll(Exprs list, ExprVisitor visit) {
  for (const Expr *expr : list)
    if (expr)
      visit(expr);
}

void forEachPart(const Expr *expr, ExprVisitor visit) {
  switch (expr->kind) {
  case Expr::Kind::Attribute:
    return visit(llvm::cast<Attribute>(expr)->base);
  case Expr::Kind::Call: {
    const auto *call = llvm::cast<Call>(expr);
    visit(call->callee);
    visitAll(call->arguments, visit);
    for (const Keyword &keyword : call->keywords)
      visit(keyword.value);
    return;
  }
  case Expr::Kind::Subscript:
    return visitAll({llvm::cast<Subscript>(expr)->base, llvm::cast<Subscript>(expr)->index}, visit);
  case Expr::Kind::Slice: {
    const auto *slice = llvm::cast<Slice>(expr);
    return visitAll({slice->lower, slice->upper, slice->step}, visit);
  }
  case Expr::Kind::Tuple:
  case Expr::Kind::List:
    return visitAll(elementsOf(expr), visit);
  case Expr::Kind::Dict:
    for (const DictEntry &entry : llvm::cast<Dict>(expr)->entries)
      visitAll({entry.key, entry.value}, visit);
    return;
  case Expr::Kind::Unary:
    return visit(llvm::cast<Unary>(expr)->operand);
  case Expr::Kind::Binary:
    return visitAll({llvm::cast<Binary>(expr)->left, llvm::cast<Binary>(expr)->right}, visit);
  case Expr::Kind::Conditional: {
    const auto *conditional = llvm::cast<Conditional>(expr);
    return visitAll({conditional->then, conditional->condition, conditional->otherwise}, visit);
  }
  case Expr::Kind::Name:
  case Expr::Kind::Number:
  case Expr::Kind::String:
  case Expr::Kind::Constant:
  case Expr::Kind::Opaque:
    return;
  }
}

void forEachTarget(const Stmt *stmt, ExprVisitor visit) {
  if (const auto *assign = llvm::dyn_cast<Assign>(stmt))
    visitAll(assign->targets, visit);
  else if (const auto *annotated = llvm::dyn_cast<AnnotatedAssign>(stmt))
    visit(annotated->target);
  else if (const auto *augmented = llvm::dyn_cast<AugmentedAssign>(stmt))
    visit(augmented->target);
  else if (const auto *loop = llvm::dyn_cast<For>(stmt))
    visit(loop->target);
  else if (const auto *with = llvm::dyn_cast<With>(stmt))
    for (const WithItem &item : with->items)
      visitAll(item.target, visit);
}

void forEachName(const Expr *target, llvm::function_ref<void(llvm::StringRef)> visit) {
  if (const auto *name = llvm::dyn_cast<Name>(target))
    visit(name->id);
  for (const Expr *element : elementsOf(target))
    forEachName(element, visit);
}

const Expr *assignedValue(const Stmt *stmt) {
  if (const auto *assign = llvm::dyn_cast<Assign>(stmt))
    return assign->value;
  const auto *annotated = llvm::dyn_cast<AnnotatedAssign>(stmt);
  return annotated ? annotated->value : nullptr;
}

void forEachPart(const Stmt *stmt, ExprVisitor visit) {
  if (const auto *with = llvm::dyn_cast<With>(stmt)) {
    for (const WithItem &item : with->items)
      visitAll({item.context, item.target}, visit);
    return;
  }
  forEachTarget(stmt, visit);
  switch (stmt->kind) {
  case Stmt::Kind::Expression:
    return visit(llvm::cast<ExprStmt>(stmt)->value);
  case Stmt::Kind::Assign:
    return visit(llvm::cast<Assign>(stmt)->value);
  case Stmt::Kind::AnnotatedAssign:
    return visitAll({llvm::cast<AnnotatedAssign>(stmt)->annotation, llvm::cast<AnnotatedAssign>(stmt)->value}, visit);
  case Stmt::Kind::AugmentedAssign:
    return visit(llvm::cast<AugmentedAssign>(stmt)->value);
  case Stmt::Kind::For:
    return visit(llvm::cast<For>(stmt)->iterable);
  case Stmt::Kind::While:
    return visit(llvm::cast<While>(stmt)->condition);
  case Stmt::Kind::If:
    return visit(llvm::cast<If>(stmt)->condition);
  case Stmt::Kind::Return:
    return visitAll(llvm::cast<Return>(stmt)->value, visit);
  case Stmt::Kind::Function: {
    const auto *function = llvm::cast<Function>(stmt);
    visitAll(function->decorators, visit);
    for (const Parameter &parameter : function->parameters)
      visitAll({parameter.annotation, parameter.defaultValue}, visit);
    return visitAll(function->returns, visit);
  }
  case Stmt::Kind::Class:
    visitAll(llvm::cast<Class>(stmt)->decorators, visit);
    return visitAll(llvm::cast<Class>(stmt)->bases, visit);
  default:
    return;
  }
}

llvm::SmallVector<Block, 2> blocksOf(const Stmt *stmt) {
  switch (stmt->kind) {
  case Stmt::Kind::For:
    return {llvm::cast<For>(stmt)->body, llvm::cast<For>(stmt)->otherwise};
  case Stmt::Kind::While:
    return {llvm::cast<While>(stmt)->body, llvm::cast<While>(stmt)->otherwise};
  case Stmt::Kind::If:
    return {llvm::cast<If>(stmt)->then, llvm::cast<If>(stmt)->otherwise};
  case Stmt::Kind::With:
    return {llvm::cast<With>(stmt)->body};
  case Stmt::Kind::Function:
    return {llvm::cast<Function>(stmt)->body};
  case Stmt::Kind::Class:
    return {llvm::cast<Class>(stmt)->body};
  case Stmt::Kind::Opaque: {
    llvm::SmallVector<Block, 2> blocks;
    for (const OpaqueClause &clause : llvm::cast<OpaqueStmt>(stmt)->clauses)
      blocks.push_back(clause.body);
    return blocks;
  }
  default:
    return {};
  }
}

void walk(const Expr *expr, const Visitor &visitor) {
  if (!expr)
    return;
  if (visitor.onExpr)
    visitor.onExpr(expr);
  forEachPart(expr, [&](const Expr *part) { walk(part, visitor); });
}

void walk(Block block, const Visitor &visitor) {
  for (const Stmt *stmt : block) {
    if (visitor.onStmt)
      visitor.onStmt(stmt);
    forEachPart(stmt, [&](const Expr *part) { walk(part, visitor); });
    for (Block inner : blocksOf(stmt))
      walk(inner, visitor);
  }
}

} // namespace pto::frontend
