// Vectors made from one value: the same in every lane, or counting from it.
#include "sim/ops/lanes/Declare.h"
#include "sim/ops/lanes/RoundToOdd.h"

namespace pto::sim::PTO_SIM_BUILD {

template <class T>
static const Instruction *broadcast(Core &core, const Instruction &at) {
  uint8_t *__restrict d = core.wide(at.result[0]);
  T value = T(core.scalar(at.operand[0]));
  for (size_t i = 0; i < laneCount<T>; ++i)
    put<T>(d, i, value);
  return &at + 1;
}

template <class T>
[[gnu::always_inline]] inline void duplicate(Core &core, const Instruction &at, T value) {
  uint8_t *__restrict d = core.wide(at.result[0]);
  const uint8_t *__restrict mask = core.wide(at.operand[1]);
  for (size_t i = 0; i < laneCount<T>; ++i)
    put<T>(d, i, T(value & activeBits<T>(mask, i)));
}

// vdup, of a scalar or a lane
template <class T>
static const Instruction *duplicateScalar(Core &core, const Instruction &at) {
  duplicate<T>(core, at, T(core.scalar(at.operand[0])));
  return &at + 1;
}

template <class T, size_t Lane>
static const Instruction *duplicateLane(Core &core, const Instruction &at) {
  duplicate<T>(core, at, get<T>(core.wide(at.operand[0]), Lane));
  return &at + 1;
}

// vci
template <class T, bool Downwards>
static const Instruction *countFrom(Core &core, const Instruction &at) {
  uint8_t *__restrict d = core.wide(at.result[0]);
  Value<T> base = scalarValue<T>(core.scalar(at.operand[0]));
  constexpr int last = choices::vciEndsAtScalar ? int(laneCount<T>) - 1 : 0;
  for (size_t i = 0; i < laneCount<T>; ++i) {
    int distance = Downwards ? last - int(i) : int(i);
    if constexpr (isHalf<T>) {
      T value;
      narrow(canonical(floatToOddForHalf(double(base) + distance)), value);
      put<T>(d, i, value);
    } else if constexpr (std::is_floating_point_v<T>) {
      put<T>(d, i, canonical(base + T(distance)));
    } else {
      put<T>(d, i, T(base + T(distance)));
    }
  }
  return &at + 1;
}

template <LaneType Type, class T>
static void counting(OpTable &table, As<Type, T>) {
  auto add = [&]<Handler Count>(llvm::StringRef order) {
    table.add("pto.vci", order, Type, Code(Pipe::V, Type == LaneType::F16 ? mayLoseInfinities<Count> : Count));
  };
  add.template operator()<countFrom<T, false>>("ASC");
  add.template operator()<countFrom<T, true>>("DESC");
}

template <class... Lanes>
static void counting(OpTable &table, LaneSet<Lanes...>) {
  (counting(table, Lanes()), ...);
}

template <LaneType Type, class T>
static void materialize(OpTable &table, As<Type, T>) {
  table.add("pto.vbr", "", Type, Code(Pipe::V, broadcast<T>));
  table.add("pto.vdup", "scalar", Type, Code(Pipe::V, duplicateScalar<T>));
  table.add("pto.vdup", "LOWEST", Type, Code(Pipe::V, duplicateLane<T, 0>));
  if constexpr (choices::vdupHasHighest)
    table.add("pto.vdup", "HIGHEST", Type, Code(Pipe::V, duplicateLane<T, laneCount<T> - 1>));
}

template <class... Lanes>
static void materialize(OpTable &table, LaneSet<Lanes...>) {
  (materialize(table, Lanes()), ...);
}

void declareMaterialize(OpTable &table) {
  materialize(table, Integers());
  materialize(table, AllPatterns());
  counting(table, LaneSet<As<LaneType::S8, uint8_t>, As<LaneType::S16, uint16_t>, As<LaneType::S32, uint32_t>>());
  counting(table, Floats());
}

} // namespace pto::sim::PTO_SIM_BUILD
