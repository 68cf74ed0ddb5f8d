// The first place where two programs' trees are not the same.
// Variables correspond one to one; which one a name stands for is settled where it is first met.
#include "compiler/specialize/tests/TreeDifference.h"
#include "compiler/frontend/program/AstPrinter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

namespace pto::specialize {

using namespace program;

namespace {

llvm::StringMap<std::string> symbolsOf(Block module) {
  llvm::StringMap<std::string> symbols;
  for (const Stmt *stmt : module)
    if (const auto *assign = llvm::dyn_cast<Assign>(stmt))
      symbols[llvm::cast<Name>(assign->targets[0])->id] = print(assign->value);
  return symbols;
}

/// `pl.tile.load`, `self.kernel`: a name of its own, no variable.
bool isPath(const Expr *expr) {
  const auto *attribute = llvm::dyn_cast<Attribute>(expr);
  if (!attribute)
    return false;
  const auto *root = llvm::dyn_cast<Name>(attribute->base);
  return root ? root->id == "pl" || root->id == "self" : isPath(attribute->base);
}

class Comparison {
public:
  Comparison(Block left, Block right) : leftSymbols(symbolsOf(left)), rightSymbols(symbolsOf(right)) {}

  std::optional<TreeDifference> found;

  void program(const Class *left, const Class *right) {
    if (left->body.size() != right->body.size())
      return differ("functions", std::to_string(left->body.size()), std::to_string(right->body.size()));
    for (auto [a, b] : llvm::zip(left->body, right->body))
      function(llvm::cast<Function>(a), llvm::cast<Function>(b));
  }

private:
  void function(const Function *left, const Function *right) {
    std::string path = "['" + left->name.str() + "']";
    toRight.clear();
    toLeft.clear();
    if (left->name != right->name || left->parameters.size() != right->parameters.size())
      return differ(path, print(static_cast<const Stmt *>(left)), print(static_cast<const Stmt *>(right)));
    expressions(path + ".decorator", left->decorators, right->decorators);
    for (auto [a, b] : llvm::zip(left->parameters, right->parameters)) {
      std::string at = path + ".parameter['" + a.name.str() + "']";
      variable(at, a.name, b.name);
      expression(at + ".annotation", a.annotation, b.annotation);
    }
    expression(path + ".returns", left->returns, right->returns);
    block(path + ".body", left->body, right->body);
  }

  void block(const std::string &path, Block left, Block right) {
    for (auto [i, a, b] : llvm::enumerate(left.take_front(right.size()), right.take_front(left.size())))
      statement(path + "[" + std::to_string(i) + "]", a, b);
    if (left.size() != right.size())
      differ(path, std::to_string(left.size()) + " statements", std::to_string(right.size()) + " statements");
  }

  void statement(const std::string &path, const Stmt *left, const Stmt *right) {
    if (left->kind != right->kind)
      return differ(path, print(left), print(right));
    switch (left->kind) {
    case Stmt::Kind::Expression:
      return expression(path + ".value", llvm::cast<ExprStmt>(left)->value, llvm::cast<ExprStmt>(right)->value);
    case Stmt::Kind::Assign:
      expression(path + ".value", llvm::cast<Assign>(left)->value, llvm::cast<Assign>(right)->value);
      return expressions(path + ".target", llvm::cast<Assign>(left)->targets, llvm::cast<Assign>(right)->targets);
    case Stmt::Kind::AnnotatedAssign: {
      const auto *a = llvm::cast<AnnotatedAssign>(left), *b = llvm::cast<AnnotatedAssign>(right);
      expression(path + ".annotation", a->annotation, b->annotation);
      expression(path + ".value", a->value, b->value);
      return expression(path + ".target", a->target, b->target);
    }
    case Stmt::Kind::For: {
      const auto *a = llvm::cast<For>(left), *b = llvm::cast<For>(right);
      expression(path + ".iterable", a->iterable, b->iterable);
      expression(path + ".target", a->target, b->target);
      return block(path + ".body", a->body, b->body);
    }
    case Stmt::Kind::If: {
      const auto *a = llvm::cast<If>(left), *b = llvm::cast<If>(right);
      expression(path + ".condition", a->condition, b->condition);
      block(path + ".then", a->then, b->then);
      return block(path + ".otherwise", a->otherwise, b->otherwise);
    }
    case Stmt::Kind::With: {
      const auto *a = llvm::cast<With>(left), *b = llvm::cast<With>(right);
      for (auto [i, x, y] : llvm::enumerate(a->items, b->items))
        expression(path + ".item[" + std::to_string(i) + "]", x.context, y.context);
      return block(path + ".body", a->body, b->body);
    }
    case Stmt::Kind::Return:
      return expression(path + ".value", llvm::cast<Return>(left)->value, llvm::cast<Return>(right)->value);
    default:
      return leaf(path, print(left), print(right));
    }
  }

