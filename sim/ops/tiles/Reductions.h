// How lines become one value, or one line: compiled like the vector instructions.
#pragma once

#include <cstdint>

namespace pto::sim {

struct LinesToReduce {
  const uint8_t *bytes;
  int64_t pitch; ///< bytes from line to line
  int64_t lines, count;
};

/// Of the operations along rows, a line becomes an element; of those along columns, lines become one.
using ReductionFunction = void (*)(const LinesToReduce &from, uint8_t *to);

} // namespace pto::sim
