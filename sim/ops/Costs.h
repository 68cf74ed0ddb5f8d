// How long an instruction takes: what documents say, and an estimate where they say nothing. Only the estimating
// schedule (timing/) asks; what a kernel computes never depends on it.
#pragma once

#include "sim/ops/OpTable.h"

namespace pto::sim {

/// The clock that bandwidths are told for.
inline constexpr unsigned megahertz = 1850;

struct Cost {
  unsigned latency;     ///< cycles until the result is there
  unsigned halfCycles;  ///< until its unit takes the next one
  double bytesPerCycle; ///< of a transfer, which takes no less than its latency; else 0
  unsigned unit;        ///< those with the same one share a unit of the vector pipe
  bool isDocumented;    ///< else all or a part of it is estimated

  uint64_t transferCycles(uint64_t bytes) const;
};

/// Of an instruction's code.
const Cost &costOf(const Code &code);

/// What the code of a declared operation holds of it.
uint8_t costOf(llvm::StringRef op, LaneType lanes, const Code &code);

} // namespace pto::sim
