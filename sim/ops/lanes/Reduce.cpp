// One result of many lanes: of all, of those of a 32-byte block, of a pair. Results are dense from lane 0 on, and the
// rest of the register is zero.
#include "sim/ops/lanes/Declare.h"
#include <algorithm>
#include <array>

namespace pto::sim::PTO_SIM_BUILD {

/// The active lanes as what is summed, the others as +0.
template <class T, class Sum, size_t N>
[[gnu::always_inline]] inline void loadActive(std::array<Sum, N> &to, const uint8_t *s, const uint8_t *mask) {
  for (size_t i = 0; i < N; ++i) {
    T value = std::bit_cast<T>(Bits<T>(get<Bits<T>>(s, i) & activeBits<T>(mask, i)));
    if constexpr (isHalf<T>)
      to[i] = widen(value);
    else
      to[i] = Sum(value);
  }
}

/// Values rounded to the type of the lanes, where they are held in a wider one.
template <class T, size_t Count, class Sum>
[[gnu::always_inline]] inline void roundAll(Sum *values) {
  for (size_t i = 0; i < Count; ++i)
    values[i] = canonical(values[i]);
  if constexpr (convertsInChunks<T> && Count % chunk == 0) {
    for (size_t base = 0; base < Count; base += chunk) {
      float(&part)[chunk] = reinterpret_cast<float(&)[chunk]>(values[base]);
      uint16_t bits[chunk];
      narrowChunk(part, bits);
      widenChunk(reinterpret_cast<const uint8_t *>(bits), part);
    }
  } else if constexpr (isHalf<T>) {
    for (size_t i = 0; i < Count; ++i) {
      T narrowed;
      narrow(values[i], narrowed);
      values[i] = widen(narrowed);
    }
  }
}

template <class T, class Sum>
[[gnu::always_inline]] inline void putSum(uint8_t *d, size_t lane, Sum value) {
  if constexpr (isHalf<T>) {
    T narrowed;
    narrow(value, narrowed);
    put<T>(d, lane, narrowed);
  } else {
    put<Sum>(d, lane, value);
  }
}

/// Adds neighbours until `Results` sums are left, each addition rounded: ((1+2)+(3+4)) + …
template <class T, size_t Results, size_t Count, class Sum>
[[gnu::always_inline]] inline void sumNeighbours(Sum *values) {
  if constexpr (Count > Results) {
    Sum sums[Count / 2];
    for (size_t i = 0; i < Count / 2; ++i)
      sums[i] = Sum(values[2 * i] + values[2 * i + 1]);
    roundAll<T, Count / 2>(sums);
    sumNeighbours<T, Results, Count / 2>(sums);
    std::memcpy(values, sums, Results * sizeof(Sum));
  }
}

template <class T, class Sum, size_t Results>
[[gnu::always_inline]] inline void sumLanes(uint8_t *__restrict d, const uint8_t *__restrict s,
                                            const uint8_t *__restrict mask) {
  std::array<Sum, laneCount<T>> values;
  loadActive<T>(values, s, mask);
  sumNeighbours<T, Results, laneCount<T>>(values.data());
  std::memset(d, 0, registerBytes);
  for (size_t i = 0; i < Results; ++i)
    putSum<T>(d, i, values[i]);
}

template <class T, class Sum, size_t Results>
static const Instruction *sum(Core &core, const Instruction &at) {
  sumLanes<T, Sum, Results>(core.wide(at.result[0]), core.wide(at.operand[0]), core.wide(at.operand[1]));
  return &at + 1;
}

// Extrema are found among keys: signed integers in the order of the lanes, in which -0 is below +0.

template <class T>
inline constexpr bool isFloatLane = isHalf<T> || std::is_floating_point_v<T>;

/// How a lane type is ordered, and what it has at the ends.
template <class T>
struct Ordered {
  using Key = std::make_signed_t<Bits<T>>;
  static constexpr Key sign = std::numeric_limits<Key>::min();
  static constexpr Bits<T> infinity = sizeof(T) == 4 ? 0x7f800000 : 0x7c00, nan = sizeof(T) == 4 ? 0x7fc00000 : 0x7e00;

