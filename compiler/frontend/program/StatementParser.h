// The half of the parser that reads statements.
// Private to the parser. Every function gives null or false after an error, which is then reported.
#pragma once

#include "compiler/frontend/program/ExpressionParser.h"

namespace pto::frontend {

class StatementParser : public ExpressionParser {
public:
  StatementParser(const Source::File &file, llvm::ArrayRef<Token> tokens, Arena &arena, Diagnostics &diagnostics)
      : ExpressionParser(file, tokens, arena, diagnostics) {}

  /// All of a file's.
  Block statements();

private:
  using Statements = llvm::SmallVector<const Stmt *, 16>;

  // StatementParser.cpp
  void statement(Statements &into);
  /// To the start of the next statement. What is indented below a broken line belongs to it.
  void recover(bool consumed);
  /// Null if no compound statement starts here, or after an error.
  const Stmt *compound();
  /// `match` is a name wherever no block follows its line.
  bool startsMatch();
  bool block(Statements &into, const std::string &opener);
  void simpleLine(Statements &into);
  const Stmt *simple();
  /// `words` are the first words of the statement and of its further clauses. Heads are not understood, bodies are.
  const Stmt *clauses(llvm::ArrayRef<llvm::StringRef> words);
  bool cases(llvm::SmallVectorImpl<OpaqueClause> &list);
  const Stmt *opaqueLine(llvm::StringRef what);

  // BlockParser.cpp
  const Stmt *ifStatement();
  const Stmt *forStatement();
  const Stmt *whileStatement();
  /// Parentheses that hold all the items, as opposed to those that start the first one.
  bool itemsAreParenthesized() const;
  const Stmt *withStatement();
  bool elseBlock(Statements &into) { return !accept("else") || block(into, "'else'"); }

  // DefinitionParser.cpp
  const Stmt *decorated();
  bool nameAfter(llvm::StringRef keyword, llvm::StringRef &name, SourceRange &range);
  const Stmt *function(uint32_t first, Exprs decorators);
  bool parameters(llvm::SmallVectorImpl<Parameter> &list);
  const Stmt *classStatement(uint32_t first, Exprs decorators);

  // SimpleParser.cpp
  bool isTarget(const Expr *expr) const;
  const Stmt *expressionStatement();
  std::string dottedName();
  /// After `as`; or the name itself.
  bool boundName(llvm::StringRef &bound);
  const Stmt *import();
};

} // namespace pto::frontend
