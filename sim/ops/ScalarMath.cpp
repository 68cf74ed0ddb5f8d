// Arithmetic that arith does not have. The comment is the manual's semantics, the lambda is what is executed. What
// flushes subnormals does so as the vector instruction does; 16-bit floats are computed in f32, where theirs are normal
// numbers.
#include "sim/ops/ScalarLanes.h"
#include "sim/ops/lanes/Arithmetic.h"
#include "sim/ops/lanes/ExpLog.h"
#include "sim/ops/lanes/Flush.h"
#include "sim/ops/lanes/FusedSum.h"
#include <cmath>

namespace pto::sim::PTO_SIM_BUILD {

namespace {

/// Which type a lambda is for: `compute(Type<T>, values…)`.
template <class T>
using Type = std::type_identity<T>;

template <size_t Operands, class Unit, class Compute>
const Instruction *math(Core &core, const Instruction &at) {
  withShape(at.carried<FloatShape>(), [&]<class T, bool IsPair>() {
    if constexpr (!std::is_same_v<T, double>)
      [&]<size_t... I>(std::index_sequence<I...>) {
        mapFloats<Unit, T, IsPair>(
            core, at, [](auto... values) { return Compute()(Type<T>(), values...); }, at.operand[I]...);
      }
    (std::make_index_sequence<Operands>());
  });
  return &at + 1;
}

template <size_t Operands, class Compute>
void addMath(OpTables &tables, llvm::StringRef op, Compute) {
  tables.core.add(op, Code(Pipe::S, math<Operands, OneScalar, Compute>));
  tables.threads.add(op, Code(Pipe::V, math<Operands, EachThread, Compute>));
}

/// A result in double precision, to be rounded once more to the type.
template <class T>
[[gnu::always_inline]] inline float rounded(double value) {
  if constexpr (isHalf<T>)
    return floatToOddForHalf(value);
  else
    return float(value);
}

// absf: the sign bit is cleared, of a NaN too
template <class Unit>
const Instruction *absolute(Core &core, const Instruction &at) {
  withShape(at.carried<FloatShape>(), [&]<class T, bool IsPair>() {
    constexpr uint64_t sign = uint64_t(1) << (8 * sizeof(T) - 1);
    mapPatterns<Unit, T, IsPair>(
        core, at, [](uint64_t bits) { return bits & ~sign; }, at.operand[0]);
  });
  return &at + 1;
}

template <class Unit>
const Instruction *permute(Core &core, const Instruction &at) {
  Unit::map(
      core, at.result[0],
      [](uint64_t lhs, uint64_t rhs, uint64_t selector) {
        uint64_t bytes = lhs << 32 | rhs, result = 0;
        for (unsigned i = 0; i < 4; ++i)
          result |= (bytes >> (8 * (selector >> (4 * i) & 7)) & 0xff) << (8 * i);
        return result;
      },
      at.operand[0], at.operand[1], at.operand[2]);
  return &at + 1;
}

template <class Unit, bool IsSigned>
const Instruction *upperHalf(Core &core, const Instruction &at) {
  mapIntegers<Unit>(core, at, [](Integer a, Integer b) -> uint64_t {
    if (a.bits == 32)
      return IsSigned ? uint64_t(a.s() * b.s()) >> 32 : a.u * b.u >> 32;
    using Wide = std::conditional_t<IsSigned, __int128, unsigned __int128>;
    return IsSigned ? uint64_t(Wide(a.s()) * b.s() >> 64) : uint64_t(Wide(a.u) * b.u >> 64);
  });
  return &at + 1;
}

template <class Unit, bool IsSigned>
const Instruction *wideProduct(Core &core, const Instruction &at) {
  Unit::map(
      core, at.result[0],
      [](uint64_t a, uint64_t b) { return IsSigned ? uint64_t(extended(a, 32) * extended(b, 32)) : a * b; },
      at.operand[0], at.operand[1]);
  return &at + 1;
}

template <class Unit>
void declareIntegers(OpTables &tables) {
  OpTable &table = Unit::table(tables);
  table.add("pto.prmt", Code(Unit::pipe, permute<Unit>));
  table.add("pto.mulhi", "signed", Code(Unit::pipe, upperHalf<Unit, true>));
  table.add("pto.mulhi", "unsigned", Code(Unit::pipe, upperHalf<Unit, false>));
  table.add("pto.mul_i32toi64", "signed", Code(Unit::pipe, wideProduct<Unit, true>));
  table.add("pto.mul_i32toi64", "unsigned", Code(Unit::pipe, wideProduct<Unit, false>));
  table.add("pto.absf", Code(Unit::pipe, absolute<Unit>));
}

} // namespace

void declareScalarMath(OpTables &tables) {
  declareIntegers<OneScalar>(tables);
  declareIntegers<EachThread>(tables);
  declareConvert(tables);

  // sqrt, exp, log, pow: of f32 all but log flush subnormals
  addMath<1>(tables, "pto.sqrt",
             []<class T>(Type<T>, float s) { return std::sqrt(isHalf<T> ? s : flushedOperand<float>(s)); });
  addMath<1>(tables, "pto.exp", []<class T>(Type<T>, float s) {
    float result = rounded<T>(expDouble(double(s)));
    return isHalf<T> ? result : flushedResult<float>(result);
  });
  addMath<1>(tables, "pto.log", []<class T>(Type<T>, float s) { return rounded<T>(lnDouble(double(s))); });
  addMath<2>(tables, "pto.pow", []<class T>(Type<T>, float a, float b) {
    if constexpr (isHalf<T>)
      return rounded<T>(std::pow(double(a), double(b)));
    else
      return flushedResult<float>(float(std::pow(double(flushedOperand<float>(a)), double(flushedOperand<float>(b)))));
  });

  // rint: to even; round: half away from zero
  addMath<1>(tables, "pto.ceil", []<class T>(Type<T>, float s) { return std::ceil(s); });
  addMath<1>(tables, "pto.floor", []<class T>(Type<T>, float s) { return std::floor(s); });
  addMath<1>(tables, "pto.rint", []<class T>(Type<T>, float s) { return std::rint(s); });
  addMath<1>(tables, "pto.round", []<class T>(Type<T>, float s) { return std::round(s); });

  // fmin, fmax: as vmin and vmax, where a NaN wins
  addMath<2>(tables, "pto.fmin", []<class T>(Type<T>, float a, float b) { return smaller(a, b); });
  addMath<2>(tables, "pto.fmax", []<class T>(Type<T>, float a, float b) { return larger(a, b); });

  addMath<3>(tables, "pto.fma", []<class T>(Type<T>, float a, float b, float c) {
    if constexpr (std::is_same_v<T, F16>)
      return fusedHalf(a, b, c);
    else if constexpr (std::is_same_v<T, BF16>)
      return fusedBFloat(a, b, c);
    else
      return fusedFloat(a, b, c);
  });
}

} // namespace pto::sim::PTO_SIM_BUILD
