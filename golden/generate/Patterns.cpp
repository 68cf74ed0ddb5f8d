// Generators that list: specials, boundaries, all patterns, values, a constant, a file.
#include "golden/generate/Fill.h"
#include "golden/generate/Range.h"
#include "golden/tensor/FloatFormat.h"
#include "golden/tensor/Integer.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <set>

namespace pto::golden {
namespace {

using Patterns = std::vector<uint64_t>;

Patterns specialFloats(const FloatFormat &format) {
  uint64_t one = static_cast<uint64_t>(format.bias()) << format.fractionBits;
  Patterns magnitudes{format.quietNaN(),       0,   1,       format.fractionMask(),
                      format.smallestNormal(), one, one + 1, format.largestFinite()};
  if (format.hasInfinity())
    magnitudes.push_back(format.infinityBits());
  Patterns patterns;
  for (uint64_t magnitude : magnitudes) {
    patterns.push_back(magnitude);
    // The sign of a NaN is of no interest, and every other value has two.
    if (!format.isNaN(magnitude))
      patterns.push_back(magnitude | format.signBit());
  }
  return patterns;
}

Patterns specialIntegers(DType type) {
  uint64_t low = static_cast<uint64_t>(smallestInteger(byteSize(type), isUnsigned(type)));
  uint64_t high = largestInteger(byteSize(type), isUnsigned(type));
  Patterns patterns{0, 1, low, low + 1, high, high - 1};
  if (!isUnsigned(type))
    patterns.push_back(UINT64_MAX);
  return patterns;
}

/// 2^e and its neighbours for every exponent of the type, subnormals included, and zero.
Patterns floatBoundaries(const FloatFormat &format) {
  std::set<uint64_t> magnitudes{0, format.largestFinite()};
  auto addAround = [&](uint64_t power) {
    for (uint64_t magnitude : {power - 1, power, power + 1})
      if (magnitude <= format.largestFinite())
        magnitudes.insert(magnitude);
  };
  for (uint64_t power = 1; power < format.smallestNormal(); power *= 2)
    addAround(power);
  for (uint64_t power = format.smallestNormal(); power <= format.largestFinite(); power += format.smallestNormal())
    addAround(power);
  Patterns patterns;
  for (uint64_t magnitude : magnitudes) {
    patterns.push_back(magnitude);
    patterns.push_back(magnitude | format.signBit());
  }
  return patterns;
}

Patterns integerBoundaries(DType type) {
  uint64_t high = largestInteger(byteSize(type), isUnsigned(type));
  std::set<uint64_t> magnitudes{0, high};
  for (uint64_t power = 1; power && power - 1 <= high; power *= 2)
    for (uint64_t magnitude : {power - 1, power, power + 1})
      if (magnitude <= high)
        magnitudes.insert(magnitude);
  Patterns patterns;
  for (uint64_t magnitude : magnitudes) {
    patterns.push_back(magnitude);
    if (!isUnsigned(type) && magnitude)
      patterns.push_back(0 - magnitude);
  }
  if (!isUnsigned(type))
    patterns.push_back(static_cast<uint64_t>(smallestInteger(byteSize(type), false)));
  return patterns;
}

void fillCycled(Tensor &tensor, const Patterns &patterns) {
  size_t next = 0;
  for (int64_t i = 0, count = tensor.elementCount(); i < count; ++i, next = next + 1 < patterns.size() ? next + 1 : 0)
    tensor.setBitsAt(i, patterns[next]);
}

/// In order the first time round, shuffled after that: two arguments with different seeds then meet in many pairs.
void fillShuffled(Tensor &tensor, Patterns patterns, Random &random) {
  auto length = static_cast<int64_t>(patterns.size());
  for (int64_t i = 0, count = tensor.elementCount(); i < count; ++i) {
    if (i && i % length == 0)
      random.shuffle(patterns);
    tensor.setBitsAt(i, patterns[static_cast<size_t>(i % length)]);
  }
}

} // namespace

llvm::Error fill(const Specials &, Tensor &tensor, Random &random) {
  DType type = tensor.dtype;
  fillShuffled(tensor, isFloat(type) ? specialFloats(formatOf(type)) : specialIntegers(type), random);
  return llvm::Error::success();
}

llvm::Error fill(const Boundaries &, Tensor &tensor, Random &random) {
  DType type = tensor.dtype;
  fillShuffled(tensor, isFloat(type) ? floatBoundaries(formatOf(type)) : integerBoundaries(type), random);
  return llvm::Error::success();
}

llvm::Error fill(const AllPatterns &, Tensor &tensor, Random &) {
  unsigned bits = 8 * byteSize(tensor.dtype);
  if (bits > 16)
    return generatorError("all-patterns is for 8- and 16-bit types; " + shortName(tensor.dtype) +
                          " has too many patterns, use boundaries or specials");
  for (int64_t i = 0, count = tensor.elementCount(); i < count; ++i)
    tensor.setBitsAt(i, static_cast<uint64_t>(i));
  return llvm::Error::success();
}

llvm::Error fill(const Values &values, Tensor &tensor, Random &) {
  if (values.values.empty())
    return generatorError("the list of values is empty");
  Patterns patterns;
  for (size_t i = 0; i < values.values.size(); ++i) {
    llvm::Expected<uint64_t> bits = bitsOfValue(tensor.dtype, "value " + std::to_string(i + 1), values.values[i]);
    if (!bits)
      return bits.takeError();
    patterns.push_back(*bits);
  }
  fillCycled(tensor, patterns);
  return llvm::Error::success();
}

llvm::Error fill(const Constant &constant, Tensor &tensor, Random &) {
  llvm::Expected<uint64_t> bits = bitsOfValue(tensor.dtype, "the constant", constant.value);
  if (!bits)
    return bits.takeError();
  fillCycled(tensor, {*bits});
  return llvm::Error::success();
}

llvm::Error fill(const FromFile &file, Tensor &tensor, Random &) {
  llvm::sys::fs::file_status status;
  if (std::error_code failure = llvm::sys::fs::status(file.path, status))
    return generatorError("the input file " + file.path + " cannot be read: " + failure.message());
  if (status.type() != llvm::sys::fs::file_type::regular_file)
    return generatorError("the input file " + file.path + " is not a regular file");
  if (status.getSize() != tensor.bytes.size())
    return generatorError("the input file " + file.path + " has " + llvm::Twine(status.getSize()) +
                          " bytes, the argument " + llvm::Twine(tensor.bytes.size()) + " (" +
                          llvm::Twine(tensor.elementCount()) + " × " + shortName(tensor.dtype) + ")");
  auto buffer = llvm::MemoryBuffer::getFile(file.path, /*IsText=*/false, /*RequiresNullTerminator=*/false,
                                            /*IsVolatile=*/true);
  if (!buffer)
    return generatorError("the input file " + file.path + " cannot be read: " + buffer.getError().message());
  llvm::StringRef content = (*buffer)->getBuffer();
  if (content.size() != tensor.bytes.size())
    return generatorError("the input file " + file.path + " changed while it was read");
  tensor.bytes.assign(content.bytes_begin(), content.bytes_end());
  return llvm::Error::success();
}

llvm::Error fill(const Bytes &made, Tensor &tensor, Random &) {
  if (made.bytes->size() != tensor.bytes.size())
    return generatorError("there are " + llvm::Twine(made.bytes->size()) + " bytes for an argument of " +
                          llvm::Twine(tensor.bytes.size()));
  tensor.bytes = *made.bytes;
  return llvm::Error::success();
}

} // namespace pto::golden
