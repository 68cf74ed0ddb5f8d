// String tokens to their values and back.
// Escapes as in Python; a name escape (\N{...}) is kept as it is written.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <string>

namespace pto::frontend {

struct StringLiteral {
  std::string value;
  bool isFormatted = false;
  bool isBytes = false;
};

/// `token` is a whole token of the lexer: prefix, quotes, contents.
StringLiteral readStringLiteral(llvm::StringRef token);

/// With double quotes.
std::string writeStringLiteral(llvm::StringRef value);

} // namespace pto::frontend
