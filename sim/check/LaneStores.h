// Lanes of one instruction that store different values at one address: which of them stays is not said.
#pragma once

#include "sim/check/Hazards.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

/// Where the lanes of an instruction have stored elements, and which, while it is executed.
template <size_t Count>
class LaneStores {
public:
  void add(size_t lane, const uint8_t *to, uint64_t value) { stores[lane] = {to, value}; }

  /// When all have stored: a lane whose value is not there was overwritten. `describe(lane)` is its name, `place(lane)`
  /// that of where it stored.
  template <class Describe, class Where>
  void check(Core &core, const Instruction &at, int64_t bytes, Describe describe, Where place) const {
    Hazards *hazards = core.machine.hazards.get();
    for (size_t lane = 0; hazards && lane < Count; ++lane)
      if (stores[lane].to && std::memcmp(stores[lane].to, &stores[lane].value, size_t(bytes)) != 0)
        return hazards->add(Check::LaneRace, core, at,
                            llvm::formatv("stores different values of {0} and {1} at {2}", describe(lane),
                                          describe(overwriterOf(lane, bytes)), place(lane)));
  }

private:
  size_t overwriterOf(size_t lane, int64_t bytes) const {
    size_t other = Count - 1;
    while (other > lane && (!stores[other].to || std::abs(stores[other].to - stores[lane].to) >= bytes))
      --other;
    return other;
  }

  struct Store {
    const uint8_t *to = nullptr;
    uint64_t value = 0;
  };
  std::array<Store, Count> stores{};
};

} // namespace pto::sim
