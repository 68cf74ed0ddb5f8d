// Ranges of the element types.
#include "harness/case/DTypeRange.h"
#include "golden/tensor/Convert.h"
#include "golden/tensor/FloatFormat.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>

namespace pto::harness {

using golden::DType;

std::string describeRange(DType type) {
  if (isFloat(type)) {
    auto largest = llvm::format("%.5g", golden::decode(type, golden::formatOf(type).largestFinite()));
    std::string text;
    llvm::raw_string_ostream(text) << '-' << largest << " … " << largest;
    return text;
  }
  uint64_t below = largestNegative(type);
  return (llvm::Twine(below ? "-" : "") + llvm::Twine(below) + " … " + llvm::Twine(largestPositive(type))).str();
}

static double rounded(DType type, double value) {
  return golden::decode(type, golden::encode(type, value));
}

bool vanishes(DType type, double value) {
  return isFloat(type) && value != 0 && rounded(type, value) == 0;
}

bool holds(DType type, const Integer &value) {
  if (isFloat(type))
    return holds(type, value.asDouble());
  return value.magnitude <= (value.negative ? largestNegative(type) : largestPositive(type));
}

bool holds(DType type, double value) {
  if (isFloat(type))
    return !std::isfinite(value) || std::isfinite(rounded(type, value));
  if (!(std::fabs(value) < 0x1p64) || std::trunc(value) != value)
    return false;
  return holds(type, Integer{value < 0, static_cast<uint64_t>(std::fabs(value))});
}

uint64_t largestExactRun(DType type) {
  return isFloat(type) ? uint64_t(1) << (golden::formatOf(type).fractionBits + 1) : largestPositive(type);
}

std::vector<llvm::StringRef> dtypeNames() {
  std::vector<llvm::StringRef> names;
  for (const DTypeRow &row : golden::tensorTypes)
    names.push_back(row.shortName);
  return names;
}

} // namespace pto::harness
