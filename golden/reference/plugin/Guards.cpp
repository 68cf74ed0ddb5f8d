// An operator is registered again under its own schema, with a look at its operands before LibTorch's own runs. That
// holds for what the compiler folds, too.
#include "golden/reference/plugin/Guards.h"
#include <ATen/ATen.h>
#include <atomic>
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>
#include <chrono>
#include <cmath>
#include <llvm/ADT/STLExtras.h>
#include <malloc.h>
#include <torch/csrc/jit/runtime/custom_operator.h>
#include <torch/csrc/jit/runtime/operator.h>

namespace pto::golden {
namespace {

namespace jit = torch::jit;
using Clock = std::chrono::steady_clock;
using Operands = at::ArrayRef<c10::IValue>;

/// Far more than a golden of simulated kernels needs, and well below what a worker has.
constexpr size_t mostMemory = size_t(1) << 30;
constexpr size_t longestList = size_t(1) << 24;
constexpr int64_t mostPrinted = 100'000;

// Division

bool isInteger(const c10::IValue &value) {
  return value.isInt() || (value.isTensor() && value.toTensor().defined() &&
                           at::isIntegralType(value.toTensor().scalar_type(), /*includeBool=*/true));
}

at::Tensor asTensor(const c10::IValue &value) {
  return value.isTensor() ? value.toTensor() : at::scalar_tensor(value.toInt(), at::kLong);
}

/// Whether the operands hold the smallest integer of a type over -1, which the processor traps on.
bool overflows(const at::Tensor &dividend, const at::Tensor &divisor) {
  if (!divisor.eq(-1).any().item<bool>())
    return false;
  for (int64_t smallest : {int64_t(INT64_MIN), int64_t(INT32_MIN)}) {
    at::ScalarType type = smallest == INT64_MIN ? at::kLong : at::kInt;
    if (at::result_type(dividend, divisor) == type &&
        at::logical_and(dividend.eq(smallest), divisor.eq(-1)).any().item<bool>())
      return true;
  }
  return false;
}

void checkDivision(const c10::FunctionSchema &schema, Operands operands) {
  if (operands.size() < 2 || !isInteger(operands[0]) || !isInteger(operands[1]))
    return;
  // `a / b` and torch.div without a rounding mode are divisions of floats.
  if (auto mode = schema.argumentIndexWithName("rounding_mode"); mode && operands[*mode].isNone())
    return;
  bool isTrueDivision = schema.name() == "aten::div" || schema.name() == "aten::div_" ||
                        schema.name() == "aten::divide" || schema.name() == "aten::divide_";
  if (isTrueDivision && !schema.argumentIndexWithName("rounding_mode"))
    return;
  at::Tensor dividend = asTensor(operands[0]), divisor = asTensor(operands[1]);
  TORCH_CHECK(!divisor.eq(0).any().item<bool>(), "division of integers by zero");
  TORCH_CHECK(!overflows(dividend, divisor),
              "division of the smallest integer by -1, whose quotient no integer of the type holds");
}

/// LibTorch takes the absolute value first, which the smallest integer of a type does not have.
void checkDivisor(const c10::FunctionSchema &, Operands operands) {
  for (const c10::IValue &operand : operands) {
    if (!isInteger(operand))
      continue;
    at::Tensor tensor = asTensor(operand);
    for (auto [type, smallest] : {std::pair(at::kLong, int64_t(INT64_MIN)), std::pair(at::kInt, int64_t(INT32_MIN))})
      TORCH_CHECK(tensor.scalar_type() != type || !tensor.eq(smallest).any().item<bool>(),
                  "the smallest integer has no absolute value of its type, so it has no common divisor or multiple");
  }
}

// Lists and texts

size_t lengthOf(const c10::IValue &value) {
  return value.isList() ? value.toListRef().size() : value.isString() ? value.toStringRef().size() : 0;
}

void checkLength(const c10::FunctionSchema &schema, Operands operands) {
  // A sum of two, one more element, or n times as many.
  size_t length = schema.name() == "aten::append" ? 1 : 0, times = 1;
  for (const c10::IValue &operand : operands) {
    length += lengthOf(operand);
    if (operand.isInt() && operand.toInt() > 0)
      times = static_cast<size_t>(operand.toInt());
  }
  TORCH_CHECK(length == 0 || length <= longestList / times, "a list or text of more than ", longestList,
              " elements; use a tensor");
}

/// Whether a value is that list, tuple or dictionary, or holds it.
bool holds(const c10::IValue &value, const c10::IValue &container, unsigned depth) {
  constexpr unsigned deepest = 64;
  TORCH_CHECK(depth < deepest, "lists are nested more than ", deepest, " deep");
  if (value.is(container))
    return true;
  auto inside = [&](const c10::IValue &element) { return holds(element, container, depth + 1); };
  if (value.isList() && !value.isTensorList() && !value.isIntList() && !value.isDoubleList() && !value.isBoolList())
    return llvm::any_of(value.toListRef(), inside);
  if (value.isTuple())
    return llvm::any_of(value.toTupleRef().elements(), inside);
  if (value.isGenericDict())
    return llvm::any_of(value.toGenericDict(), [&](const auto &entry) { return inside(entry.value()); });
  return false;
}

/// A list that holds itself has no end for who prints or compares it.
void checkElement(const c10::FunctionSchema &schema, Operands operands) {
  for (const c10::IValue &operand : operands.slice(1))
    TORCH_CHECK(!holds(operand, operands[0], 0), "a list or dictionary cannot hold itself");
  checkLength(schema, operands);
}

/// LibTorch looks for the empty text for ever.
void checkSought(const c10::FunctionSchema &, Operands operands) {
  TORCH_CHECK(!operands[1].isString() || !operands[1].toStringRef().empty(), "the text to search for is empty");
}

void checkRange(const c10::FunctionSchema &, Operands operands) {
  TORCH_CHECK(operands[0].toInt() <= int64_t(longestList), "a list of more than ", longestList,
              " elements; use torch.arange");
}

/// A text with another in it at each place, or between the elements of a list.
void checkInsertions(const c10::FunctionSchema &schema, Operands operands) {
  size_t places = lengthOf(schema.name() == "aten::join" ? operands[1] : operands[0]) + 1;
  size_t piece = lengthOf(schema.name() == "aten::join" ? operands[0] : operands[2]);
  if (operands[1].isList())
    for (const c10::IValue &element : operands[1].toListRef())
      piece = std::max(piece, 2 * lengthOf(element));
  TORCH_CHECK(piece <= longestList / places, "a text of more than ", longestList, " characters");
}

/// LibTorch writes out every element.
void checkPrinted(const c10::FunctionSchema &, Operands operands) {
  for (const c10::IValue &operand : operands)
    TORCH_CHECK(!operand.isTensor() || operand.toTensor().numel() <= mostPrinted, "a tensor of more than ", mostPrinted,
                " elements is too large to print; print a slice");
}

/// std::sort reads outside of a list that no order sorts.
void checkSorted(const c10::FunctionSchema &, Operands operands) {
  if (!operands.empty() && operands[0].isDoubleList())
    for (double element : operands[0].toDoubleVector())
      TORCH_CHECK(!std::isnan(element), "a list with a NaN cannot be sorted; torch.sort puts them last");
}

// Time

constexpr auto never = Clock::time_point::max();
thread_local Clock::time_point deadline = never;

void checkTime(jit::Stack &) {
  TORCH_CHECK(deadline == never || Clock::now() < deadline,
              "the loop does not finish within the time limit of the case; raise it with --timeout, or "
              "`timeout:` in the case");
}

// Memory

std::string megabytes(size_t bytes) {
  return std::to_string(bytes >> 20) + " MiB";
}

class LimitedAllocator final : public c10::Allocator {
public:
  c10::DataPtr allocate(size_t bytes) const override {
    size_t before = used.load(std::memory_order_relaxed);
    TORCH_CHECK(bytes <= mostMemory && before + bytes <= mostMemory, "the golden needs more memory than the ",
                megabytes(mostMemory), " it may use: ", megabytes(bytes), " on top of ", megabytes(before));
    void *data = c10::alloc_cpu(bytes);
    used.fetch_add(malloc_usable_size(data), std::memory_order_relaxed);
    return {data, data, &release, c10::Device(c10::DeviceType::CPU)};
  }
  c10::DeleterFnPtr raw_deleter() const override { return &release; }

private:
  static void release(void *data) {
    used.fetch_sub(malloc_usable_size(data), std::memory_order_relaxed);
    c10::free_cpu(data);
  }