  [[gnu::always_inline]] static Key key(Bits<T> bits) {
    if constexpr (isFloatLane<T>)
      return Key(Key(bits) < 0 ? Key(bits ^ Bits<T>(~sign)) : Key(bits));
    else
      return Key(std::is_signed_v<T> ? bits : bits ^ Bits<T>(sign));
  }
  /// A key back to its lane.
  [[gnu::always_inline]] static Bits<T> bits(Key key) {
    if constexpr (isFloatLane<T>)
      return Bits<T>(key < 0 ? key ^ Key(~sign) : key);
    else
      return Bits<T>(std::is_signed_v<T> ? Bits<T>(key) : Bits<T>(key) ^ Bits<T>(sign));
  }
  [[gnu::always_inline]] static bool isNan(Bits<T> bits) {
    return isFloatLane<T> && Key(bits & Bits<T>(~sign)) > Key(infinity);
  }
};

template <class T>
struct Extremum {
  Bits<T> value;
  size_t lane;
};

/// The largest, or the smallest, of `Count` lanes and the first one that has it; of the first NaN if there is one.
/// Without any active lane, what every other value would replace, and lane 0.
template <class T, bool Largest, size_t Count>
[[gnu::always_inline]] inline Extremum<T> findExtremum(const uint8_t *__restrict s, const uint8_t *__restrict mask) {
  using Order = Ordered<T>;
  using Key = typename Order::Key;
  using Limits = std::numeric_limits<Key>;
  // Turned around for the smallest, so that there is one search. A NaN is above everything.
  Key keys[Count], first = Key(Count), best = Limits::min();
  for (size_t i = 0; i < Count; ++i) {
    Bits<T> bits = get<Bits<T>>(s, i);
    Key ordered = Largest ? Order::key(bits) : Key(~Order::key(bits));
    Key key = Order::isNan(bits) ? Limits::max() : ordered;
    keys[i] = activeBits<T>(mask, i) ? key : Limits::min();
  }
  for (size_t i = 0; i < Count; ++i)
    best = keys[i] > best ? keys[i] : best;
  for (size_t i = 0; i < Count; ++i) {
    Key here = keys[i] == best ? Key(i) : Key(Count);
    here = activeBits<T>(mask, i) ? here : Key(Count);
    first = here < first ? here : first;
  }
  if (size_t(first) == Count) {
    Bits<T> least = isFloatLane<T> ? Bits<T>(Order::infinity | (Largest ? Bits<T>(Order::sign) : Bits<T>(0)))
                                   : Order::bits(Largest ? Limits::min() : Limits::max());
    return {least, 0};
  }
  if (isFloatLane<T> && best == Limits::max())
    return {Order::nan, size_t(first)};
  return {Order::bits(Largest ? best : Key(~best)), size_t(first)};
}

// vcmax, vcmin
template <class T, bool Largest>
static const Instruction *extremumOfAll(Core &core, const Instruction &at) {
  Extremum<T> found = findExtremum<T, Largest, laneCount<T>>(core.wide(at.operand[0]), core.wide(at.operand[1]));
  uint8_t *d = core.wide(at.result[0]);
  std::memset(d, 0, registerBytes);
  put<Bits<T>>(d, 0, found.value);
  put<Bits<T>>(d, 1, Bits<T>(found.lane));
  return &at + 1;
}

// vcbmax, vcbmin: lanes are compared as numbers, so that zeros of both signs are equal, and no NaN is.
template <class T, bool Largest>
static const Instruction *extremumWithLanes(Core &core, const Instruction &at) {
  using Order = Ordered<T>;
  const uint8_t *s = core.wide(at.operand[0]), *mask = core.wide(at.operand[1]);
  Bits<T> value = findExtremum<T, Largest, laneCount<T>>(s, mask).value;
  auto isZero = [](Bits<T> bits) { return Bits<T>(bits & Bits<T>(~Order::sign)) == 0; };
  uint8_t equal[registerBytes];
  for (size_t i = 0; i < laneCount<T>; ++i) {
    Bits<T> bits = get<Bits<T>>(s, i);
    bool isEqual = (bits == value && !Order::isNan(bits)) || (isFloatLane<T> && isZero(bits) && isZero(value));
    put<Bits<T>>(equal, i, Bits<T>(activeBits<T>(mask, i) & Bits<T>(isEqual)));
  }
  std::memcpy(core.wide(at.result[1]), equal, registerBytes);
  uint8_t *d = core.wide(at.result[0]);
  std::memset(d, 0, registerBytes);
  put<Bits<T>>(d, 0, value);
  return &at + 1;
}

// vcgmax, vcgmin
template <class T, bool Largest>
static const Instruction *extremaOfBlocks(Core &core, const Instruction &at) {
  uint8_t *d = core.wide(at.result[0]);
  const uint8_t *s = core.wide(at.operand[0]), *mask = core.wide(at.operand[1]);
  std::memset(d, 0, registerBytes);
  for (size_t k = 0; k < registerBytes / blockBytes; ++k)
    put<Bits<T>>(d, k,
                 findExtremum<T, Largest, blockBytes / sizeof(T)>(s + k * blockBytes, mask + k * blockBytes).value);
  return &at + 1;
}

template <Handler Reduce, LaneType Type>
static void add(OpTable &table, llvm::StringRef op) {
  table.add(op, "", Type, Code(Pipe::V, Type == LaneType::F16 ? mayLoseInfinities<Reduce> : Reduce));
}

template <LaneType Type, class T, class Sum>
static void sums(OpTable &table) {
  add<sum<T, Sum, 1>, Type>(table, "pto.vcadd");
  if constexpr (sizeof(T) > 1)
    add<sum<T, Sum, registerBytes / blockBytes>, Type>(table, "pto.vcgadd");
}

template <LaneType Type, class T>
static void extrema(OpTable &table, As<Type, T>) {
  add<extremumOfAll<T, true>, Type>(table, "pto.vcmax");
  add<extremumOfAll<T, false>, Type>(table, "pto.vcmin");
  add<extremumWithLanes<T, true>, Type>(table, "pto.vcbmax");
  add<extremumWithLanes<T, false>, Type>(table, "pto.vcbmin");
  add<extremaOfBlocks<T, true>, Type>(table, "pto.vcgmax");
  add<extremaOfBlocks<T, false>, Type>(table, "pto.vcgmin");
}

template <class... Lanes>
static void extrema(OpTable &table, LaneSet<Lanes...>) {
  (extrema(table, Lanes()), ...);
}

void declareReduce(OpTable &table) {
  using enum LaneType;
  if constexpr (choices::vcaddTakesBytes) {
    sums<S8, int8_t, int16_t>(table);
    sums<U8, uint8_t, uint16_t>(table);
  }
  sums<S16, int16_t, int32_t>(table);
  sums<U16, uint16_t, uint32_t>(table);
  // Unsigned, so that they wrap.
  sums<S32, uint32_t, uint32_t>(table);
  sums<U32, uint32_t, uint32_t>(table);
  sums<F16, pto::sim::PTO_SIM_BUILD::F16, float>(table);
  sums<F32, float, float>(table);

  add<sum<pto::sim::PTO_SIM_BUILD::F16, float, laneCount<uint16_t> / 2>, F16>(table, "pto.vcpadd");
  add<sum<float, float, laneCount<float> / 2>, F32>(table, "pto.vcpadd");

  using Numbers = LaneSet<As<S16, int16_t>, As<U16, uint16_t>, As<S32, int32_t>, As<U32, uint32_t>>;
  extrema(table, Numbers());
  extrema(table, Floats());
}

} // namespace pto::sim::PTO_SIM_BUILD
