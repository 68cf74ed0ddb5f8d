// Vector clocks: up to when everything that the other agents did is known to be done.
#pragma once

#include "sim/machine/Pipe.h"
#include <algorithm>
#include <array>
#include <cstdint>

namespace pto::sim {

/// A pipe of one of the cores of a cluster: it runs on its own.
struct Agent {
  static constexpr unsigned coreCount = 3, count = coreCount * pipeCount;

  unsigned core; ///< its place in the cluster
  Pipe pipe;

  unsigned index() const { return core * pipeCount + unsigned(pipe); }
  bool operator==(const Agent &) const = default;
};

/// Times are counted in executed instructions.
struct Clock {
  std::array<uint64_t, Agent::count> done{};

  uint64_t &operator[](Agent agent) { return done[agent.index()]; }
  uint64_t operator[](Agent agent) const { return done[agent.index()]; }
  void join(const Clock &other) {
    for (unsigned i = 0; i < Agent::count; ++i)
      done[i] = std::max(done[i], other.done[i]);
  }
};

} // namespace pto::sim
