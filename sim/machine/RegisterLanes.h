// The lanes of a register, whatever their type says.
#pragma once

#include "sim/machine/Register.h"
#include <cstring>

namespace pto::sim {

template <class T>
T lane(const uint8_t *from, size_t i) {
  T value;
  std::memcpy(&value, from + i * sizeof(T), sizeof(T));
  return value;
}

template <class T>
void setLane(uint8_t *to, size_t i, T value) {
  std::memcpy(to + i * sizeof(T), &value, sizeof(T));
}

template <class T>
inline constexpr size_t lanesOf = registerBytes / sizeof(T);

/// Lanes of both sources in turn; the first half of that stream is the low result.
template <class T>
void interleave(uint8_t *__restrict low, uint8_t *__restrict high, const uint8_t *__restrict a,
                const uint8_t *__restrict b) {
  constexpr size_t half = lanesOf<T> / 2;
  for (size_t i = 0; i < half; ++i) {
    setLane(low, 2 * i, lane<T>(a, i));
    setLane(low, 2 * i + 1, lane<T>(b, i));
  }
  for (size_t i = 0; i < half; ++i) {
    setLane(high, 2 * i, lane<T>(a, half + i));
    setLane(high, 2 * i + 1, lane<T>(b, half + i));
  }
}

/// The even lanes of both sources one after the other, and the odd ones.
template <class T>
void deinterleave(uint8_t *__restrict even, uint8_t *__restrict odd, const uint8_t *__restrict a,
                  const uint8_t *__restrict b) {
  constexpr size_t half = lanesOf<T> / 2;
  for (size_t i = 0; i < half; ++i) {
    setLane(even, i, lane<T>(a, 2 * i));
    setLane(odd, i, lane<T>(a, 2 * i + 1));
  }
  for (size_t i = 0; i < half; ++i) {
    setLane(even, half + i, lane<T>(b, 2 * i));
    setLane(odd, half + i, lane<T>(b, 2 * i + 1));
  }
}

} // namespace pto::sim
