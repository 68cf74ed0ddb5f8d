// MLIR text as tokens: what one must know of it before MLIR's parser may see it.
#pragma once

#include "llvm/ADT/StringRef.h"

namespace pto::frontend {

enum class TokenKind : unsigned char {
  End,
  Unknown, // no token of MLIR: its parser stops here
  Word,    // func.func, loc, f32
  Value,   // %x
  Block,   // ^bb0
  Alias,   // #map, !type, #pto.pipe
  Symbol,  // @kernel
  Number,
  String,
  Punctuation, // one character, or one of -> >= <= ==
};

struct Token {
  TokenKind kind = TokenKind::End;
  llvm::StringRef text;

  bool is(TokenKind wanted) const { return kind == wanted; }
  // Whether it is that punctuation or that word.
  bool is(llvm::StringRef wanted) const {
    return (kind == TokenKind::Punctuation || kind == TokenKind::Word) && text == wanted;
  }
};

// The tokens of a text in their order, without white space and comments.
class Tokens {
public:
  explicit Tokens(llvm::StringRef text) : at(text.begin()), end(text.end()) {}

  Token next();

private:
  llvm::StringRef rest() const { return {at, static_cast<size_t>(end - at)}; }
  Token take(TokenKind kind, const char *start) {
    return {kind, llvm::StringRef(start, static_cast<size_t>(at - start))};
  }
  void skipWhile(unsigned char characterClass);
  bool skipString();
  void skipNumber();
  bool skipPrefixed();
  Token prefixed(TokenKind kind, const char *start);

  const char *at, *end;
};

} // namespace pto::frontend
