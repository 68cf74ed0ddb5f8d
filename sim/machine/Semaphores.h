// The counters by which the cores of a cluster wait for each other.
#pragma once

#include "sim/machine/Pipe.h"
#include <array>

namespace pto::sim {

/// What set_intra_block and wait_intra_block carry: the pipe whose work comes before the set or after the wait, and the
/// number. To the cube core, the numbers from 16 on are those of vector core 1.
struct Signal {
  Pipe pipe;
  unsigned id = 0;
};

/// The counters that a core takes from: a vector core has those that cube sets, cube those of both vector cores.
class Semaphores {
public:
  static constexpr unsigned perVectorCore = 16, count = 2 * perVectorCore, limit = 15;

  /// False where the counter is full.
  bool set(unsigned id) { return counts[id] != limit && ++counts[id] != 0; }
  /// Takes one, if there is one.
  bool wait(unsigned id) { return counts[id] != 0 && counts[id]-- != 0; }
  unsigned pending(unsigned id) const { return counts[id]; }
  void clear() { counts.fill(0); }

private:
  std::array<uint8_t, count> counts{};
};

} // namespace pto::sim
