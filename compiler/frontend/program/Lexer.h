// Python text to tokens: indentation, joined lines, comments, strings, numbers.
// Tokens point into the source; the last one is always End.
#pragma once

#include "compiler/frontend/program/Diagnostics.h"
#include "compiler/frontend/program/Source.h"
#include <vector>

namespace pto::frontend {

struct Token {
  enum class Kind : uint8_t { Name, Integer, Float, Imaginary, String, Operator, Newline, Indent, Dedent, End };
  Kind kind;
  llvm::StringRef text;

  /// Of an Operator or a Name (keywords are names).
  bool is(llvm::StringRef spelling) const { return (kind == Kind::Operator || kind == Kind::Name) && text == spelling; }
};

/// Stops at the first thing that is no token; what came before it is returned, closed by Newline, Dedents and End.
std::vector<Token> tokenize(const Source::File &file, Diagnostics &diagnostics);

} // namespace pto::frontend
