// Who executes an instruction on scalars: the scalar unit once, or a warp for each of its threads. A declaration is for
// both. What all lanes compute at once is computed for inactive ones too, as nobody reads it.
#pragma once

#include "sim/ops/OpTable.h"
#include "sim/run/ThreadUnit.h"

namespace pto::sim {

struct OneScalar {
  static constexpr Pipe pipe = Pipe::S;
  static OpTable &table(OpTables &tables) { return tables.core; }

  /// to = compute(from…)
  template <class Compute, class... From>
  [[gnu::always_inline]] static void map(Core &core, uint32_t to, Compute compute, From... from) {
    core.scalar(to) = compute(core.scalar(from)...);
  }
  /// Calls `visit(lane)` for each active lane until it says false; whether it never did.
  template <class Visit>
  [[gnu::always_inline]] static bool forEach(Core &, Visit visit) {
    return visit(0u);
  }
  [[gnu::always_inline]] static uint64_t &lane(Core &core, uint32_t slot, unsigned) { return core.scalar(slot); }
};

struct EachThread {
  static constexpr Pipe pipe = Pipe::V;
  static OpTable &table(OpTables &tables) { return tables.threads; }

  template <class Compute, class... From>
  [[gnu::always_inline]] static void map(Core &core, uint32_t to, Compute compute, From... from) {
    mapLanes(core.warp->at(to), compute, core.warp->at(from)...);
  }
  template <class Visit>
  [[gnu::always_inline]] static bool forEach(Core &core, Visit visit) {
    Warp &warp = *core.warp;
    for (uint32_t left = warp.active; left; left &= left - 1) {
      warp.lane = std::countr_zero(left);
      if (!visit(unsigned(warp.lane)))
        return false;
    }
    warp.lane = -1;
    return true;
  }
  [[gnu::always_inline]] static uint64_t &lane(Core &core, uint32_t slot, unsigned lane) {
    return core.warp->at(slot)[lane];
  }

private:
  // Every value has a register of its own, so a result never shares one with an operand.
  template <class Compute, class... From>
  [[gnu::always_inline]] static void mapLanes(uint64_t *__restrict to, Compute compute, From *__restrict... from) {
    for (unsigned i = 0; i < warpSize; ++i)
      to[i] = compute(from[i]...);
  }
};

} // namespace pto::sim
