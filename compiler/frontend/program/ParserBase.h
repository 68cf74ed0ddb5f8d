// What both halves of the parser share: the token cursor, errors, nesting.
// Private to the parser.
#pragma once

#include "compiler/frontend/program/Ast.h"
#include "compiler/frontend/program/Lexer.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace pto::frontend {

class ParserBase {
protected:
  ParserBase(const Source::File &file, llvm::ArrayRef<Token> tokens, Arena &arena, Diagnostics &diagnostics)
      : file(file), tokens(tokens), arena(arena), diagnostics(diagnostics) {}

  const Token &current() const { return tokens[position]; }
  const Token &ahead(size_t count) const { return tokens[std::min(position + count, tokens.size() - 1)]; }
  bool at(llvm::StringRef spelling) const { return current().is(spelling); }
  bool at(Token::Kind kind) const { return current().kind == kind; }
  bool atEndOfLine() const { return at(Token::Kind::Newline) || at(Token::Kind::End); }
  void advance() { position += position + 1 < tokens.size(); }

  bool accept(llvm::StringRef spelling) {
    if (!at(spelling))
      return false;
    advance();
    return true;
  }

  bool expect(llvm::StringRef spelling, llvm::StringRef where);

  uint32_t offsetOf(const Token &token) const {
    return file.begin + static_cast<uint32_t>(token.text.data() - file.text.data());
  }
  SourceRange rangeOf(const Token &token) const {
    return {offsetOf(token), static_cast<uint32_t>(offsetOf(token) + token.text.size())};
  }
  uint32_t begin() const { return offsetOf(current()); }
  /// From there to the end of the token before the current one.
  SourceRange since(uint32_t begin) const {
    return {begin, position == 0 ? begin : std::max(begin, rangeOf(tokens[position - 1]).end)};
  }
  llvm::StringRef textSince(uint32_t begin) const {
    SourceRange range = since(begin);
    return llvm::StringRef(file.text).slice(range.begin - file.begin, range.end - file.begin);
  }

  /// Reports once per statement: what follows the first error of a statement is noise. Returns null.
  std::nullptr_t fail(SourceRange where, std::string message);
  std::nullptr_t failHere(llvm::StringRef expected);

  /// Passes over what a bracket opens, its closing included; the current token is the opening one.
  void skipBrackets();
  /// Passes over tokens up to one of these, outside brackets, or to the end of the line.
  void skipTo(llvm::ArrayRef<llvm::StringRef> stops);

  const Source::File &file;
  llvm::ArrayRef<Token> tokens;
  Arena &arena;
  Diagnostics &diagnostics;
  size_t position = 0;
  unsigned nesting = 0;
  bool failed = false;
};

/// One level of the recursion. False when it is one too many; that is reported.
class Nested {
public:
  explicit Nested(unsigned &nesting) : nesting(nesting) { ++nesting; }
  ~Nested() { --nesting; }

private:
  unsigned &nesting;
};

bool isKeyword(llvm::StringRef word);

} // namespace pto::frontend
