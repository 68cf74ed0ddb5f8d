// What a conversion carries.
#pragma once

#include <cstdint>

namespace pto::sim {

struct ConversionForm {
  uint8_t part = 0;       ///< which of the narrower lanes in the place of a wider one
  bool saturates = false; ///< what the instruction itself says
};

} // namespace pto::sim
