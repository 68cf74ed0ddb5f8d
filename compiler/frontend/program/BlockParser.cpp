// The parser of branches, loops and with statements.
// Python's heads, each with a block.
#include "compiler/frontend/program/Parser.h"
#include "compiler/frontend/program/StatementParser.h"

namespace pto::frontend {

const Stmt *StatementParser::ifStatement() {
  Nested level(nesting);
  if (nesting > maximumNesting)
    return fail(rangeOf(current()), "there are more than " + std::to_string(maximumNesting) + " branches here");
  uint32_t first = begin();
  advance();
  const Expr *condition = expression();
  Statements then, otherwise;
  if (!condition || !block(then, "the condition"))
    return nullptr;
  if (at("elif")) {
    const Stmt *next = ifStatement();
    if (!next)
      return nullptr;
    otherwise.push_back(next);
  } else if (!elseBlock(otherwise)) {
    return nullptr;
  }
  return arena.make<If>(since(first), condition, arena.list<const Stmt *>(then), arena.list<const Stmt *>(otherwise));
}

const Stmt *StatementParser::forStatement() {
  uint32_t first = begin();
  advance();
  const Expr *target = targetList();
  if (!target || !expect("in", "after the loop's variables"))
    return nullptr;
  const Expr *iterable = expressionList();
  Statements body, otherwise;
  if (!iterable || !block(body, "the loop's head") || !elseBlock(otherwise))
    return nullptr;
  return arena.make<For>(since(first), target, iterable, arena.list<const Stmt *>(body),
                         arena.list<const Stmt *>(otherwise));
}

const Stmt *StatementParser::whileStatement() {
  uint32_t first = begin();
  advance();
  const Expr *condition = expression();
  Statements body, otherwise;
  if (!condition || !block(body, "the loop's head") || !elseBlock(otherwise))
    return nullptr;
  return arena.make<While>(since(first), condition, arena.list<const Stmt *>(body),
                           arena.list<const Stmt *>(otherwise));
}

bool StatementParser::itemsAreParenthesized() const {
  if (!at("("))
    return false;
  unsigned depth = 0;
  bool hasTarget = false;
  for (size_t i = 0;; ++i) {
    const Token &token = ahead(i);
    if (token.kind == Token::Kind::End)
      return false;
    if (token.is("(") || token.is("[") || token.is("{"))
      ++depth;
    hasTarget |= depth == 1 && token.is("as");
    if ((token.is(")") || token.is("]") || token.is("}")) && --depth == 0)
      return ahead(i + 1).is(":") && (hasTarget || ahead(i - 1).is(","));
  }
}

const Stmt *StatementParser::withStatement() {
  uint32_t first = begin();
  advance();
  bool parenthesized = itemsAreParenthesized();
  if (parenthesized)
    advance();
  llvm::SmallVector<WithItem, 2> items;
  do {
    if (parenthesized && at(")"))
      break;
    WithItem item = {expression(), nullptr};
    if (!item.context || (accept("as") && !(item.target = expression())))
      return nullptr;
    items.push_back(item);
  } while (accept(","));
  if (parenthesized && !expect(")", "or ',' in the with statement"))
    return nullptr;
  Statements body;
  if (!block(body, "the with statement's head"))
    return nullptr;
  return arena.make<With>(since(first), arena.list<WithItem>(items), arena.list<const Stmt *>(body));
}

} // namespace pto::frontend
