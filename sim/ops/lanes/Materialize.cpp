// Vectors made from one value.
#include "sim/ops/lanes/Declare.h"

namespace pto::sim::PTO_SIM_BUILD {

// vbr: d[i] = s
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

// vdup: d[i] = mask[i] ? value : 0, where value is a scalar, or the first (or the last) lane of a vector
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
}

} // namespace pto::sim::PTO_SIM_BUILD
