// What keep and resume carry.
#pragma once

#include <cstdint>

namespace pto::sim {

struct KeptSlot {
  uint32_t number;
  uint16_t bits;
  bool isFloat;
};

} // namespace pto::sim
