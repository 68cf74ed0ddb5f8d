// Operators that LibTorch would let end the process, or fill its memory, raise an error instead.
#pragma once

namespace pto::golden {

/// The operator that a loop calls at each turn.
inline constexpr char loopGuard[] = "pto_guard::turn";

/// Once a process: puts the guards before LibTorch's operators and its allocator.
void installGuards();

/// How long the loops of this thread may run from now on; infinity is without a limit.
class TimeLimit {
public:
  explicit TimeLimit(double seconds);
  ~TimeLimit();
  TimeLimit(const TimeLimit &) = delete;
  TimeLimit &operator=(const TimeLimit &) = delete;
};

} // namespace pto::golden
