// The parser of functions and classes, with their decorators.
// Parameters may be of any of Python's kinds.
#include "compiler/frontend/program/StatementParser.h"

namespace pto::frontend {

const Stmt *StatementParser::decorated() {
  uint32_t first = begin();
  llvm::SmallVector<const Expr *, 2> decorators;
  while (accept("@")) {
    const Expr *decorator = expression();
    if (!decorator)
      return nullptr;
    decorators.push_back(decorator);
    if (!at(Token::Kind::Newline))
      return failHere("the end of the line after the decorator");
    advance();
  }
  if (at("def"))
    return function(first, decorators);
  if (at("class"))
    return classStatement(first, decorators);
  if (at("async"))
    return clauses({"async"});
  return failHere("'def' or 'class' after the decorator");
}

bool StatementParser::nameAfter(llvm::StringRef keyword, llvm::StringRef &name, SourceRange &range) {
  advance();
  if (!at(Token::Kind::Name) || isKeyword(current().text)) {
    failHere("a name after '" + keyword.str() + "'");
    return false;
  }
  name = current().text;
  range = rangeOf(current());
  advance();
  if (at("["))
    skipBrackets();
  return true;
}

const Stmt *StatementParser::function(uint32_t first, Exprs decorators) {
  llvm::StringRef name;
  SourceRange nameRange;
  llvm::SmallVector<Parameter, 8> list;
  if (!nameAfter("def", name, nameRange) || !expect("(", "after the function's name") || !parameters(list))
    return nullptr;
  const Expr *returns = nullptr;
  if (accept("->") && !(returns = expression()))
    return nullptr;
  Statements body;
  if (!block(body, "the function's head"))
    return nullptr;
  return arena.make<Function>(since(first), name, nameRange, arena.list<const Expr *>(decorators),
                              arena.list<Parameter>(list), returns, arena.list<const Stmt *>(body));
}

bool StatementParser::parameters(llvm::SmallVectorImpl<Parameter> &list) {
  auto kind = Parameter::Kind::Ordinary;
  while (!at(")")) {
    Parameter parameter;
    uint32_t first = begin();
    if (accept("/")) {
      if (!accept(","))
        break;
      continue;
    }
    bool star = accept("*");
    bool map = !star && accept("**");
    if (star)
      kind = Parameter::Kind::KeywordOnly;
    if (star && accept(","))
      continue;
    parameter.kind = star ? Parameter::Kind::List : map ? Parameter::Kind::Map : kind;
    if (!at(Token::Kind::Name) || isKeyword(current().text)) {
      failHere("a parameter's name");
      return false;
    }
    parameter.name = current().text;
    advance();
    if (accept(":") && !(parameter.annotation = expression()))
      return false;
    if (accept("=") && !(parameter.defaultValue = expression()))
      return false;
    parameter.range = since(first);
    list.push_back(parameter);
    if (!accept(","))
      break;
  }
  return expect(")", "or ',' in the parameters");
}

const Stmt *StatementParser::classStatement(uint32_t first, Exprs decorators) {
  llvm::StringRef name;
  SourceRange nameRange;
  if (!nameAfter("class", name, nameRange))
    return nullptr;
  llvm::SmallVector<const Expr *, 2> bases;
  if (accept("(")) {
    while (!at(")")) {
      if (at(Token::Kind::Name) && ahead(1).is("=")) {
        advance();
        advance();
      }
      accept("*") || accept("**");
      const Expr *base = expression();
      if (!base)
        return nullptr;
      bases.push_back(base);
      if (!accept(","))
        break;
    }
    if (!expect(")", "or ',' in the base classes"))
      return nullptr;
  }
  Statements body;
  if (!block(body, "the class's head"))
    return nullptr;
  return arena.make<Class>(since(first), name, nameRange, arena.list<const Expr *>(decorators),
                           arena.list<const Expr *>(bases), arena.list<const Stmt *>(body));
}

} // namespace pto::frontend
