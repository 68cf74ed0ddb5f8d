// The half of the parser that reads expressions: operators, calls, subscripts.
// Recursive descent with precedence climbing.
#include "compiler/frontend/program/ExpressionParser.h"
#include "compiler/frontend/program/Parser.h"

namespace pto::frontend {

namespace {

std::string tooDeep() {
  return "this is nested more than " + std::to_string(maximumNesting) + " deep";
}

} // namespace

const Expr *ExpressionParser::measured(const Expr *node, Exprs children) {
  unsigned height = 0;
  for (const Expr *child : children)
    height = std::max(height, heights.lookup(child));
  if (++height > maximumNesting)
    return fail(node->range, tooDeep());
  heights[node] = height;
  return node;
}

const Expr *ExpressionParser::expression() {
  Nested level(nesting);
  if (nesting > maximumNesting)
    return fail(rangeOf(current()), tooDeep());
  uint32_t first = begin();
  if (at("lambda"))
    return lambda();
  const Expr *value = binary(OrPrecedence);
  if (!value)
    return nullptr;
  if (at(":=")) {
    advance();
    return expression() ? opaque(first, "an assignment inside an expression") : nullptr;
  }
  if (!accept("if"))
    return value;
  const Expr *condition = binary(OrPrecedence);
  if (!condition || !expect("else", "of the conditional expression"))
    return nullptr;
  const Expr *otherwise = expression();
  if (!otherwise)
    return nullptr;
  return measured(arena.make<Conditional>(since(first), condition, value, otherwise), {condition, value, otherwise});
}

const Expr *ExpressionParser::listOf(ElementParser element, uint32_t first) {
  const Expr *value = (this->*element)();
  if (!value || !at(","))
    return value;
  llvm::SmallVector<const Expr *, 8> elements = {value};
  while (accept(",") && startsExpression()) {
    const Expr *next = (this->*element)();
    if (!next)
      return nullptr;
    elements.push_back(next);
  }
  return measured(arena.make<Tuple>(since(first), arena.list<const Expr *>(elements)), elements);
}

const Expr *ExpressionParser::expressionList() {
  return listOf(&ExpressionParser::starredOrExpression, begin());
}

const Expr *ExpressionParser::targetList() {
  return listOf(&ExpressionParser::target, begin());
}

const Expr *ExpressionParser::target() {
  if (at("*"))
    return starredOrExpression();
  return binary(BitOrPrecedence);
}

const Expr *ExpressionParser::starredOrExpression() {
  if (!at("*") && !at("**"))
    return expression();
  uint32_t first = begin();
  advance();
  return binary(BitOrPrecedence) ? opaque(first, "a starred expression") : nullptr;
}

bool ExpressionParser::startsExpression() const {
  switch (current().kind) {
  case Token::Kind::Name:
    return !isKeyword(current().text) || at("lambda") || at("not") || at("None") || at("True") || at("False") ||
           at("await") || at("yield");
  case Token::Kind::Operator:
    return at("(") || at("[") || at("{") || at("-") || at("+") || at("~") || at("...") || at("*") || at("**");
  case Token::Kind::Integer:
  case Token::Kind::Float:
  case Token::Kind::Imaginary:
  case Token::Kind::String:
    return true;
  default:
    return false;
  }
}

std::optional<BinaryOperator> ExpressionParser::currentOperator(unsigned &tokenCount) const {
  tokenCount = 1;
  if (current().kind != Token::Kind::Operator && current().kind != Token::Kind::Name)
    return std::nullopt;
  if (at("not") && ahead(1).is("in")) {
    tokenCount = 2;
    return BinaryOperator::NotIn;
  }
  if (at("is") && ahead(1).is("not")) {
    tokenCount = 2;
    return BinaryOperator::IsNot;
  }
  return binaryOperator(current().text);
}

const Expr *ExpressionParser::binary(Precedence loosest) {
  uint32_t first = begin();
  const Expr *left = operand(loosest);
  unsigned tokenCount;
  while (left) {
    std::optional<BinaryOperator> op = currentOperator(tokenCount);
    if (!op || precedence(*op) < loosest)
      break;
    for (unsigned i = 0; i < tokenCount; ++i)
      advance();
    // Only the power operator groups to the right, and a sign on its right binds tighter than it does.
    const Expr *right =
        *op == BinaryOperator::Pow ? nested(SignPrecedence) : binary(static_cast<Precedence>(precedence(*op) + 1));
    if (!right)
      return nullptr;
    left = measured(arena.make<Binary>(since(first), *op, left, right), {left, right});
    unsigned following;
    std::optional<BinaryOperator> next = currentOperator(following);
    if (left && isComparison(*op) && next && isComparison(*next)) {
      while (next && isComparison(*next)) {
        for (unsigned i = 0; i < following; ++i)
          advance();
        if (!binary(BitOrPrecedence))
          return nullptr;
        next = currentOperator(following);
      }
      left = opaque(first, "a chained comparison");
    }
  }
  return left;
}

const Expr *ExpressionParser::nested(Precedence loosest) {
  Nested level(nesting);
  return nesting > maximumNesting ? fail(rangeOf(current()), tooDeep()) : binary(loosest);
}

const Expr *ExpressionParser::operand(Precedence loosest) {
  bool mayNegate = at("not") && loosest <= NotPrecedence;
  if (!mayNegate && !at("-") && !at("+") && !at("~"))
    return primary();
  uint32_t first = begin();
  UnaryOperator op = *unaryOperator(current().text);
  advance();
  const Expr *value = nested(precedence(op));
  return value ? measured(arena.make<Unary>(since(first), op, value), value) : nullptr;
}

const Expr *ExpressionParser::primary() {
  uint32_t first = begin();
  bool awaited = accept("await");
  const Expr *value = atom();
  while (value && !failed) {
    if (accept(".")) {
      if (!at(Token::Kind::Name))
        return failHere("a name after '.'");
      SourceRange nameRange = rangeOf(current());
      llvm::StringRef name = current().text;
      advance();
      value = measured(arena.make<Attribute>(since(first), value, name, nameRange), value);
    } else if (at("(")) {
      value = call(first, value);
    } else if (at("[")) {
      value = subscript(first, value);
    } else {
      break;
    }
  }
  return value && awaited ? opaque(first, "an await") : value;
}

const Expr *ExpressionParser::call(uint32_t first, const Expr *callee) {
  advance();
  llvm::SmallVector<const Expr *, 8> arguments, children = {callee};
  llvm::SmallVector<Keyword, 4> keywords;
  while (!at(")")) {
    uint32_t argumentBegin = begin();
    bool isKeywordArgument = at(Token::Kind::Name) && ahead(1).is("=");
    llvm::StringRef name = current().text;
    if (isKeywordArgument) {
      if (isKeyword(name))
        return fail(rangeOf(current()), "'" + name.str() + "' cannot name an argument");
      advance();
      advance();
    }
    const Expr *value = starredOrExpression();
    if (!value)
      return nullptr;
    if (at("for") || at("async")) {
      skipTo({")"});
      value = opaque(argumentBegin, "a comprehension");
    }
    if (isKeywordArgument)
      keywords.push_back({name, value, since(argumentBegin)});
    else if (!keywords.empty() && !llvm::isa<OpaqueExpr>(value))
      return fail(value->range, "a positional argument follows '" + keywords.back().name.str() + "='");
    else
      arguments.push_back(value);
    children.push_back(value);
    if (!accept(","))
      break;
  }
  if (!expect(")", "or ',' in the arguments"))
    return nullptr;
  return measured(
      arena.make<Call>(since(first), callee, arena.list<const Expr *>(arguments), arena.list<Keyword>(keywords)),
      children);
}

const Expr *ExpressionParser::subscriptElement() {
  uint32_t first = begin();
  const Expr *parts[3] = {};
  llvm::SmallVector<const Expr *, 3> children;
  bool isSlice = false;
  for (const Expr *&part : parts) {
    if (startsExpression()) {
      part = starredOrExpression();
      if (!part)
        return nullptr;
      children.push_back(part);
    }
    if (&part == &parts[2] || !at(":"))
      break;
    advance();
    isSlice = true;
  }
  if (!isSlice)
    return parts[0] ? parts[0] : failHere("an index");
  return measured(arena.make<Slice>(since(first), parts[0], parts[1], parts[2]), children);
}

const Expr *ExpressionParser::subscript(uint32_t first, const Expr *base) {
  advance();
  uint32_t indexBegin = begin();
  llvm::SmallVector<const Expr *, 4> elements;
  bool comma = false;
  while (!at("]") || elements.empty()) {
    const Expr *element = subscriptElement();
    if (!element)
      return nullptr;
    elements.push_back(element);
    if (!accept(","))
      break;
    comma = true;
  }
  const Expr *index = elements.front();
  if (comma)
    index = measured(arena.make<Tuple>(since(indexBegin), arena.list<const Expr *>(elements)), elements);
  if (!index || !expect("]", "or ',' in the subscript"))
    return nullptr;
  return measured(arena.make<Subscript>(since(first), base, index), {base, index});
}

} // namespace pto::frontend
