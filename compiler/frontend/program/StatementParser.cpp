// The parser of statements: lines, blocks, and what means nothing to a program.
// A statement with an error in it is left out, its block included, and parsing goes on after it.
#include "compiler/frontend/program/StatementParser.h"
#include "compiler/frontend/program/Parser.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::frontend {

Block StatementParser::statements() {
  Statements body;
  while (!at(Token::Kind::End)) {
    if (at(Token::Kind::Indent)) {
      fail(rangeOf(ahead(1)), "this line is indented, but nothing before it opens a block");
      recover(true);
    } else {
      statement(body);
    }
  }
  return arena.list<const Stmt *>(body);
}

void StatementParser::statement(Statements &into) {
  failed = false;
  Nested level(nesting);
  size_t start = position;
  if (nesting > maximumNesting) {
    fail(rangeOf(current()), "blocks are nested more than " + std::to_string(maximumNesting) + " deep");
  } else if (const Stmt *stmt = compound()) {
    into.push_back(stmt);
  } else if (!failed) {
    simpleLine(into);
  }
  forgetHeights();
  if (failed)
    recover(position > start);
  failed = false;
}

void StatementParser::recover(bool consumed) {
  failed = false;
  if (at(Token::Kind::Dedent) && consumed)
    return;
  while (!at(Token::Kind::Newline) && !at(Token::Kind::End) && !at(Token::Kind::Indent))
    advance();
  if (at(Token::Kind::Newline))
    advance();
  if (!at(Token::Kind::Indent))
    return;
  unsigned depth = 0;
  do {
    depth += at(Token::Kind::Indent);
    depth -= at(Token::Kind::Dedent);
    advance();
  } while (depth != 0 && !at(Token::Kind::End));
}

const Stmt *StatementParser::compound() {
  uint32_t first = begin();
  if (at("@"))
    return decorated();
  if (at("def"))
    return function(first, {});
  if (at("class"))
    return classStatement(first, {});
  if (at("if"))
    return ifStatement();
  if (at("for"))
    return forStatement();
  if (at("while"))
    return whileStatement();
  if (at("with"))
    return withStatement();
  if (at("try"))
    return clauses({"try", "except", "else", "finally"});
  if (at("async"))
    return clauses({"async", "else"});
  if (at("match") && startsMatch())
    return clauses({"match"});
  return nullptr;
}

bool StatementParser::startsMatch() {
  if (ahead(1).kind == Token::Kind::Operator && !ahead(1).is("(") && !ahead(1).is("[") && !ahead(1).is("{"))
    return false;
  size_t i = 1;
  while (ahead(i).kind != Token::Kind::Newline && ahead(i).kind != Token::Kind::End)
    ++i;
  return ahead(i - 1).is(":") && ahead(i + 1).kind == Token::Kind::Indent;
}

const Stmt *StatementParser::clauses(llvm::ArrayRef<llvm::StringRef> words) {
  uint32_t first = begin();
  llvm::StringRef what = current().text;
  llvm::SmallVector<OpaqueClause, 4> list;
  do {
    uint32_t head = begin();
    advance();
    skipTo({":"});
    llvm::StringRef text = textSince(head);
    if (what == "match") {
      list.push_back({text, {}});
      if (!cases(list))
        return nullptr;
      break;
    }
    Statements body;
    if (!block(body, "'" + what.str() + "'"))
      return nullptr;
    list.push_back({text, arena.list<const Stmt *>(body)});
  } while (llvm::any_of(words.drop_front(), [&](llvm::StringRef word) { return at(word); }));
  return arena.make<OpaqueStmt>(since(first), what, arena.list<OpaqueClause>(list));
}

bool StatementParser::cases(llvm::SmallVectorImpl<OpaqueClause> &list) {
  if (!accept(":") || !at(Token::Kind::Newline))
    return failHere("':' after the match's subject"), false;
  advance();
  if (!at(Token::Kind::Indent))
    return failHere("an indented block"), false;
  advance();
  while (!at(Token::Kind::Dedent) && !at(Token::Kind::End)) {
    uint32_t head = begin();
    advance();
    skipTo({":"});
    llvm::StringRef text = textSince(head);
    Statements body;
    if (!block(body, "the case"))
      return false;
    list.push_back({text, arena.list<const Stmt *>(body)});
  }
  if (at(Token::Kind::Dedent))
    advance();
  return true;
}

bool StatementParser::block(Statements &into, const std::string &opener) {
  if (!expect(":", "after " + opener))
    return false;
  if (!at(Token::Kind::Newline)) {
    simpleLine(into);
    return !failed;
  }
  advance();
  if (!at(Token::Kind::Indent)) {
    failHere("an indented block after " + opener);
    return false;
  }
  advance();
  while (!at(Token::Kind::Dedent) && !at(Token::Kind::End)) {
    if (at(Token::Kind::Indent)) {
      fail(rangeOf(ahead(1)), "this line is indented more than its block");
      recover(true);
    } else {
      statement(into);
    }
  }
  if (at(Token::Kind::Dedent))
    advance();
  return true;
}

void StatementParser::simpleLine(Statements &into) {
  do {
    if (atEndOfLine())
      break;
    const Stmt *stmt = simple();
    if (!stmt)
      return;
    into.push_back(stmt);
  } while (accept(";"));
  if (!atEndOfLine())
    failHere("the end of the statement");
  else if (at(Token::Kind::Newline))
    advance();
}

const Stmt *StatementParser::simple() {
  uint32_t first = begin();
  if (accept("pass"))
    return arena.make<Pass>(since(first));
  if (accept("break"))
    return arena.make<Break>(since(first));
  if (accept("continue"))
    return arena.make<Continue>(since(first));
  if (accept("return")) {
    const Expr *value = atEndOfLine() || at(";") ? nullptr : expressionList();
    return failed ? nullptr : arena.make<Return>(since(first), value);
  }
  if (at("import") || at("from"))
    return import();
  for (llvm::StringRef word : {"global", "nonlocal", "del", "raise", "assert"})
    if (at(word))
      return opaqueLine(word);
  if (at("type") && ahead(1).kind == Token::Kind::Name && !isKeyword(ahead(1).text))
    return opaqueLine("type");
  return expressionStatement();
}

const Stmt *StatementParser::opaqueLine(llvm::StringRef what) {
  uint32_t first = begin();
  skipTo({";"});
  OpaqueClause clause = {textSince(first), {}};
  return arena.make<OpaqueStmt>(since(first), what, arena.list<OpaqueClause>(clause));
}

} // namespace pto::frontend
