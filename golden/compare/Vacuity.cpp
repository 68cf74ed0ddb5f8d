// Outputs that no kernel should pass with are compared like real ones.
#include "golden/compare/Vacuity.h"
#include "golden/tensor/Convert.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

namespace pto::golden {
namespace {

/// Modes that accept nothing but the reference: what they let pass is the inputs' doing.
bool isExact(const CompareMode &mode) {
  const auto *ulp = std::get_if<Ulp>(&mode);
  return std::holds_alternative<Bits>(mode) || (ulp && ulp->distance == 0);
}

/// Modes that judge the output as a whole as well, so that what one element may be off by says little.
bool judgesTheWhole(const CompareMode &mode) {
  return std::holds_alternative<Dot>(mode) || std::holds_alternative<Ascend>(mode);
}

/// The value that an element's half stands for, and whether there is one: zeros, NaN and infinities have none.
struct Halves {
  Tensor tensor;
  int64_t count = 0;
};

Halves halvesOf(const Tensor &value) {
  Halves halves;
  if (isFloat(value.dtype)) {
    std::vector<double> elements = toDoubles(value);
    for (double &element : elements)
      if (element != 0 && std::isfinite(element)) {
        element /= 2;
        ++halves.count;
      }
    halves.tensor = fromDoubles(value.dtype, value.shape, elements);
    return halves;
  }
  std::vector<int64_t> elements = toIntegers(value);
  for (int64_t &element : elements) {
    halves.count += element != 0;
    element = isUnsigned(value.dtype) ? static_cast<int64_t>(static_cast<uint64_t>(element) / 2) : element / 2;
  }
  halves.tensor = fromIntegers(value.dtype, value.shape, elements);
  return halves;
}

bool isAllNaN(const Reference &expected) {
  return !expected.exact.empty() && llvm::all_of(expected.exact, [](double value) { return std::isnan(value); });
}

std::optional<std::string> findLoose(const Reference &expected, const CompareMode &mode) {
  if (isExact(mode))
    return std::nullopt;
  Halves halves = halvesOf(expected.value);
  if (halves.count == 0)
    return std::nullopt;
  if (compare(expected, Tensor::zeros(expected.value.dtype, expected.value.shape), mode).passed)
    return "an output of zeros would pass " + describe(mode) + ", so it checks nothing";
  Comparison comparison = compare(expected, halves.tensor, mode);
  int64_t accepted = halves.count - comparison.differing;
  if (comparison.passed || (!judgesTheWhole(mode) && accepted * 2 > halves.count))
    return "half of the right value would pass " + describe(mode) + " in " + std::to_string(accepted) + " of " +
           std::to_string(halves.count) + " elements";
  return std::nullopt;
}

std::string adviceFor(Vacuity kind) {
  return std::string("; ") + (kind == Vacuity::Loose ? "tighten the tolerance" : "choose other inputs") +
         ", or say why it is right with `allow: { " + nameOf(kind).str() + ": REASON }`";
}

} // namespace

llvm::StringRef nameOf(Vacuity vacuity) {
  switch (vacuity) {
  case Vacuity::Zero:
    return "zero";
  case Vacuity::Unchanged:
    return "unchanged";
  case Vacuity::NaN:
    return "nan";
  case Vacuity::Loose:
    return "loose";
  }
  return {};
}

std::optional<VacuityFound> findVacuity(const Reference &expected, const CompareMode &mode, const Tensor *initial,
                                        llvm::function_ref<bool(Vacuity)> isAllowed) {
  auto found = [&](Vacuity kind, const std::string &what) { return VacuityFound{kind, what + adviceFor(kind)}; };
  if (!isAllowed(Vacuity::NaN) && isAllNaN(expected))
    return found(Vacuity::NaN, "the reference is all NaN, so no value that a kernel computes is checked");
  bool isZero = llvm::all_of(toDoubles(expected.value), [](double value) { return value == 0; });
  if (!isAllowed(Vacuity::Zero) && isZero &&
      compare(expected, Tensor::zeros(expected.value.dtype, expected.value.shape), mode).passed)
    return found(Vacuity::Zero, "the reference is all zero, so an output that was never computed would pass");
  if (!isAllowed(Vacuity::Unchanged) && initial && compare(expected, *initial, mode).passed)
    return found(Vacuity::Unchanged, "the reference is what the output holds before the run" +
                                         (isExact(mode) ? std::string() : ", within " + describe(mode)) +
                                         ", so a kernel that does nothing would pass");
  if (!isAllowed(Vacuity::Loose))
    if (std::optional<std::string> loose = findLoose(expected, mode))
      return found(Vacuity::Loose, *loose);
  return std::nullopt;
}

} // namespace pto::golden
