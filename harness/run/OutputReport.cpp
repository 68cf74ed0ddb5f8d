// An output that differs, as a reader sees it.
#include "harness/run/OutputReport.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MathExtras.h"
#include <charconv>
#include <cmath>

using namespace pto;
using namespace pto::harness;

static constexpr unsigned registerBytes = 256;

static std::vector<int64_t> positionOf(int64_t index, const std::vector<int64_t> &shape) {
  std::vector<int64_t> position(shape.size());
  for (size_t axis = shape.size(); axis-- > 0;) {
    position[axis] = index % shape[axis];
    index /= shape[axis];
  }
  return position;
}

std::string pto::harness::formatPosition(int64_t index, const std::vector<int64_t> &shape) {
  std::vector<int64_t> position = positionOf(index, shape);
  std::string text = "[";
  for (auto [axis, value] : llvm::enumerate(position))
    text += (axis ? ", " : "") + std::to_string(value);
  return text + "]";
}

/// One value as a tensor of one element, for its decimal and hexadecimal forms.
static golden::Tensor element(golden::DType dtype, uint64_t bits) {
  golden::Tensor tensor = golden::Tensor::zeros(dtype, {1});
  tensor.setBitsAt(0, bits);
  return tensor;
}

/// The shortest decimal that reads back as the same value of the type.
static std::string decimal(golden::DType dtype, uint64_t bits) {
  unsigned width = golden::byteSize(dtype) * 8;
  if (!golden::isFloat(dtype))
    return golden::isUnsigned(dtype) ? std::to_string(bits) : std::to_string(llvm::SignExtend64(bits, width));
  double value = element(dtype, bits).valueAt(0);
  if (std::isnan(value))
    return "nan";
  char buffer[64];
  // A type narrower than f32 needs fewer digits than f32's shortest; f32's are exact enough to read it back.
  auto end = dtype == golden::DType::F64 ? std::to_chars(buffer, buffer + sizeof buffer, value).ptr
                                         : std::to_chars(buffer, buffer + sizeof buffer, static_cast<float>(value)).ptr;
  return {buffer, end};
}

static std::string hexFloat(golden::DType dtype, uint64_t bits) {
  if (!golden::isFloat(dtype))
    return {};
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%a", element(dtype, bits).valueAt(0));
  return text;
}

static std::string hexBits(golden::DType dtype, uint64_t bits) {
  return "0x" + llvm::utohexstr(bits, /*LowerCase=*/true, golden::byteSize(dtype) * 2);
}

static std::string distance(const golden::ElementError &error) {
  return error.ulp == UINT64_MAX ? "inf" : std::to_string(error.ulp) + " ulp";
}

/// How many elements of each lane of a register differ; register lanes repeat along the flat index.
static std::vector<int64_t> differingByLane(const golden::Reference &reference, const golden::Tensor &actual) {
  size_t width = golden::byteSize(actual.dtype), lanes = registerBytes / width;
  std::vector<int64_t> counts(lanes);
  const uint8_t *expected = reference.value.bytes.data(), *got = actual.bytes.data();
  for (size_t offset = 0; offset + width <= actual.bytes.size(); offset += width)
    if (!std::equal(expected + offset, expected + offset + width, got + offset))
      ++counts[offset / width % lanes];
  return counts;
}

reports::Output pto::harness::outputReport(const CaseArgument &argument, const golden::Reference &reference,
                                           const golden::Tensor &actual, const golden::Comparison &comparison) {
  reports::Output output;
  output.name = argument.name;
  output.dtype = argument.dtypeText;
  output.shape = argument.shape;
  output.elements = comparison.elements;
  output.differing = comparison.differing;
  output.mode = comparison.mode;
  output.bound = comparison.bound;
  output.tightest = comparison.tightest;
  output.statistic = comparison.statistic;
  for (const golden::ElementError &error : comparison.worst) {
    reports::Element shown;
    shown.index = error.index;
    shown.position = positionOf(error.index, argument.shape);
    shown.expected = decimal(argument.dtype, error.expectedBits);
    shown.actual = decimal(argument.dtype, error.actualBits);
    shown.expectedBits = hexBits(argument.dtype, error.expectedBits);
    shown.actualBits = hexBits(argument.dtype, error.actualBits);
    shown.expectedHex = hexFloat(argument.dtype, error.expectedBits);
    shown.actualHex = hexFloat(argument.dtype, error.actualBits);
    shown.distance = distance(error);
    output.worst.push_back(std::move(shown));
  }
  for (const golden::Comparison::Bucket &bucket : comparison.histogram)
    output.histogram.push_back({bucket.label, bucket.count});
  output.lanes = differingByLane(reference, actual);
  return output;
}

std::string pto::harness::describeFailure(const CaseArgument &argument, const golden::Comparison &comparison,
                                          const std::vector<int64_t> &unwritten) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "output '" << argument.name << "': ";
  if (!unwritten.empty())
    os << unwritten.size() << " of " << comparison.elements << " elements were never written, first at "
       << formatPosition(unwritten.front(), argument.shape);
  if (!unwritten.empty() && !comparison.passed)
    os << "; ";
  if (comparison.differing) {
    os << comparison.differing << " of " << comparison.elements << " elements differ ("
       << llvm::format("%.3g", 100.0 * comparison.differing / comparison.elements) << " %)";
    if (!comparison.worst.empty())
      os << ", worst " << distance(comparison.worst.front()) << " at "
         << formatPosition(comparison.worst.front().index, argument.shape);
  } else if (!comparison.statistic.empty()) {
    os << comparison.statistic;
  }
  return text;
}
