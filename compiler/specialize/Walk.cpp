// Visits the syntax tree in the order of the text.
// The order is fixed: two trees of the same form give their ranges in the same order.
#include "compiler/specialize/Walk.h"

namespace pto::specialize {

namespace {

class Walker {
public:
  explicit Walker(const Visitor &visitor) : visitor(visitor) {}

  void block(Block statements) {
    for (const Stmt *stmt : statements)
      statement(stmt);
  }

  void expression(const Expr *expr) {
    if (!expr)
      return;
    range(expr->range);
    if (visitor.onExpr)
      visitor.onExpr(expr);
    switch (expr->kind) {
    case Expr::Kind::Attribute:
      expression(llvm::cast<Attribute>(expr)->base);
      return range(llvm::cast<Attribute>(expr)->nameRange);
    case Expr::Kind::Call: {
      const auto *call = llvm::cast<Call>(expr);
      expression(call->callee);
      expressions(call->arguments);
      for (const Keyword &keyword : call->keywords) {
        range(keyword.range);
        expression(keyword.value);
      }
      return;
    }
    case Expr::Kind::Subscript:
      expression(llvm::cast<Subscript>(expr)->base);
      return expression(llvm::cast<Subscript>(expr)->index);
    case Expr::Kind::Slice:
      expression(llvm::cast<Slice>(expr)->lower);
      expression(llvm::cast<Slice>(expr)->upper);
      return expression(llvm::cast<Slice>(expr)->step);
    case Expr::Kind::Tuple:
      return expressions(llvm::cast<Tuple>(expr)->elements);
    case Expr::Kind::List:
      return expressions(llvm::cast<List>(expr)->elements);
    case Expr::Kind::Dict:
      for (const DictEntry &entry : llvm::cast<Dict>(expr)->entries) {
        expression(entry.key);
        expression(entry.value);
      }
      return;
    case Expr::Kind::Unary:
      return expression(llvm::cast<Unary>(expr)->operand);
    case Expr::Kind::Binary:
      expression(llvm::cast<Binary>(expr)->left);
      return expression(llvm::cast<Binary>(expr)->right);
    case Expr::Kind::Conditional:
      expression(llvm::cast<Conditional>(expr)->then);
      expression(llvm::cast<Conditional>(expr)->condition);
      return expression(llvm::cast<Conditional>(expr)->otherwise);
    case Expr::Kind::Name:
    case Expr::Kind::Number:
    case Expr::Kind::String:
    case Expr::Kind::Constant:
    case Expr::Kind::Opaque:
      return;
    }
  }

private:
  void range(const SourceRange &range) const {
    if (visitor.onRange)
      visitor.onRange(range);
  }

  void expressions(Exprs list) {
    for (const Expr *expr : list)
      expression(expr);
  }

  void statement(const Stmt *stmt) {
    range(stmt->range);
    if (visitor.onStmt)
      visitor.onStmt(stmt);
    switch (stmt->kind) {
    case Stmt::Kind::Expression:
      return expression(llvm::cast<ExprStmt>(stmt)->value);
    case Stmt::Kind::Assign:
      expressions(llvm::cast<Assign>(stmt)->targets);
      return expression(llvm::cast<Assign>(stmt)->value);
    case Stmt::Kind::AnnotatedAssign:
      expression(llvm::cast<AnnotatedAssign>(stmt)->target);
      expression(llvm::cast<AnnotatedAssign>(stmt)->annotation);
      return expression(llvm::cast<AnnotatedAssign>(stmt)->value);
    case Stmt::Kind::AugmentedAssign:
      expression(llvm::cast<AugmentedAssign>(stmt)->target);
      return expression(llvm::cast<AugmentedAssign>(stmt)->value);
    case Stmt::Kind::For:
      expression(llvm::cast<For>(stmt)->target);
      expression(llvm::cast<For>(stmt)->iterable);
      block(llvm::cast<For>(stmt)->body);
      return block(llvm::cast<For>(stmt)->otherwise);
    case Stmt::Kind::While:
      expression(llvm::cast<While>(stmt)->condition);
      block(llvm::cast<While>(stmt)->body);
      return block(llvm::cast<While>(stmt)->otherwise);
    case Stmt::Kind::If:
      expression(llvm::cast<If>(stmt)->condition);
      block(llvm::cast<If>(stmt)->then);
      return block(llvm::cast<If>(stmt)->otherwise);
    case Stmt::Kind::With:
      for (const WithItem &item : llvm::cast<With>(stmt)->items) {
        expression(item.context);
        expression(item.target);
      }
      return block(llvm::cast<With>(stmt)->body);
    case Stmt::Kind::Return:
      return expression(llvm::cast<Return>(stmt)->value);
    case Stmt::Kind::Function:
      return function(llvm::cast<Function>(stmt));
    case Stmt::Kind::Class: {
      const auto *definition = llvm::cast<Class>(stmt);
      expressions(definition->decorators);
      range(definition->nameRange);
      expressions(definition->bases);
      return block(definition->body);
    }
    case Stmt::Kind::Opaque:
      for (const OpaqueClause &clause : llvm::cast<OpaqueStmt>(stmt)->clauses)
        block(clause.body);
      return;
    case Stmt::Kind::Break:
    case Stmt::Kind::Continue:
    case Stmt::Kind::Pass:
    case Stmt::Kind::Import:
      return;
    }
  }

  void function(const Function *definition) {
    expressions(definition->decorators);
    range(definition->nameRange);
    for (const Parameter &parameter : definition->parameters) {
      range(parameter.range);
      expression(parameter.annotation);
      expression(parameter.defaultValue);
    }
    expression(definition->returns);
    block(definition->body);
  }

  const Visitor &visitor;
};

} // namespace

void walk(const Expr *expr, const Visitor &visitor) {
  Walker(visitor).expression(expr);
}

void walk(Block block, const Visitor &visitor) {
  Walker(visitor).block(block);
}

} // namespace pto::specialize
