// What both halves of the parser share: the token cursor, errors, nesting.
// Private to the parser.
#include "compiler/frontend/program/ParserBase.h"
#include "llvm/ADT/StringSet.h"

namespace pto::frontend {

bool isKeyword(llvm::StringRef word) {
  static const llvm::StringSet<> keywords = {"False",  "None",   "True",    "and",      "as",       "assert", "async",
                                             "await",  "break",  "class",   "continue", "def",      "del",    "elif",
                                             "else",   "except", "finally", "for",      "from",     "global", "if",
                                             "import", "in",     "is",      "lambda",   "nonlocal", "not",    "or",
                                             "pass",   "raise",  "return",  "try",      "while",    "with",   "yield"};
  return keywords.contains(word);
}

namespace {

std::string describe(const Token &token) {
  switch (token.kind) {
  case Token::Kind::Newline:
    return "the end of the line";
  case Token::Kind::End:
    return "the end of the file";
  case Token::Kind::Indent:
    return "an indented line";
  case Token::Kind::Dedent:
    return "the end of the block";
  case Token::Kind::String:
    return "a string";
  default:
    return "'" + token.text.str() + "'";
  }
}

} // namespace

std::nullptr_t ParserBase::fail(SourceRange where, std::string message) {
  if (!failed)
    diagnostics.error(where, std::move(message));
  failed = true;
  return nullptr;
}

std::nullptr_t ParserBase::failHere(llvm::StringRef expected) {
  return fail(rangeOf(current()), "expected " + expected.str() + ", found " + describe(current()));
}

bool ParserBase::expect(llvm::StringRef spelling, llvm::StringRef where) {
  if (accept(spelling))
    return true;
  failHere("'" + spelling.str() + "' " + where.str());
  return false;
}

void ParserBase::skipBrackets() {
  unsigned depth = 0;
  do {
    if (at("(") || at("[") || at("{"))
      ++depth;
    else if (at(")") || at("]") || at("}"))
      --depth;
    advance();
  } while (depth != 0 && !atEndOfLine());
}

void ParserBase::skipTo(llvm::ArrayRef<llvm::StringRef> stops) {
  while (!atEndOfLine()) {
    for (llvm::StringRef stop : stops)
      if (at(stop))
        return;
    if (at("(") || at("[") || at("{"))
      skipBrackets();
    else if (at(")") || at("]") || at("}"))
      return;
    else
      advance();
  }
}

} // namespace pto::frontend
