// One pass over the text; strings and comments count like code, which only makes the limits a little tighter.
#include "golden/reference/plugin/Limits.h"

namespace pto::golden {
namespace {

constexpr size_t largestText = 64 * 1024;
constexpr size_t longestStatement = 4096;
constexpr size_t deepestBrackets = 64;
constexpr size_t mostElifs = 128;

} // namespace

std::optional<ScriptError> findLimitBroken(std::string_view source) {
  auto broken = [&](size_t offset, std::string message) {
    return ScriptError{std::move(message), lineColumnAt(source, offset)};
  };
  if (source.size() > largestText)
    return broken(0, "the golden is " + std::to_string(source.size()) + " bytes long; at most " +
                         std::to_string(largestText) + " are read");
  if (size_t zero = source.find('\0'); zero != std::string_view::npos)
    return broken(zero, "the golden contains a NUL byte");
  size_t depth = 0, statementStart = 0, elifs = 0;
  for (size_t i = 0; i < source.size(); ++i) {
    char c = source[i];
    if (c == '(' || c == '[' || c == '{')
      ++depth;
    else if ((c == ')' || c == ']' || c == '}') && depth)
      --depth;
    else if (c == '\n' && !depth)
      statementStart = i + 1;
    if (source.substr(i).starts_with("elif"))
      ++elifs;
    if (depth > deepestBrackets)
      return broken(i, "brackets are nested more than " + std::to_string(deepestBrackets) + " deep");
    if (i - statementStart > longestStatement && i >= statementStart)
      return broken(statementStart,
                    "a statement is longer than " + std::to_string(longestStatement) + " characters; split it");
    if (elifs > mostElifs)
      return broken(i, "more than " + std::to_string(mostElifs) + " elif; use a loop or a table");
  }
  return std::nullopt;
}

} // namespace pto::golden
