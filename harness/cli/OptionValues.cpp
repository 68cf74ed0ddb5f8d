// Checks of options' values.
#include "harness/cli/OptionValues.h"
#include "harness/case/Diagnostics.h"
#include "harness/case/Numbers.h"
#include "harness/run/Replay.h"
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

CLI::Validator pto::harness::sizeFrom(uint64_t low) {
  std::string what = "a size of at least " + formatSize(low) + " such as 4GiB";
  return {[=](std::string &text) -> std::string {
            static constexpr llvm::StringLiteral units[] = {"b", "k", "m", "g", "t"};
            llvm::StringRef digits = llvm::StringRef(text).take_while(llvm::isDigit);
            std::string unit = llvm::StringRef(text).drop_front(digits.size()).trim().lower();
            if (unit.size() > 1 && unit.substr(1) != "b" && unit.substr(1) != "ib")
              return expected(what, text);
            const llvm::StringLiteral *known = llvm::find(units, unit.empty() ? "b" : unit.substr(0, 1));
            uint64_t bytes = 0;
            if (digits.getAsInteger(10, bytes) || known == std::end(units) ||
                bytes > UINT64_MAX >> (10 * (known - units)) || (bytes <<= 10 * (known - units)) < low)
              return expected(what, text);
            text = std::to_string(bytes);
            return "";
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
