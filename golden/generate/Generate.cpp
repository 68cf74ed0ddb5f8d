// Checks the shape and hands over to the generator.
#include "golden/generate/Fill.h"
#include <new>

namespace pto::golden {
namespace {

constexpr int64_t mostElements = int64_t(1) << 31;

llvm::Error checkShape(const std::vector<int64_t> &shape) {
  int64_t count = 1;
  for (int64_t extent : shape) {
    if (extent < 0)
      return generatorError("a dimension of the shape is " + llvm::Twine(extent) + "; it must be positive");
    if (extent > 0 && count > mostElements / extent)
      return generatorError("the shape has more than 2^31 elements, which is the most that is generated");
    count *= extent;
  }
  return llvm::Error::success();
}

} // namespace

llvm::Expected<Tensor> generate(const Generator &generator, DType dtype, const std::vector<int64_t> &shape,
                                uint64_t seed) {
  if (llvm::Error failure = checkShape(shape))
    return failure;
  try {
    Tensor tensor = Tensor::zeros(dtype, shape);
    Random random(seed);
    if (llvm::Error failure = std::visit([&](const auto &chosen) { return fill(chosen, tensor, random); }, generator))
      return failure;
    return tensor;
  } catch (const std::bad_alloc &) {
    return generatorError("there is not enough memory for the shape");
  }
}

} // namespace pto::golden
