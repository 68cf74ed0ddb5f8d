// The lexical rules of MLIR's reference, "Common syntax".
#include "compiler/frontend/Tokens.h"
#include <algorithm>
#include <array>

using llvm::StringRef;

namespace pto::frontend {
namespace {

enum CharacterClass : unsigned char { Digit = 1, Hex = 2, WordStart = 4, WordPart = 8, NamePart = 16, Space = 32 };

// A table, because every byte of every kernel is looked up here.
constexpr std::array<unsigned char, 256> classes = [] {
  std::array<unsigned char, 256> table{};
  for (unsigned char c = '0'; c <= '9'; ++c)
    table[c] = Digit | Hex | WordPart | NamePart;
  for (unsigned char c = 'a'; c <= 'z'; ++c)
    for (unsigned char letter : {c, static_cast<unsigned char>(c - 'a' + 'A')})
      table[letter] = WordStart | WordPart | NamePart | (c <= 'f' ? Hex : 0);
  table['_'] = WordStart | WordPart | NamePart;
  table['$'] = table['.'] = WordPart | NamePart;
  table['-'] = NamePart;
  for (unsigned char c : {' ', '\t', '\n', '\r'})
    table[c] = Space;
  return table;
}();

bool is(char c, CharacterClass wanted) {
  return (classes[static_cast<unsigned char>(c)] & wanted) != 0;
}

} // namespace

void Tokens::skipWhile(unsigned char wanted) {
  while (at != end && is(*at, static_cast<CharacterClass>(wanted)))
    ++at;
}

// From the character after the opening quote to behind the closing one.
bool Tokens::skipString() {
  while (at != end) {
    char c = *at++;
    if (c == '"')
      return true;
    if (c == '\n' || c == '\v' || c == '\f')
      return false;
    if (c != '\\' || at == end)
      continue;
    if (StringRef("\"\\nt").contains(*at))
      ++at;
    else if (end - at >= 2 && is(at[0], Hex) && is(at[1], Hex))
      at += 2;
    else
      return false;
  }
  return false;
}

// From behind the first digit: 12, 0x1F, 1.5, 1.5e-3.
void Tokens::skipNumber() {
  if (at[-1] == '0' && end - at >= 2 && at[0] == 'x' && is(at[1], Hex)) {
    ++at;
    return skipWhile(Hex);
  }
  skipWhile(Digit);
  if (at == end || *at != '.')
    return;
  ++at;
  skipWhile(Digit);
  StringRef exponent = rest();
  if (!exponent.consume_front("e") && !exponent.consume_front("E"))
    return;
  if (!exponent.consume_front("+"))
    exponent.consume_front("-");
  if (exponent.empty() || !is(exponent.front(), Digit))
    return;
  at = exponent.begin();
  skipWhile(Digit);
}

// What follows a sigil: all digits, or a name.
bool Tokens::skipPrefixed() {
  if (at == end || !is(*at, NamePart))
    return false;
  if (is(*at, Digit))
    skipWhile(Digit);
  else
    skipWhile(NamePart);
  return true;
}

Token Tokens::prefixed(TokenKind kind, const char *start) {
  return take(skipPrefixed() ? kind : TokenKind::Unknown, start);
}

Token Tokens::next() {
  while (true) {
    skipWhile(Space);
    const char *start = at;
    if (at == end)
      return take(TokenKind::End, start);
    char c = *at++;
    char after = at == end ? '\0' : *at;
    if (is(c, WordStart)) {
      skipWhile(WordPart);
      return take(TokenKind::Word, start);
    }
    if (is(c, Digit)) {
      skipNumber();
      return take(TokenKind::Number, start);
    }
    switch (c) {
    case '/':
      if (after != '/')
        return take(TokenKind::Punctuation, start);
      at = std::find_if(at, end, [](char c) { return c == '\n' || c == '\r'; });
      continue;
    case '"':
      return take(skipString() ? TokenKind::String : TokenKind::Unknown, start);
    case '%':
      return prefixed(TokenKind::Value, start);
    case '^':
      return prefixed(TokenKind::Block, start);
    case '!':
      return prefixed(TokenKind::Alias, start);
    case '#':
      if (rest().starts_with("-}")) // closes the resources of a file
        return (at += 2, Token{TokenKind::Punctuation, StringRef(start + 2, 1)});
      return prefixed(TokenKind::Alias, start);
    case '{':
      if (rest().starts_with("-#")) // opens them
        at += 2;
      return {TokenKind::Punctuation, StringRef(start, 1)};
    case '@':
      if (after != '"')
        return prefixed(TokenKind::Symbol, start);
      ++at;
      return take(skipString() ? TokenKind::Symbol : TokenKind::Unknown, start);
    case '-':
      at += after == '>' ? 1 : 0;
      return take(TokenKind::Punctuation, start);
    case '<':
    case '>':
    case '=':
      at += after == '=' ? 1 : 0;
      return take(TokenKind::Punctuation, start);
    default:
      return take(StringRef("()[]},:.*+?|").contains(c) ? TokenKind::Punctuation : TokenKind::Unknown, start);
    }
  }
}

} // namespace pto::frontend
