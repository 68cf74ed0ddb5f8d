// Reading numbers independently of the locale.
#include "harness/case/Numbers.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include <charconv>
#include <cmath>
#include <limits>

namespace pto::harness {

static constexpr uint64_t signBit = uint64_t(1) << 63;

std::optional<int64_t> Integer::asSigned() const {
  if (magnitude > (negative ? signBit : signBit - 1))
    return std::nullopt;
  return static_cast<int64_t>(bits());
}

std::optional<uint64_t> Integer::asUnsigned() const {
  if (negative && magnitude != 0)
    return std::nullopt;
  return magnitude;
}

double Integer::asDouble() const {
  double value = static_cast<double>(magnitude);
  return negative ? -value : value;
}

bool Integer::exactAsDouble() const {
  // 2^64 itself would be undefined to convert back.
  double value = static_cast<double>(magnitude);
  return value < 0x1p64 && static_cast<uint64_t>(value) == magnitude;
}

std::string Integer::text() const {
  return (llvm::Twine(negative ? "-" : "") + llvm::Twine(magnitude)).str();
}

std::optional<Integer> parseInteger(llvm::StringRef text) {
  Integer result;
  if (text.consume_front("-"))
    result.negative = true;
  else
    text.consume_front("+");
  unsigned base = 10;
  if (text.consume_front_insensitive("0x"))
    base = 16;
  else if (text.consume_front_insensitive("0b"))
    base = 2;
  if (text.getAsInteger(base, result.magnitude))
    return std::nullopt;
  if (result.negative && result.magnitude > signBit)
    return std::nullopt;
  return result;
}

std::optional<double> parseNumber(llvm::StringRef text) {
  if (std::optional<Integer> integer = parseInteger(text))
    return integer->magnitude == 0 && integer->negative ? -0.0 : integer->asDouble();
  bool negative = text.consume_front("-");
  if (!negative)
    text.consume_front("+");
  if (text.equals_insensitive("inf") || text.equals_insensitive(".inf"))
    return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  if (text.equals_insensitive("nan") || text.equals_insensitive(".nan"))
    return std::copysign(std::numeric_limits<double>::quiet_NaN(), negative ? -1.0 : 1.0);
  bool hex = text.consume_front_insensitive("0x");
  // from_chars would take a second sign's place for a number, and words such as "infinity".
  if (text.empty() || !(text[0] == '.' || (hex ? llvm::isHexDigit(text[0]) : llvm::isDigit(text[0]))))
    return std::nullopt;
  double value = 0;
  auto [end, error] =
      std::from_chars(text.begin(), text.end(), value, hex ? std::chars_format::hex : std::chars_format::general);
  if (error != std::errc() || end != text.end())
    return std::nullopt;
  return negative ? -value : value;
}

} // namespace pto::harness
