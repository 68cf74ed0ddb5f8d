// Checks of options' values.
#include "harness/cli/OptionValues.h"
#include "harness/case/Diagnostics.h"
#include "harness/case/Numbers.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace pto::harness;

static std::string expected(const std::string &what, const std::string &found) {
  return "expected " + what + ", found " + quote(found);
}

static std::string spell(uint64_t bound) {
  return bound == UINT64_MAX ? "2^64 - 1" : std::to_string(bound);
}

CLI::Validator pto::harness::integerFrom(uint64_t low, uint64_t high) {
  std::string what = "an integer from " + spell(low) + " to " + spell(high);
  return {[=](std::string &text) -> std::string {
            std::optional<Integer> value = parseInteger(text);
            std::optional<uint64_t> unsignedValue = value ? value->asUnsigned() : std::nullopt;
            if (!unsignedValue || *unsignedValue < low || *unsignedValue > high)
              return expected(what, text);
            text = std::to_string(*unsignedValue);
            return "";
          },
          ""};
}

CLI::Validator pto::harness::numberFrom(double low, double high, const std::string &unit) {
  std::string what;
  llvm::raw_string_ostream(what) << "a number of " << unit << llvm::format(" from %g to %g", low, high);
  return {[=](std::string &text) -> std::string {
            std::optional<double> value = parseNumber(text);
            // NaN is in no range.
            return value && *value >= low && *value <= high ? "" : expected(what, text);
          },
          ""};
}

CLI::Validator pto::harness::oneOf(std::vector<std::string> choices) {
  std::string listed = "{" + llvm::join(choices, ",") + "}";
  return {[=](std::string &text) -> std::string {
            if (llvm::is_contained(choices, text))
              return "";
            return expected("one of " + llvm::join(choices, ", "), text);
          },
          listed};
}
