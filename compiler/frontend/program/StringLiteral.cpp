// String tokens to their values and back.
// Escapes as in Python; a name escape (\N{...}) is kept as it is written.
#include "compiler/frontend/program/StringLiteral.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

namespace pto::frontend {

namespace {

constexpr llvm::StringLiteral simpleEscapes = "\\\\''\"\"a\ab\bf\fn\nr\rt\tv\v";

void appendCodePoint(std::string &value, uint32_t codePoint) {
  char buffer[UNI_MAX_UTF8_BYTES_PER_CODE_POINT];
  char *end = buffer;
  if (llvm::ConvertCodePointToUTF8(codePoint, end))
    value.append(buffer, end);
}

/// Takes the escape behind a backslash off the front of `rest`.
void appendEscape(std::string &value, llvm::StringRef &rest) {
  char c = rest.front();
  for (size_t i = 0; i < simpleEscapes.size(); i += 2)
    if (simpleEscapes[i] == c) {
      value += simpleEscapes[i + 1];
      rest = rest.drop_front();
      return;
    }
  size_t hexDigits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  llvm::StringRef hex = rest.substr(1, hexDigits);
  uint32_t codePoint = 0;
  if (hexDigits && hex.size() == hexDigits && !hex.getAsInteger(16, codePoint)) {
    appendCodePoint(value, codePoint);
    rest = rest.drop_front(1 + hexDigits);
    return;
  }
  llvm::StringRef octal = rest.take_front(3).take_while([](char d) { return d >= '0' && d <= '7'; });
  if (!octal.empty() && !octal.getAsInteger(8, codePoint)) {
    appendCodePoint(value, codePoint);
    rest = rest.drop_front(octal.size());
    return;
  }
  if (c == '\n') {
    rest = rest.drop_front();
    return;
  }
  value += '\\';
}

} // namespace

StringLiteral readStringLiteral(llvm::StringRef token) {
  StringLiteral literal;
  llvm::StringRef prefix = token.take_while(llvm::isAlpha);
  bool raw = prefix.contains_insensitive('r');
  literal.isFormatted = prefix.contains_insensitive('f');
  literal.isBytes = prefix.contains_insensitive('b');
  llvm::StringRef rest = token.drop_front(prefix.size());
  size_t quotes = rest.size() >= 6 && rest[1] == rest[0] && rest[2] == rest[0] ? 3 : 1;
  rest = rest.drop_front(quotes).drop_back(quotes);
  if (raw) {
    literal.value = rest.str();
    return literal;
  }
  while (!rest.empty()) {
    char c = rest.front();
    rest = rest.drop_front();
    if (c == '\\' && !rest.empty())
      appendEscape(literal.value, rest);
    else
      literal.value += c;
  }
  return literal;
}

std::string writeStringLiteral(llvm::StringRef value) {
  std::string text = "\"";
  for (char c : value) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      (text += '\\') += c;
    else if (c == '\n')
      text += "\\n";
    else if (c == '\t')
      text += "\\t";
    else if (byte < 0x20 || byte == 0x7f)
      text += "\\x" + llvm::utohexstr(byte, true, 2);
    else
      text += c;
  }
  return text + '"';
}

} // namespace pto::frontend