  static inline std::atomic<size_t> used = 0;
};

// Installation

using Check = void (*)(const c10::FunctionSchema &, Operands);

constexpr struct {
  const char *name;
  Check check;
} guarded[] = {
    {"aten::__round_to_zero_floordiv", checkDivision},
    {"aten::div", checkDivision},
    {"aten::div_", checkDivision},
    {"aten::divide", checkDivision},
    {"aten::divide_", checkDivision},
    {"aten::divmod", checkDivision},
    {"aten::floor_divide", checkDivision},
    {"aten::floor_divide_", checkDivision},
    {"aten::floordiv", checkDivision},
    {"aten::fmod", checkDivision},
    {"aten::fmod_", checkDivision},
    {"aten::remainder", checkDivision},
    {"aten::remainder_", checkDivision},
    {"aten::gcd", checkDivisor},
    {"aten::gcd_", checkDivisor},
    {"aten::lcm", checkDivisor},
    {"aten::lcm_", checkDivisor},
    {"aten::add", checkLength},
    {"aten::add_", checkLength},
    {"aten::append", checkElement},
    {"aten::extend", checkElement},
    {"aten::insert", checkElement},
    {"aten::_set_item", checkElement},
    {"aten::setdefault", checkElement},
    {"aten::update", checkElement},
    {"aten::count", checkSought},
    {"aten::mul", checkLength},
    {"aten::mul_", checkLength},
    {"aten::join", checkInsertions},
    {"aten::replace", checkInsertions},
    {"prim::Print", checkPrinted},
    {"aten::format", checkPrinted},
    {"aten::str", checkPrinted},
    {"prim::rangelist", checkRange},
    {"aten::sort", checkSorted},
    {"aten::sorted", checkSorted},
};

void guard(const char *name, Check check) {
  // A copy: the registry changes below it.
  std::vector<std::shared_ptr<jit::Operator>> overloads = jit::getAllOperatorsFor(c10::Symbol::fromQualString(name));
  for (const std::shared_ptr<jit::Operator> &overload : overloads) {
    c10::FunctionSchema schema = overload->schema();
    if (!overload->hasOperation())
      continue;
    jit::deregisterOperator(schema);
    if (schema.is_vararg()) {
      jit::registerOperator(jit::Operator(
          c10::toString(schema),
          [check, schema, own = overload->getOperation()](jit::Stack &stack) mutable {
            // The last one is how many there are.
            auto count = static_cast<size_t>(stack.back().toInt());
            check(schema, jit::last(stack, count + 1).slice(0, count));
            own(stack);
          },
          overload->aliasAnalysisKind()));
      continue;
    }
    jit::registerOperator(jit::Operator(
        schema.name(), schema.overload_name(), schema.arguments(), schema.returns(),
        [check, schema, own = overload->getOperation()](jit::Stack &stack) mutable {
          check(schema, jit::last(stack, schema.arguments().size()));
          own(stack);
        },
        overload->aliasAnalysisKind()));
  }
}

} // namespace

void installGuards() {
  for (auto [name, check] : guarded)
    guard(name, check);
  jit::registerOperator(
      jit::Operator(std::string(loopGuard) + "() -> ()", checkTime, c10::AliasAnalysisKind::CONSERVATIVE));
  static LimitedAllocator allocator;
  c10::SetCPUAllocator(&allocator, /*priority=*/255);
}

TimeLimit::TimeLimit(double seconds) {
  if (std::isfinite(seconds))
    deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

TimeLimit::~TimeLimit() {
  deadline = never;
}

} // namespace pto::golden
