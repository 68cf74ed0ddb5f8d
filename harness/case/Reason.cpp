// Reasons in words.
#include "harness/case/Reason.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::harness {

/// Whether a text tells a reader anything: `no`, `0` or `-` would be a switch, not a reason.
static bool saysSomething(llvm::StringRef reason) {
  static constexpr llvm::StringLiteral switches[] = {"true", "false", "yes", "no",   "on",
                                                     "off",  "y",     "n",   "null", "none"};
  return llvm::any_of(reason, [](char c) { return llvm::isAlpha(c) || static_cast<unsigned char>(c) >= 0x80; }) &&
         llvm::none_of(switches, [&](llvm::StringRef word) { return reason.equals_insensitive(word); }) &&
         !parseNumber(reason);
}

std::optional<std::string> readReason(Reader &reader, const YamlNode &node, llvm::StringRef key) {
  std::optional<std::string> text = reader.text(node, "a reason must be text");
  if (!text)
    return std::nullopt;
  llvm::StringRef reason = llvm::StringRef(*text).trim();
  if (reason.empty() && node.text != *text)
    return std::nullopt;
  if (saysSomething(reason))
    return reason.str();
  reader.fail(node, quote(key) + " must be the reason, in words, found " + quote(reason) +
                        "; without a reason remove " + quote(key));
  return std::nullopt;
}

} // namespace pto::harness
