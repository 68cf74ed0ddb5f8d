// Ranges of types, in words.
#include "golden/generate/Range.h"
#include "golden/compare/Notation.h"
#include "golden/generate/Fill.h"
#include "golden/tensor/Convert.h"
#include "golden/tensor/FloatFormat.h"
#include "golden/tensor/Integer.h"
#include <cmath>

namespace pto::golden {
namespace {

std::string rangeText(DType type) {
  unsigned bytes = byteSize(type);
  return std::to_string(smallestInteger(bytes, isUnsigned(type))) + " to " +
         std::to_string(largestInteger(bytes, isUnsigned(type)));
}

} // namespace

llvm::Error generatorError(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

double largestValue(DType type) {
  return decode(type, formatOf(type).largestFinite());
}

llvm::Error checkFinite(DType type, llvm::StringRef what, double value) {
  if (!std::isfinite(value))
    return generatorError(what + " is " + shortest(value) + "; it must be finite");
  if (std::fabs(value) > largestValue(type))
    return generatorError(what + " is " + shortest(value) + ", beyond the largest " + shortName(type) + ", " +
                          shortest(largestValue(type)));
  return llvm::Error::success();
}

llvm::Expected<uint64_t> bitsOfValue(DType type, llvm::StringRef what, double value) {
  if (isFloat(type)) {
    if (std::isfinite(value))
      if (llvm::Error failure = checkFinite(type, what, value))
        return failure;
    if (std::isinf(value) && !formatOf(type).hasInfinity())
      return generatorError(what + " is " + shortest(value) + ", but " + shortName(type) + " has no infinity");
    return encode(type, value);
  }
  unsigned bytes = byteSize(type);
  double low = static_cast<double>(smallestInteger(bytes, isUnsigned(type)));
  // One more than the largest integer is a power of two and exact.
  double end = std::ldexp(1, static_cast<int>(8 * bytes) - (isUnsigned(type) ? 0 : 1));
  if (!(value >= low && value < end) || value != std::trunc(value))
    return generatorError(what + " is " + shortest(value) + ", but " + shortName(type) + " holds the integers from " +
                          rangeText(type));
  return encode(type, value);
}

llvm::Error checkIntegers(DType type, int64_t low, int64_t high) {
  if (low > high)
    return generatorError("integers from " + llvm::Twine(low) + " to " + llvm::Twine(high) +
                          ": the lower bound is above the upper bound");
  if (isFloat(type)) {
    int64_t limit = int64_t(1) << (formatOf(type).fractionBits + 1);
    if (low < -limit || high > limit)
      return generatorError("integers from " + llvm::Twine(low) + " to " + llvm::Twine(high) + ": " + shortName(type) +
                            " holds every integer only from " + llvm::Twine(-limit) + " to " + llvm::Twine(limit));
    return llvm::Error::success();
  }
  unsigned bytes = byteSize(type);
  bool fits = low >= smallestInteger(bytes, isUnsigned(type)) &&
              (high < 0 || static_cast<uint64_t>(high) <= largestInteger(bytes, isUnsigned(type)));
  if (!fits)
    return generatorError("integers from " + llvm::Twine(low) + " to " + llvm::Twine(high) + ": " + shortName(type) +
                          " holds " + rangeText(type));
  return llvm::Error::success();
}

} // namespace pto::golden
