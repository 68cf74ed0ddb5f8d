// Where the cycles of a trace go: what each pipe does with them, and which instructions make the run as long as it is.
#pragma once

#include "sim/timing/Trace.h"

namespace pto::sim {

/// Of the block that takes longest.
struct Analysis {
  struct Pipe {
    uint32_t track;
    uint64_t busy, waiting; ///< cycles; it is idle in all others
  };
  /// What an instruction adds to the chain of events, each of which waits for the one before it, that ends last; over
  /// all its turns.
  struct Step {
    uint32_t operation, track;
    uint64_t cycles, times;
  };
  /// What a pipe waits for at one instruction, over all its turns: another one, which has to be done.
  struct Wait {
    uint32_t operation, track;
    uint32_t forOperation, forTrack;
    std::string what; ///< the flag or buffer; empty for a barrier
    uint64_t cycles, times;
  };

  uint64_t cycles = 0;
  unsigned block = 0;
  std::vector<Pipe> pipes;
  std::vector<Step> path;  ///< the most cycles first; they add up to all
  std::vector<Wait> waits; ///< the same
  uint64_t scopeCycles = 0, scopeInstructions = 0;
  std::vector<std::string> estimated; ///< names of executed operations whose cost no document tells, sorted
};

Analysis analyze(const Trace &trace);

} // namespace pto::sim
