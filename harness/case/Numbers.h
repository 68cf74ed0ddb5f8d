// Numbers as they stand in a case: integers exact up to 64 bits, floats with nan, inf and hexadecimal ones.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <string>

namespace pto::harness {

/// An exact integer between −2^63 and 2^64 − 1.
struct Integer {
  bool negative = false;
  uint64_t magnitude = 0;

  std::optional<int64_t> asSigned() const;
  std::optional<uint64_t> asUnsigned() const;
  /// Two's complement, which is what a scalar argument travels as.
  uint64_t bits() const { return negative ? ~magnitude + 1 : magnitude; }
  double asDouble() const;
  /// Whether asDouble loses nothing.
  bool exactAsDouble() const;
  std::string text() const;
};

/// "12", "-3", "0x1f", "0b101". Nothing where the text is no integer or none of 64 bits.
std::optional<Integer> parseInteger(llvm::StringRef text);

/// "0.5", "1e-5", "-inf", "nan", ".inf", "0x1.8p3", and every integer. Nothing where the text is no number or a
/// finite one beyond float64's range.
std::optional<double> parseNumber(llvm::StringRef text);

} // namespace pto::harness
