// convert: between scalar integers and floats, or pairs of floats, with a rounding that the instruction names. A value
// is converted as vcvt converts a lane; whether it saturates is the instruction's own, and integers always do.
#include "sim/ops/ScalarLanes.h"
#include "sim/ops/lanes/ConvertValue.h"

namespace pto::sim::PTO_SIM_BUILD {

namespace {

/// result = convert(operand), each half of a pair by itself.
template <class Unit, class From, class To, class Mode, bool Saturates>
void convertAll(Core &core, const Instruction &at, bool isPair) {
  auto one = [](uint64_t bits) -> uint64_t {
    return converted<To, Mode, Saturates>(std::bit_cast<From>(Bits<From>(bits)));
  };
  if constexpr (isAnyFloat<From> && isAnyFloat<To>)
    if (isPair)
      return Unit::map(
          core, at.result[0],
          [one](uint64_t pair) { return one(pair) | one(pair >> bitsOfType<From>) << bitsOfType<To>; }, at.operand[0]);
  Unit::map(core, at.result[0], one, at.operand[0]);
}

template <class Unit, class From, class To, class Mode>
const Instruction *convert(Core &core, const Instruction &at) {
  auto operands = at.carried<ConvertOperands>();
  if constexpr (isAnyFloat<To>)
    if (!operands.saturates) {
      convertAll<Unit, From, To, Mode, false>(core, at, operands.isPair);
      return &at + 1;
    }
  convertAll<Unit, From, To, Mode, true>(core, at, operands.isPair);
  return &at + 1;
}

// Variants are named after both types and the rounding.
template <class Mode, class From, class To>
void add(OpTables &tables, const std::string &variant) {
  tables.core.add("pto.convert", variant, Code(OneScalar::pipe, convert<OneScalar, From, To, Mode>));
  tables.threads.add("pto.convert", variant, Code(EachThread::pipe, convert<EachThread, From, To, Mode>));
}

template <class From, class To>
void addRounded(OpTables &tables, const std::string &variant) {
  add<NearestEven, From, To>(tables, variant + " r");
  add<NearestAway, From, To>(tables, variant + " a");
  add<Floor, From, To>(tables, variant + " f");
  add<Ceiling, From, To>(tables, variant + " c");
  add<Truncate, From, To>(tables, variant + " z");
}

// All roundings are the same.
template <class From, class To>
void addExact(OpTables &tables, const std::string &variant) {
  for (const char *rounding : {" r", " a", " f", " c", " z"})
    add<Truncate, From, To>(tables, variant + rounding);
}

} // namespace

void declareConvert(OpTables &tables) {
  addRounded<int32_t, float>(tables, "si32 f32");
  addRounded<int32_t, F16>(tables, "si32 f16");
  addRounded<int32_t, BF16>(tables, "si32 bf16");
  addRounded<uint32_t, float>(tables, "ui32 f32");
  addRounded<uint32_t, F16>(tables, "ui32 f16");
  addRounded<uint32_t, BF16>(tables, "ui32 bf16");
  addRounded<int64_t, float>(tables, "si64 f32");
  addRounded<uint64_t, float>(tables, "ui64 f32");

  addRounded<float, int32_t>(tables, "f32 si32");
  addRounded<float, uint32_t>(tables, "f32 ui32");
  addRounded<float, int64_t>(tables, "f32 si64");
  addRounded<float, uint64_t>(tables, "f32 ui64");
  addRounded<F16, int32_t>(tables, "f16 si32");
  addRounded<F16, uint32_t>(tables, "f16 ui32");
  addRounded<BF16, int32_t>(tables, "bf16 si32");
  addRounded<BF16, uint32_t>(tables, "bf16 ui32");

  addRounded<float, F16>(tables, "f32 f16");
  add<Odd, float, F16>(tables, "f32 f16 o");
  addRounded<float, BF16>(tables, "f32 bf16");
  addRounded<F16, BF16>(tables, "f16 bf16");
  addRounded<BF16, F16>(tables, "bf16 f16");
  addExact<F16, float>(tables, "f16 f32");
  addExact<BF16, float>(tables, "bf16 f32");

  // Only of pairs.
  add<NearestEven, float, F8E4M3>(tables, "f32 f8E4M3FN r");
  add<NearestEven, float, F8E5M2>(tables, "f32 f8E5M2 r");
  addExact<F8E4M3, float>(tables, "f8E4M3FN f32");
  addExact<F8E5M2, float>(tables, "f8E5M2 f32");
  addExact<F8E4M3, F16>(tables, "f8E4M3FN f16");
  addExact<F8E5M2, F16>(tables, "f8E5M2 f16");
  add<NearestAway, float, HiF8>(tables, "f32 hif8 a");
  add<Hybrid, float, HiF8>(tables, "f32 hif8 h");
  add<NearestAway, F16, HiF8>(tables, "f16 hif8 a");
  add<Hybrid, F16, HiF8>(tables, "f16 hif8 h");
  addExact<HiF8, float>(tables, "hif8 f32");
  addExact<HiF8, F16>(tables, "hif8 f16");
  addRounded<BF16, F4E2M1>(tables, "bf16 f4E2M1");
  addRounded<BF16, F4E1M2>(tables, "bf16 f4E1M2");
  addExact<F4E2M1, BF16>(tables, "f4E2M1 bf16");
  addExact<F4E1M2, BF16>(tables, "f4E1M2 bf16");
}

} // namespace pto::sim::PTO_SIM_BUILD
