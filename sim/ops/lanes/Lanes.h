// The loop over lanes, once for everybody: element types, predication by zeroing, canonical NaNs.
//
// Rules that hold for every lane-wise instruction:
// - an inactive lane of a result is 0;
// - f16 and bf16 are computed in f32 and rounded once (what needs more says so);
// - arithmetic yields the canonical quiet NaN (0x7fc00000, 0x7e00, 0x7fc0), whatever NaN went in; a division has one
//   of its own. Moves, bitwise instructions, vabs and vneg keep the bits of a NaN, the last two but for its sign;
// - subnormals are kept, but for what is in Flush.h; integers wrap, but for what CTRL says (Overflow.h).
#pragma once

#include "sim/machine/Register.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/lanes/Float16.h"
#include "sim/run/Core.h"
#include <type_traits>

namespace pto::sim::PTO_SIM_BUILD {

static_assert(std::endian::native == std::endian::little, "registers and memories are little-endian byte arrays");

template <size_t Bytes>
struct BitsOfSize;
template <>
struct BitsOfSize<1> : std::type_identity<uint8_t> {};
template <>
struct BitsOfSize<2> : std::type_identity<uint16_t> {};
template <>
struct BitsOfSize<4> : std::type_identity<uint32_t> {};
template <>
struct BitsOfSize<8> : std::type_identity<uint64_t> {};
template <class T>
using Bits = typename BitsOfSize<sizeof(T)>::type;

template <class T>
inline constexpr bool isHalf = std::is_same_v<T, F16> || std::is_same_v<T, BF16>;

/// What lanes of that type are computed in.
template <class T>
using Value = std::conditional_t<isHalf<T>, float, T>;

template <class T>
inline constexpr size_t laneCount = registerBytes / sizeof(T);

template <class T>
[[gnu::always_inline]] inline T get(const uint8_t *from, size_t lane) {
  T value;
  std::memcpy(&value, from + lane * sizeof(T), sizeof(T));
  return value;
}

template <class T>
[[gnu::always_inline]] inline void put(uint8_t *to, size_t lane, T value) {
  std::memcpy(to + lane * sizeof(T), &value, sizeof(T));
}

/// All ones where the lane is active, else zero.
template <class T>
[[gnu::always_inline]] inline Bits<T> activeBits(const uint8_t *mask, size_t lane) {
  return Bits<T>(0 - (get<Bits<T>>(mask, lane) & 1));
}

/// The NaN that an operation yields, as an f32.
template <class Lane>
inline constexpr uint32_t nanOf = 0x7fc00000;
template <class Lane>
requires requires {
  Lane::nan;
}
inline constexpr uint32_t nanOf<Lane> = Lane::nan;

template <class Lane = void, class T>
[[gnu::always_inline]] inline T canonical(T value) {
  if constexpr (std::is_same_v<T, float>)
    return value != value ? std::bit_cast<float>(nanOf<Lane>) : value;
  else
    return value;
}

/// A scalar register as a value of the lanes' type.
template <class T>
[[gnu::always_inline]] inline Value<T> scalarValue(uint64_t scalar) {
  Bits<T> bits = Bits<T>(scalar);
  if constexpr (isHalf<T>)
    return widen(T{bits});
  else
    return std::bit_cast<T>(bits);
}

/// to[i] = mask[i] ? lane(from[i]...) : 0
template <class T, class Lane, class... From>
[[gnu::always_inline]] inline void mapLanes(uint8_t *__restrict to, const uint8_t *__restrict mask, Lane lane,
                                            const From *__restrict... from) {
  // Every SSA value has a register of its own, so the result never shares one with an operand.
  if constexpr (convertsInChunks<T>) {
    for (size_t base = 0; base < laneCount<T>; base += chunk) {
      float in[sizeof...(from)][chunk], out[chunk];
      size_t k = 0;
      (widenChunk(from + base * sizeof(T), in[k++]), ...);
      // Left as a loop, so that it becomes one vector operation; unrolled first, GCC makes it scalar code.
#pragma GCC unroll 1
      for (size_t i = 0; i < chunk; ++i)
        out[i] = canonical<Lane>(float([&]<size_t... K>(std::index_sequence<K...>) {
          return lane(in[K][i]...);
        }(std::make_index_sequence<sizeof...(from)>())));
      uint16_t bits[chunk];
      narrowChunk(out, bits);
      for (size_t i = 0; i < chunk; ++i)
        put<uint16_t>(to, base + i, uint16_t(bits[i] & activeBits<T>(mask, base + i)));
    }
  } else if constexpr (isHalf<T>) {
    for (size_t i = 0; i < laneCount<T>; ++i) {
      T value;
      narrow(canonical<Lane>(float(lane(widen(get<T>(from, i))...))), value);
      put<uint16_t>(to, i, uint16_t(value.bits & activeBits<T>(mask, i)));
    }
  } else {
    for (size_t i = 0; i < laneCount<T>; ++i) {
      T value = canonical<Lane>(T(lane(get<T>(from, i)...)));
      put<Bits<T>>(to, i, Bits<T>(std::bit_cast<Bits<T>>(value) & activeBits<T>(mask, i)));
    }
  }
}

} // namespace pto::sim::PTO_SIM_BUILD
