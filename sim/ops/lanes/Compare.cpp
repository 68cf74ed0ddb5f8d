// Comparisons into a predicate, and selection by one.
#include "sim/ops/lanes/Declare.h"

namespace pto::sim::PTO_SIM_BUILD {

template <class T>
[[gnu::always_inline]] inline Value<T> laneValue(const uint8_t *from, size_t lane) {
  if constexpr (isHalf<T>)
    return widen(get<T>(from, lane));
  else
    return get<T>(from, lane);
}

/// Some lanes of a vector, or a scalar in their place, as the values that are compared.
template <class T, size_t Count>
struct Side {
  Value<T> lanes[Count];

  [[gnu::always_inline]] Side(const uint8_t *from, size_t base) {
    if constexpr (convertsInChunks<T>)
      widenChunk(from + base * sizeof(T), lanes);
    else
      for (size_t i = 0; i < Count; ++i)
        lanes[i] = laneValue<T>(from, base + i);
  }
  [[gnu::always_inline]] Side(Value<T> scalar, size_t) {
    for (Value<T> &lane : lanes)
      lane = scalar;
  }
};

/// d[i] = mask[i] && holds(a[i], b[i]), where b may be a scalar
template <class T, class Holds, class Right>
[[gnu::always_inline]] inline void compareLanes(uint8_t *__restrict d, const uint8_t *__restrict mask,
                                                const uint8_t *__restrict a, Right b) {
  constexpr size_t step = convertsInChunks<T> ? chunk : 1;
  for (size_t base = 0; base < laneCount<T>; base += step) {
    Side<T, step> left(a, base), right(b, base);
    Bits<T> holds[step];
#pragma GCC unroll 1
    for (size_t i = 0; i < step; ++i)
      holds[i] = Holds()(left.lanes[i], right.lanes[i]);
    for (size_t i = 0; i < step; ++i)
      put<Bits<T>>(d, base + i, Bits<T>(holds[i] & get<Bits<T>>(mask, base + i) & 1));
  }
}

template <class T, class Holds>
static const Instruction *compareVectors(Core &core, const Instruction &at) {
  const uint8_t *__restrict b = core.wide(at.operand[1]);
  compareLanes<T, Holds>(core.wide(at.result[0]), core.wide(at.operand[2]), core.wide(at.operand[0]), b);
  return &at + 1;
}

template <class T, class Holds>
static const Instruction *compareScalar(Core &core, const Instruction &at) {
  compareLanes<T, Holds>(core.wide(at.result[0]), core.wide(at.operand[2]), core.wide(at.operand[0]),
                         scalarValue<T>(core.scalar(at.operand[1])));
  return &at + 1;
}

template <LaneType Type, class T, class Holds>
static void comparison(OpTable &table, llvm::StringRef mode, As<Type, T>, Holds) {
  table.add("pto.vcmp", mode, Type, Code(Pipe::V, compareVectors<T, Holds>));
  table.add("pto.vcmps", mode, Type, Code(Pipe::V, compareScalar<T, Holds>));
}

template <class... Lanes, class Holds>
static void comparison(OpTable &table, llvm::StringRef mode, LaneSet<Lanes...>, Holds holds) {
  (comparison(table, mode, Lanes(), holds), ...);
}

template <class Holds>
static void comparison(OpTable &table, llvm::StringRef mode, Holds holds) {
  comparison(table, mode, Signed(), holds);
  comparison(table, mode, Unsigned(), holds);
  comparison(table, mode, Floats(), holds);
  comparison(table, mode, BFloat(), holds);
}

template <class T>
static const Instruction *select(Core &core, const Instruction &at) {
  uint8_t *__restrict d = core.wide(at.result[0]);
  const uint8_t *__restrict a = core.wide(at.operand[0]), *__restrict b = core.wide(at.operand[1]);
  const uint8_t *__restrict mask = core.wide(at.operand[2]);
  for (size_t i = 0; i < laneCount<T>; ++i) {
    T active = activeBits<T>(mask, i);
    put<T>(d, i, T((get<T>(a, i) & active) | (get<T>(b, i) & ~active)));
  }
  return &at + 1;
}

template <class... Lanes, class... Cpp>
static void selects(OpTable &table, LaneSet<Lanes...>) {
  [&]<LaneType... Type, class... T>(As<Type, T>...) {
    (table.add("pto.vsel", "", Type, Code(Pipe::V, select<T>)), ...);
  }
  (Lanes()...);
}

void declareCompare(OpTable &table) {
  comparison(table, "eq", [](auto a, auto b) { return a == b; });
  comparison(table, "ne", [](auto a, auto b) { return a != b; });
  comparison(table, "lt", [](auto a, auto b) { return a < b; });
  comparison(table, "le", [](auto a, auto b) { return a <= b; });
  comparison(table, "gt", [](auto a, auto b) { return a > b; });
  comparison(table, "ge", [](auto a, auto b) { return a >= b; });
  selects(table, Integers());
  selects(table, AllPatterns());
}

} // namespace pto::sim::PTO_SIM_BUILD
