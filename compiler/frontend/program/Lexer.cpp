// Python text to tokens: indentation, joined lines, comments, strings, numbers.
// One pass over the bytes; nothing is copied.
#include "compiler/frontend/program/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace pto::frontend {

namespace {

using Kind = Token::Kind;

/// Longest first: the first that fits is the token.
constexpr llvm::StringLiteral operators[] = {
    "**=", "//=", ">>=", "<<=", "...", "!=", "==", "<=", ">=", "->", ":=", "+=", "-=", "*=", "/=", "%=",
    "&=",  "|=",  "^=",  "@=",  "**",  "//", "<<", ">>", "+",  "-",  "*",  "/",  "%",  "@",  "&",  "|",
    "^",   "~",   "<",   ">",   "(",   ")",  "[",  "]",  "{",  "}",  ",",  ":",  ".",  ";",  "="};

bool startsName(char c) {
  return llvm::isAlpha(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool continuesName(char c) {
  return startsName(c) || llvm::isDigit(c);
}

bool isStringPrefix(llvm::StringRef text) {
  return llvm::StringSwitch<bool>(text.lower())
      .Cases("r", "b", "u", "f", true)
      .Cases("rb", "br", "rf", "fr", true)
      .Default(false);
}

class Lexer {
public:
  Lexer(const Source::File &file, Diagnostics &diagnostics)
      : text(file.text), base(file.begin), diagnostics(diagnostics) {}

  std::vector<Token> run() {
    tokens.reserve(text.size() / 4 + 8);
    indents.push_back(0);
    if (text.starts_with("\xEF\xBB\xBF"))
      at = 3;
    while (!failed && at < text.size())
      next();
    if (!failed && !brackets.empty())
      fail(brackets.back(), 1, "'" + text.substr(brackets.back(), 1).str() + "' was never closed");
    if (!tokens.empty() && tokens.back().kind != Kind::Newline)
      push(Kind::Newline, at, at);
    for (size_t i = indents.size(); i > 1; --i)
      push(Kind::Dedent, at, at);
    push(Kind::End, at, at);
    return std::move(tokens);
  }

private:
  void push(Kind kind, size_t begin, size_t end) { tokens.push_back({kind, text.slice(begin, end)}); }

  void fail(size_t where, size_t length, std::string message) {
    auto begin = static_cast<uint32_t>(base + where);
    diagnostics.error({begin, static_cast<uint32_t>(begin + length)}, std::move(message));
    failed = true;
  }

  char peek(size_t ahead = 0) const { return at + ahead < text.size() ? text[at + ahead] : '\0'; }

  void next() {
    if (lineStart && brackets.empty()) {
      indentation();
      return;
    }
    char c = peek();
    if (c == ' ' || c == '\t' || c == '\f' || c == '\r')
      ++at;
    else if (c == '#')
      at = std::min(text.find('\n', at), text.size());
    else if (c == '\n')
      newline();
    else if (c == '\\' && (peek(1) == '\n' || (peek(1) == '\r' && peek(2) == '\n')))
      at += peek(1) == '\n' ? 2 : 3;
    else if (c == '"' || c == '\'')
      string(at);
    else if (startsName(c))
      name();
    else if (llvm::isDigit(c) || (c == '.' && llvm::isDigit(peek(1))))
      number();
    else
      punctuation();
  }

  void newline() {
    if (brackets.empty()) {
      push(Kind::Newline, at, at + 1);
      lineStart = true;
    }
    ++at;
  }

  /// At the start of a logical line. Blank lines and comment lines have no indentation.
  void indentation() {
    unsigned width = 0;
    size_t begin = at;
    for (;; ++at) {
      if (peek() == ' ')
        ++width;
      else if (peek() == '\t')
        width = (width / 8 + 1) * 8;
      else if (peek() == '\f')
        width = 0;
      else
        break;
    }
    if (peek() == '#')
      at = std::min(text.find('\n', at), text.size());
    if (peek() == '\r' && peek(1) == '\n')
      ++at;
    if (at >= text.size())
      return;
    if (peek() == '\n') {
      ++at;
      return;
    }
    lineStart = false;
    if (width > indents.back()) {
      if (indents.size() > maximumIndents)
        return fail(begin, at - begin, "blocks are nested more than " + std::to_string(maximumIndents) + " deep");
      indents.push_back(width);
      push(Kind::Indent, begin, at);
      return;
    }
    while (width < indents.back()) {
      indents.pop_back();
      push(Kind::Dedent, at, at);
    }
    if (width != indents.back())
      fail(at, 1, "this line's indentation (" + std::to_string(width) + ") matches no enclosing block");
  }

  void name() {
    size_t begin = at;
    while (at < text.size() && continuesName(text[at]))
      ++at;
    if ((peek() == '"' || peek() == '\'') && isStringPrefix(text.slice(begin, at)))
      string(begin);
    else
      push(Kind::Name, begin, at);
  }

  /// `begin` is where the prefix starts, `at` where the quote is.
  void string(size_t begin) {
    char quote = peek();
    bool triple = peek(1) == quote && peek(2) == quote;
    at += triple ? 3 : 1;
    for (; at < text.size(); ++at) {
      if (text[at] == '\\') {
        ++at;
        continue;
      }
      if (!triple && text[at] == '\n')
        break;
      if (text[at] != quote || (triple && (peek(1) != quote || peek(2) != quote)))
        continue;
      at += triple ? 3 : 1;
      push(Kind::String, begin, at);
      return;
    }
    fail(begin, 1, triple ? "this string is never closed by three quotes" : "this string is not closed on its line");
  }

  void digits(bool (*accept)(char)) {
    while (at < text.size() && (accept(text[at]) || (text[at] == '_' && accept(peek(1)))))
      ++at;
  }

  void number() {
    size_t begin = at;
    auto decimal = [](char c) { return llvm::isDigit(c); };
    Kind kind = Kind::Integer;
    char base = llvm::toLower(peek(1));
    if (peek() == '0' && (base == 'x' || base == 'o' || base == 'b')) {
      at += 2;
      size_t first = at;
      digits(base == 'x' ? +[](char c) { return llvm::isHexDigit(c); } : +decimal);
      if (at == first)
        return fail(begin, at - begin, "'" + text.slice(begin, at).str() + "' has no digits");
    } else {
      digits(+decimal);
      if (peek() == '.') {
        kind = Kind::Float;
        ++at;
        digits(+decimal);
      }
      size_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
      if (llvm::toLower(peek()) == 'e' && llvm::isDigit(peek(sign))) {
        kind = Kind::Float;
        at += sign;
        digits(+decimal);
      }
      if (llvm::toLower(peek()) == 'j') {
        kind = Kind::Imaginary;
        ++at;
      }
    }
    if (at < text.size() && continuesName(text[at]) && !keywordFollows()) {
      while (at < text.size() && continuesName(text[at]))
        ++at;
      return fail(begin, at - begin, "'" + text.slice(begin, at).str() + "' is neither a number nor a name");
    }
    push(kind, begin, at);
  }

  /// Python lets a keyword touch a number: `1if x else 2`.
  bool keywordFollows() const {
    llvm::StringRef word = text.substr(at).take_while(continuesName);
    constexpr llvm::StringLiteral keywords[] = {"if", "else", "and", "or", "in", "is", "not", "for"};
    return llvm::is_contained(keywords, word);
  }

  void punctuation() {
    for (llvm::StringRef spelling : operators) {
      if (!text.substr(at).starts_with(spelling))
        continue;
      if (spelling == "(" || spelling == "[" || spelling == "{")
        brackets.push_back(at);
      else if ((spelling == ")" || spelling == "]" || spelling == "}") && !close(spelling))
        return;
      push(Kind::Operator, at, at + spelling.size());
      at += spelling.size();
      return;
    }
    char c = peek();
    std::string shown = llvm::isPrint(c) ? "'" + std::string(1, c) + "'" : "byte 0x" + llvm::utohexstr(uint8_t(c));
    fail(at, 1, shown + " is not part of the language");
  }

  bool close(llvm::StringRef closing) {
    llvm::StringRef opening = closing == ")" ? "(" : closing == "]" ? "[" : "{";
    if (brackets.empty()) {
      fail(at, 1, "'" + closing.str() + "' has no matching opening bracket");
      return false;
    }
    if (!text.substr(brackets.back()).starts_with(opening)) {
      fail(at, 1, "'" + closing.str() + "' does not close '" + text.substr(brackets.back(), 1).str() + "'");
      return false;
    }
    brackets.pop_back();
    return true;
  }

  static constexpr size_t maximumIndents = 100;

  llvm::StringRef text;
  uint32_t base;
  Diagnostics &diagnostics;
  std::vector<Token> tokens;
  std::vector<unsigned> indents;
  std::vector<size_t> brackets;
  size_t at = 0;
  bool lineStart = true;
  bool failed = false;
};

} // namespace

std::vector<Token> tokenize(const Source::File &file, Diagnostics &diagnostics) {
  return Lexer(file, diagnostics).run();
}

} // namespace pto::frontend
