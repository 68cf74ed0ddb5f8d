// Masks of tiles: bit c % 8 of byte c / 8 of a row is for column c. Packed ones take the rows of a tile on end.
#pragma once

#include "sim/machine/Register.h"
#include <cstddef>

namespace pto::sim {

/// A bit for every element of a register, which starts at a column that is a multiple of 8, out of a row of a mask; and
/// back.
inline void spreadMask(uint8_t *predicate, const uint8_t *row, size_t column, size_t elements, size_t bytes) {
  for (size_t i = 0; i < elements; ++i) {
    uint8_t bit = row[(column + i) / 8] >> ((column + i) % 8) & 1;
    for (size_t byte = 0; byte < bytes; ++byte)
      predicate[i * bytes + byte] = bit;
  }
}

inline void packMask(uint8_t *row, size_t column, const uint8_t *predicate, size_t elements, size_t bytes) {
  for (size_t i = 0; i < elements; ++i) {
    uint8_t &byte = row[(column + i) / 8];
    unsigned place = (column + i) % 8;
    byte = uint8_t((byte & ~(1u << place)) | unsigned(predicate[i * bytes] & 1) << place);
  }
}

} // namespace pto::sim
