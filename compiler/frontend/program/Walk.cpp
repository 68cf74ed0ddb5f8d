// Visits the syntax tree in the order of the text.
// Decorators, annotations and defaults are parts of a function like any other.
#include "compiler/frontend/program/Walk.h"

namespace pto::program {

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
    if (visitor.onExpr)
      visitor.onExpr(expr);
    switch (expr->kind) {
    case Expr::Kind::Attribute:
      return expression(llvm::cast<Attribute>(expr)->base);
    case Expr::Kind::Call: {
      const auto *call = llvm::cast<Call>(expr);
      expression(call->callee);
      expressions(call->arguments);
      for (const Keyword &keyword : call->keywords)
        expression(keyword.value);
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
  void expressions(Exprs list) {
    for (const Expr *expr : list)
      expression(expr);
  }

  void statement(const Stmt *stmt) {
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
    for (const Parameter &parameter : definition->parameters) {
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

} // namespace pto::program
