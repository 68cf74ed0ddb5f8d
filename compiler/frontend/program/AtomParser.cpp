// The part of the parser that reads what operators work on: names, numbers, strings, and what is in brackets.
// What means nothing to a program is read over and kept as text.
#include "compiler/frontend/program/ExpressionParser.h"
#include "compiler/frontend/program/StringLiteral.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::frontend {

const Expr *ExpressionParser::atom() {
  Token token = current();
  switch (token.kind) {
  case Token::Kind::Integer:
  case Token::Kind::Float:
    return number();
  case Token::Kind::Imaginary:
    advance();
    return opaque(offsetOf(token), "an imaginary number");
  case Token::Kind::String:
    return strings();
  case Token::Kind::Operator:
    if (at("("))
      return parenthesized();
    if (at("["))
      return bracketed();
    if (at("{"))
      return braced();
    if (at("...")) {
      advance();
      return arena.make<Constant>(rangeOf(token), Constant::Value::Ellipsis);
    }
    break;
  case Token::Kind::Name:
    if (!isKeyword(token.text)) {
      advance();
      return arena.make<Name>(rangeOf(token), token.text);
    }
    for (auto [spelling, value] : {std::pair<llvm::StringRef, Constant::Value>{"None", Constant::Value::None},
                                   {"True", Constant::Value::True},
                                   {"False", Constant::Value::False}})
      if (accept(spelling))
        return arena.make<Constant>(rangeOf(token), value);
    if (accept("yield")) {
      accept("from");
      if (startsExpression() && !expressionList())
        return nullptr;
      return opaque(offsetOf(token), "a yield");
    }
    if (at("lambda"))
      return lambda();
    break;
  default:
    break;
  }
  return failHere("an expression");
}

const Expr *ExpressionParser::number() {
  Token token = current();
  advance();
  std::string digits = token.text.str();
  llvm::erase(digits, '_');
  if (token.kind == Token::Kind::Integer) {
    unsigned radix = 10;
    llvm::StringRef text = digits;
    if (text.consume_front_insensitive("0x"))
      radix = 16;
    else if (text.consume_front_insensitive("0o"))
      radix = 8;
    else if (text.consume_front_insensitive("0b"))
      radix = 2;
    uint64_t value = 0;
    std::optional<int64_t> integer;
    // The upper half of 64 bits is the addresses and unsigned constants: kept as their bits.
    if (!text.getAsInteger(radix, value))
      integer = static_cast<int64_t>(value);
    return arena.make<Number>(rangeOf(token), false, value > INT64_MAX ? std::nullopt : integer, double(value),
                              token.text);
  }
  double value = 0;
  llvm::StringRef(digits).getAsDouble(value, /*AllowInexact=*/true);
  return arena.make<Number>(rangeOf(token), true, std::nullopt, value, token.text);
}

const Expr *ExpressionParser::strings() {
  uint32_t first = begin();
  std::string value;
  bool formatted = false, bytes = false;
  unsigned count = 0;
  for (; at(Token::Kind::String); advance(), ++count) {
    StringLiteral literal = readStringLiteral(current().text);
    formatted |= literal.isFormatted;
    bytes |= literal.isBytes;
    value += literal.value;
  }
  if (formatted)
    return opaque(first, "an f-string");
  if (bytes)
    return opaque(first, "a bytes string");
  return arena.make<String>(since(first), arena.text(value), count == 1 ? textSince(first) : llvm::StringRef());
}

const Expr *ExpressionParser::parenthesized() {
  uint32_t first = begin();
  advance();
  if (accept(")"))
    return arena.make<Tuple>(since(first), Exprs());
  const Expr *value = expressionList();
  if (!value)
    return nullptr;
  if (at("for") || at("async")) {
    skipTo({")"});
    if (!expect(")", "after the comprehension"))
      return nullptr;
    return opaque(first, "a comprehension");
  }
  if (!expect(")", "or ','"))
    return nullptr;
  return value;
}

const Expr *ExpressionParser::bracketed() {
  uint32_t first = begin();
  advance();
  llvm::SmallVector<const Expr *, 8> elements;
  while (!at("]")) {
    const Expr *element = starredOrExpression();
    if (!element)
      return nullptr;
    elements.push_back(element);
    if (at("for") || at("async")) {
      skipTo({"]"});
      if (!expect("]", "after the comprehension"))
        return nullptr;
      return opaque(first, "a comprehension");
    }
    if (!accept(","))
      break;
  }
  if (!expect("]", "or ',' in the list"))
    return nullptr;
  return measured(arena.make<List>(since(first), arena.list<const Expr *>(elements)), elements);
}

const Expr *ExpressionParser::braced() {
  uint32_t first = begin();
  size_t start = position;
  advance();
  llvm::SmallVector<DictEntry, 4> entries;
  llvm::SmallVector<const Expr *, 8> children;
  while (!at("}")) {
    const Expr *key = at("**") || at("*") ? starredOrExpression() : expression();
    if (!key)
      return nullptr;
    if (llvm::isa<OpaqueExpr>(key) || !accept(":"))
      break;
    const Expr *value = expression();
    if (!value)
      return nullptr;
    entries.push_back({key, value});
    children.append({key, value});
    if (!accept(","))
      break;
  }
  if (accept("}"))
    return measured(arena.make<Dict>(since(first), arena.list<DictEntry>(entries)), children);
  // A set, a comprehension, or unpacking.
  position = start;
  skipBrackets();
  return opaque(first, "a set or comprehension");
}

const Expr *ExpressionParser::lambda() {
  uint32_t first = begin();
  advance();
  skipTo({":"});
  if (!expect(":", "after the lambda's parameters"))
    return nullptr;
  return expression() ? opaque(first, "a lambda") : nullptr;
}

} // namespace pto::frontend
