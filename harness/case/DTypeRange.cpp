// Ranges of the element types.
#include "harness/case/DTypeRange.h"
#include "golden/tensor/Convert.h"
#include "llvm/ADT/Twine.h"
#include <cmath>

namespace pto::harness {

using golden::DType;

namespace {

struct FloatRange {
  DType type;
  llvm::StringLiteral spelling;
  unsigned significantBits;
};
constexpr FloatRange floatRanges[] = {
    {DType::F16, "65504", 11},       {DType::BF16, "3.3895e+38", 8}, {DType::F32, "3.4028e+38", 24},
    {DType::F64, "1.7977e+308", 53}, {DType::F8E4M3, "448", 4},      {DType::F8E5M2, "57344", 3},
};

const FloatRange &rangeOf(DType type) {
  for (const FloatRange &range : floatRanges)
    if (range.type == type)
      return range;
  return floatRanges[3];
}

/// The magnitudes that an integer type reaches on either side of zero.
uint64_t largestPositive(DType type) {
  unsigned bits = byteSize(type) * 8 - (isUnsigned(type) ? 0 : 1);
  return ~uint64_t(0) >> (64 - bits);
}
uint64_t largestNegative(DType type) {
  return isUnsigned(type) ? 0 : largestPositive(type) + 1;
}

} // namespace

std::string describeRange(DType type) {
  if (isFloat(type))
    return ("-" + rangeOf(type).spelling + " … " + rangeOf(type).spelling).str();
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
  return isFloat(type) ? uint64_t(1) << rangeOf(type).significantBits : largestPositive(type);
}

std::vector<llvm::StringRef> dtypeNames() {
  std::vector<llvm::StringRef> names;
  for (DType type : {DType::I8, DType::I16, DType::I32, DType::I64, DType::U8, DType::U16, DType::U32, DType::U64,
                     DType::F16, DType::BF16, DType::F32, DType::F64, DType::F8E4M3, DType::F8E5M2})
    names.push_back(nameOf(type));
  return names;
}

} // namespace pto::harness
