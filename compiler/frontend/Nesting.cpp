// Counts brackets outside of strings and comments.
#include "compiler/frontend/Nesting.h"

namespace pto::compiler {

std::optional<TooDeep> findTooDeep(llvm::StringRef text, unsigned limit) {
  unsigned depth = 0, line = 1;
  size_t lineStart = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
    case '\n':
      ++line;
      lineStart = i + 1;
      break;
    case '/':
      if (text.substr(i).starts_with("//"))
        i = std::min(text.find('\n', i), text.size()) - 1;
      break;
    case '"':
      for (++i; i < text.size() && text[i] != '"' && text[i] != '\n'; ++i)
        if (text[i] == '\\')
          ++i;
      if (i < text.size() && text[i] == '\n')
        --i;
      break;
    case '(':
    case '[':
    case '{':
    case '<':
      if (++depth > limit)
        return TooDeep{line, static_cast<unsigned>(i - lineStart) + 1};
      break;
    case '-':
      if (text.substr(i).starts_with("->"))
        ++i;
      break;
    case ')':
    case ']':
    case '}':
    case '>':
      depth -= depth == 0 ? 0 : 1;
      break;
    default:
      break;
    }
  }
  return std::nullopt;
}

} // namespace pto::compiler
