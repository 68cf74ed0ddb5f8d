// How a mode is written: the notation of a case file.
#include "golden/compare/Notation.h"
#include "golden/compare/Overloaded.h"
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace pto::golden {
std::string shortest(double value) {
  if (std::isnan(value))
    return "nan";
  if (std::isinf(value))
    return value < 0 ? "-inf" : "inf";
  char buffer[32];
  auto end = std::to_chars(buffer, buffer + sizeof(buffer), value).ptr;
  return std::string(buffer, end);
}

std::string brief(double value) {
  char buffer[32];
  auto end = std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::general, 4).ptr;
  return std::string(buffer, end);
}

double roundedUp(double value) {
  if (!(value > 0) || std::isinf(value))
    return value;
  char buffer[32];
  auto end = std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::scientific, 3).ptr;
  std::string text(buffer, end);
  double rounded = std::strtod(text.c_str(), nullptr);
  if (rounded >= value)
    return rounded;
  // "d.ddde±xx": the next number of as many digits.
  int digits = std::atoi((text.substr(0, 1) + text.substr(2, 3)).c_str()) + 1;
  int exponent = std::atoi(text.c_str() + 6) - 3;
  return std::strtod((std::to_string(digits) + "e" + std::to_string(exponent)).c_str(), nullptr);
}

std::string closeNotation(double absolute, double relative) {
  return "close: {atol: " + shortest(absolute) + ", rtol: " + shortest(relative) + "}";
}

std::string describe(const CompareMode &mode) {
  return std::visit(Overloaded{[](const Bits &) -> std::string { return "bits"; },
                               [](const Ulp &m) { return "ulp: " + std::to_string(m.distance); },
                               [](const Close &m) { return closeNotation(m.absolute, m.relative); },
                               [](const TorchClose &) -> std::string { return "torch"; },
                               [](const Dot &m) { return "dot: {ksb: " + std::to_string(m.terms) + "}"; },
                               [](const Product &m) { return "product: " + std::to_string(m.factors); },
                               [](const AbsError &m) { return "abs_error: {bound: " + m.bound + "}"; },
                               [](const Ascend &) -> std::string { return "ascend"; }},
                    mode);
}

} // namespace pto::golden
