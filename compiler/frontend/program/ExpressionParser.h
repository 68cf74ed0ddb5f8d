// The half of the parser that reads expressions.
// Private to the parser.
#pragma once

#include "compiler/frontend/program/ParserBase.h"
#include <initializer_list>

namespace pto::frontend {

class ExpressionParser : public ParserBase {
protected:
  using ParserBase::ParserBase;

  /// One expression; a comma ends it. Null after an error, as everywhere here.
  const Expr *expression();
  /// Expressions with commas between them: a Tuple if there is a comma.
  const Expr *expressionList();
  /// What a `for` assigns to: `in` ends it.
  const Expr *targetList();

  /// What was read until now can be forgotten: the statement is complete.
  void forgetHeights() { heights.clear(); }

private:
  using ElementParser = const Expr *(ExpressionParser::*)();

  const Expr *binary(Precedence loosest);
  /// The same, one level deeper: for what recurses without a bracket.
  const Expr *nested(Precedence loosest);
  const Expr *operand(Precedence loosest);
  const Expr *primary();
  const Expr *atom();
  const Expr *number();
  const Expr *strings();
  const Expr *parenthesized();
  const Expr *bracketed();
  const Expr *braced();
  const Expr *lambda();
  const Expr *call(uint32_t first, const Expr *callee);
  const Expr *subscript(uint32_t first, const Expr *base);
  const Expr *subscriptElement();
  const Expr *starredOrExpression();
  const Expr *target();
  const Expr *listOf(ElementParser element, uint32_t first);
  bool startsExpression() const;
  std::optional<BinaryOperator> currentOperator(unsigned &tokenCount) const;

  const Expr *opaque(uint32_t first, llvm::StringRef what) {
    return arena.make<OpaqueExpr>(since(first), what, textSince(first));
  }

  /// Trees are as bounded in height as the recursion is: `a + a + a …` makes a tall one without recursing.
  const Expr *measured(const Expr *node, Exprs children);

  llvm::DenseMap<const Expr *, unsigned> heights;
};

} // namespace pto::frontend