  void expressions(const std::string &path, Exprs left, Exprs right) {
    if (left.size() != right.size())
      return differ(path, std::to_string(left.size()) + " parts", std::to_string(right.size()) + " parts");
    for (auto [i, a, b] : llvm::enumerate(left, right))
      expression(path + "[" + std::to_string(i) + "]", a, b);
  }

  void expression(const std::string &path, const Expr *left, const Expr *right) {
    if (!left || !right) {
      if (left != right)
        differ(path, left ? print(left) : "nothing", right ? print(right) : "nothing");
      return;
    }
    if (left->kind != right->kind || isPath(left) || isPath(right))
      return leaf(path, print(left), print(right));
    switch (left->kind) {
    case Expr::Kind::Name:
      return variable(path, llvm::cast<Name>(left)->id, llvm::cast<Name>(right)->id);
    case Expr::Kind::Call: {
      const auto *a = llvm::cast<Call>(left), *b = llvm::cast<Call>(right);
      expression(path + ".callee", a->callee, b->callee);
      expressions(path + ".argument", a->arguments, b->arguments);
      if (a->keywords.size() != b->keywords.size())
        return differ(path + ".keyword", print(left), print(right));
      for (const Keyword &keyword : a->keywords) {
        const auto *other = llvm::find_if(b->keywords, [&](const Keyword &each) { return each.name == keyword.name; });
        expression(path + ".keyword['" + keyword.name.str() + "']", keyword.value,
                   other == b->keywords.end() ? nullptr : other->value);
      }
      return;
    }
    case Expr::Kind::Subscript: {
      const auto *a = llvm::cast<Subscript>(left), *b = llvm::cast<Subscript>(right);
      expression(path + ".base", a->base, b->base);
      return expression(path, a->index, b->index);
    }
    case Expr::Kind::Tuple:
      return expressions(path, llvm::cast<Tuple>(left)->elements, llvm::cast<Tuple>(right)->elements);
    case Expr::Kind::List:
      return expressions(path, llvm::cast<List>(left)->elements, llvm::cast<List>(right)->elements);
    case Expr::Kind::Unary:
      return expression(path + ".operand", llvm::cast<Unary>(left)->operand, llvm::cast<Unary>(right)->operand);
    case Expr::Kind::Binary: {
      const auto *a = llvm::cast<Binary>(left), *b = llvm::cast<Binary>(right);
      leaf(path + ".op", spelling(a->op).str(), spelling(b->op).str());
      expression(path + ".left", a->left, b->left);
      return expression(path + ".right", a->right, b->right);
    }
    case Expr::Kind::Number: {
      const auto *a = llvm::cast<Number>(left), *b = llvm::cast<Number>(right);
      if (a->isFloat != b->isFloat || a->integer != b->integer || a->real != b->real)
        differ(path, print(left), print(right));
      return;
    }
    default:
      return leaf(path, print(left), print(right));
    }
  }

  void variable(const std::string &path, llvm::StringRef left, llvm::StringRef right) {
    auto a = leftSymbols.find(left), b = rightSymbols.find(right);
    if (a != leftSymbols.end() || b != rightSymbols.end())
      return leaf(path, a == leftSymbols.end() ? left.str() : a->second,
                  b == rightSymbols.end() ? right.str() : b->second);
    auto there = toRight.try_emplace(left, right.str()).first, here = toLeft.try_emplace(right, left.str()).first;
    if (there->second != right || here->second != left)
      differ(path, left.str(), right.str());
  }

  void leaf(const std::string &path, const std::string &left, const std::string &right) {
    if (left != right)
      differ(path, left, right);
  }

  void differ(const std::string &path, const std::string &left, const std::string &right) {
    if (!found)
      found = TreeDifference{path, left, right};
  }

  llvm::StringMap<std::string> leftSymbols, rightSymbols, toRight, toLeft;
};

} // namespace

std::optional<TreeDifference> findDifference(Block left, Block right) {
  Comparison comparison(left, right);
  comparison.program(llvm::cast<Class>(left.back()), llvm::cast<Class>(right.back()));
  return comparison.found;
}

} // namespace pto::specialize
