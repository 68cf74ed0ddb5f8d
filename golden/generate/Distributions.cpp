// Generators that draw or count: uniform, normal, integers, permutation, ramp.
#include "golden/compare/Notation.h"
#include "golden/generate/Fill.h"
#include "golden/generate/Range.h"
#include "golden/tensor/Convert.h"
#include "golden/tensor/FloatFormat.h"
#include "golden/tensor/Rounding.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace pto::golden {
namespace {

llvm::Error requireFloat(llvm::StringRef generator, DType type) {
  if (isFloat(type))
    return llvm::Error::success();
  return generatorError(generator + " draws fractions and " + shortName(type) + " is an integer type; use integers");
}

template <typename Draw>
void fillDoubles(Tensor &tensor, Draw &&draw) {
  std::vector<double> values(static_cast<size_t>(tensor.elementCount()));
  for (double &value : values)
    value = draw();
  tensor = fromDoubles(tensor.dtype, tensor.shape, values);
}

template <typename Draw>
void fillIntegers(Tensor &tensor, Draw &&draw) {
  std::vector<int64_t> values(static_cast<size_t>(tensor.elementCount()));
  for (int64_t &value : values)
    value = draw();
  if (isFloat(tensor.dtype))
    tensor = fromDoubles(tensor.dtype, tensor.shape, std::vector<double>(values.begin(), values.end()));
  else
    tensor = fromIntegers(tensor.dtype, tensor.shape, values);
}

} // namespace

llvm::Error fill(const Uniform &uniform, Tensor &tensor, Random &random) {
  DType type = tensor.dtype;
  if (llvm::Error failure = requireFloat("uniform", type))
    return failure;
  for (double end : {uniform.low, uniform.high})
    if (llvm::Error failure = checkFinite(type, "a bound of uniform", end))
      return failure;
  if (uniform.low > uniform.high)
    return generatorError("uniform from " + shortest(uniform.low) + " to " + shortest(uniform.high) +
                          ": the lower bound is above the upper bound");
  // Between two values of the type, rounding cannot leave the range.
  double low = roundTo(type, uniform.low, Rounding::Ceil), high = roundTo(type, uniform.high, Rounding::Floor);
  if (low > high)
    return generatorError("uniform from " + shortest(uniform.low) + " to " + shortest(uniform.high) + ": no " +
                          shortName(type) + " lies in this range");
  fillDoubles(tensor, [&] {
    double share = random.unit();
    return std::clamp(uniform.low * (1 - share) + uniform.high * share, low, high);
  });
  return llvm::Error::success();
}

llvm::Error fill(const Normal &normal, Tensor &tensor, Random &random) {
  DType type = tensor.dtype;
  if (llvm::Error failure = requireFloat("normal", type))
    return failure;
  if (!(normal.standardDeviation >= 0))
    return generatorError("the standard deviation of normal is " + shortest(normal.standardDeviation) +
                          "; it must be 0 or more");
  for (double end : {normal.mean, normal.standardDeviation})
    if (llvm::Error failure = checkFinite(type, "a parameter of normal", end))
      return failure;
  if (std::fabs(normal.mean) + 12 * normal.standardDeviation > largestValue(type))
    return generatorError("normal with mean " + shortest(normal.mean) + " and deviation " +
                          shortest(normal.standardDeviation) + " may leave the range of " + shortName(type) +
                          ", whose largest value is " + shortest(largestValue(type)));
  fillDoubles(tensor, [&] { return normal.mean + normal.standardDeviation * random.normal(); });
  return llvm::Error::success();
}

llvm::Error fill(const Integers &integers, Tensor &tensor, Random &random) {
  if (llvm::Error failure = checkIntegers(tensor.dtype, integers.low, integers.high))
    return failure;
  auto low = static_cast<uint64_t>(integers.low);
  uint64_t count = static_cast<uint64_t>(integers.high) - low + 1;
  fillIntegers(tensor, [&] { return static_cast<int64_t>(low + random.below(count)); });
  return llvm::Error::success();
}

llvm::Error fill(const Permutation &, Tensor &tensor, Random &random) {
  int64_t count = tensor.elementCount();
  if (count > 0)
    if (llvm::Error failure = checkIntegers(tensor.dtype, 0, count - 1))
      return failure;
  std::vector<int64_t> order(static_cast<size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  random.shuffle(order);
  auto next = order.begin();
  fillIntegers(tensor, [&] { return *next++; });
  return llvm::Error::success();
}

llvm::Error fill(const Ramp &ramp, Tensor &tensor, Random &) {
  DType type = tensor.dtype;
  int64_t count = tensor.elementCount();
  double last = ramp.start + ramp.step * static_cast<double>(std::max<int64_t>(count - 1, 0));
  if (isFloat(type)) {
    for (double value : {ramp.start, ramp.step, last})
      if (llvm::Error failure = checkFinite(type, "a value of the ramp", value))
        return failure;
    double index = 0;
    fillDoubles(tensor, [&] { return ramp.start + ramp.step * index++; });
    return llvm::Error::success();
  }
  if (ramp.step != std::trunc(ramp.step) || !std::isfinite(ramp.step))
    return generatorError("the step of the ramp is " + shortest(ramp.step) + "; in " + shortName(type) +
                          " it must be an integer");
  for (double value : {ramp.start, last}) {
    llvm::Expected<uint64_t> bits = bitsOfValue(type, "a value of the ramp", value);
    if (!bits)
      return bits.takeError();
  }
  uint64_t value = encode(DType::U64, ramp.start), step = encode(DType::U64, ramp.step);
  fillIntegers(tensor, [&] { return static_cast<int64_t>(std::exchange(value, value + step)); });
  return llvm::Error::success();
}

} // namespace pto::golden
