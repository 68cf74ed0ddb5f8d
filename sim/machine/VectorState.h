// What vector instructions leave for each other outside of the registers that a kernel names.
#pragma once

#include <array>
#include <cstdint>

namespace pto::sim {

struct VectorState {
  uint32_t squeezedBytes = 0;                 ///< SQZN: what the last vsqz kept
  bool isSqueezeStored = true;                ///< whether a vstur has taken that
  uint64_t streamOffset = 0;                  ///< AR: how far a stream of vstur has come, in bytes
  std::array<uint16_t, 4> mergedRecords = {}; ///< VMS4_SR: records that the last vmrgsort4 took from each list
};

} // namespace pto::sim
