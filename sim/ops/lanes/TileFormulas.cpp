// Element formulas that tiles have and no vector instruction does, declared like those of one, under the name of the
// tile operation.
#include "sim/ops/lanes/Declare.h"
#include "sim/ops/lanes/ExpLog.h"
#include "sim/ops/lanes/Flush.h"
#include <cmath>

namespace pto::sim::PTO_SIM_BUILD {

namespace {

/// Truncated; the most negative number by -1 stays.
template <class T>
T quotient(T a, T b) {
  if constexpr (std::is_signed_v<T>)
    return b == -1 ? T(std::make_unsigned_t<T>(0 - std::make_unsigned_t<T>(a))) : T(a / b);
  else
    return T(a / b);
}

template <class T>
T remainderOf(T a, T b) {
  if constexpr (std::is_signed_v<T>)
    return b == -1 ? T(0) : T(a % b);
  else
    return T(a % b);
}

/// Of the divisor's sign.
template <class T>
T floorRemainder(T a, T b) {
  T remainder = remainderOf(a, b);
  if constexpr (std::is_signed_v<T>)
    return T(remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder);
  else
    return remainder;
}

float floorRemainder(float a, float b) {
  float remainder = std::fmod(a, b);
  return remainder != 0 && std::signbit(remainder) != std::signbit(b) ? remainder + b : remainder;
}

/// Wraps. What has no integer result is 0.
template <class T>
T power(T base, T exponent) {
  if constexpr (std::is_signed_v<T>) {
    if (exponent < 0)
      return base == 1 ? T(1) : base == -1 ? T(exponent % 2 == 0 ? 1 : -1) : T(0);
  }
  uint64_t result = 1, factor = uint64_t(base);
  for (auto left = std::make_unsigned_t<T>(exponent); left != 0; left = decltype(left)(left >> 1), factor *= factor)
    if (left & 1)
      result *= factor;
  return T(result);
}

// Null where an active lane of the divisor is 0: an integer has no such quotient.
template <class T, class Lane>
const Instruction *dividingHandler(Core &core, const Instruction &at) {
  const uint8_t *a = core.wide(at.operand[0]), *b = core.wide(at.operand[1]), *mask = core.wide(at.operand[2]);
  uint8_t *d = core.wide(at.result[0]);
  for (size_t i = 0; i < laneCount<T>; ++i) {
    T divisor = get<T>(b, i);
    bool isActive = activeBits<T>(mask, i) != 0;
    if (isActive && divisor == 0)
      return nullptr;
    put<T>(d, i, isActive ? Lane()(get<T>(a, i), divisor) : T(0));
  }
  return &at + 1;
}

template <class Lane, LaneType Type, class T>
void dividing(OpTable &table, llvm::StringRef op, As<Type, T>, Lane) {
  table.add(op, "", Type, Code(Pipe::V, dividingHandler<T, Lane>));
}
template <class Lane, class... Lanes>
void dividing(OpTable &table, llvm::StringRef op, LaneSet<Lanes...>, Lane lane) {
  (dividing(table, op, Lanes(), lane), ...);
}

} // namespace

void declareTileFormulas(OpTable &table) {
  auto divide = [](auto a, auto b) { return quotient(a, b); };
  dividing(table, "pto.tdiv", Signed(), divide);
  dividing(table, "pto.tdiv", Unsigned(), divide);

  // Subnormal numbers count, which the vector instruction takes for zero.
  binary(table, "pto.tdiv.high_precision", Floats(), [](float a, float b) { return a / b; });

  auto floored = [](auto a, auto b) { return floorRemainder(a, b); };
  dividing(table, "pto.trem", Signed(), floored);
  dividing(table, "pto.trem", Unsigned(), floored);
  binary(table, "pto.trem", Floats(), [](float a, float b) { return floorRemainder(a, b); });

  auto truncated = [](auto a, auto b) { return remainderOf(a, b); };
  dividing(table, "pto.tfmod", Signed(), truncated);
  dividing(table, "pto.tfmod", Unsigned(), truncated);
  binary(table, "pto.tfmod", Floats(), [](float a, float b) { return float(std::fmod(a, b)); });

  auto raise = [](auto a, auto b) { return power(a, b); };
  binary(table, "pto.tpow", Signed(), raise);
  binary(table, "pto.tpow", Unsigned(), raise);
  binary(table, "pto.tpow", Floats(), [](float a, float b) { return float(std::pow(double(a), double(b))); });

  unary(table, "pto.trecip", Float(), [](float s) { return flushedResult<float>(1 / flushedOperand<float>(s)); });
  unary(table, "pto.trecip", Half(), [](float s) { return flushedResult<F16>(1 / flushedOperand<F16>(s)); });
  unary(table, "pto.trsqrt", Float(), [](float s) { return float(1 / std::sqrt(double(flushedOperand<float>(s)))); });
  unary(table, "pto.trsqrt", Half(), [](float s) { return float(1 / std::sqrt(double(flushedOperand<F16>(s)))); });

  // The difference is rounded before it is raised.
  binary(table, "pto.texpdif", Float(),
         [](float a, float b) { return flushedResult<float>(float(expDouble(double(a - b)))); });
  binary(table, "pto.texpdif", Half(),
         [](float a, float b) { return flushedResult<F16>(float(expDouble(double(a - b)))); });

  auto addBoth = [](auto a, auto b, auto c) { return a + b + c; };
  ternary(table, "pto.taddc", Integers(), [](auto a, auto b, auto c) { return decltype(a)(a + b + c); });
  ternary(table, "pto.taddc", Floats(), addBoth);
  ternary(table, "pto.taddc", BFloat(), addBoth);
  auto subtractAndAdd = [](auto a, auto b, auto c) { return a - b + c; };
  ternary(table, "pto.tsubc", Integers(), [](auto a, auto b, auto c) { return decltype(a)(a - b + c); });
  ternary(table, "pto.tsubc", Floats(), subtractAndAdd);
  ternary(table, "pto.tsubc", BFloat(), subtractAndAdd);

  // taxpy: the destination is the first operand
  ternary(table, "pto.taxpy", Floats(), [](float d, float a, float s) { return d + a * s; });
}

} // namespace pto::sim::PTO_SIM_BUILD
