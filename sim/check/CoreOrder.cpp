#include "sim/check/CoreOrder.h"
#include <utility>

namespace pto::sim {

Clock CoreOrder::after(Pipe pipe, uint64_t now) {
  Clock clock = pipes.clockOf(pipe);
  clock[agent(pipe)] = now;
  return clock;
}

void CoreOrder::waitSemaphore(Signal signal) {
  pipes.wait(signal.pipe, received[signal.id].front());
  received[signal.id].erase(received[signal.id].begin());
}

void CoreOrder::barrier(Pipe pipe, uint64_t now) {
  if (pipe != Pipe::All) {
    pipes.clockOf(pipe)[agent(pipe)] = now;
    return;
  }
  Clock &all = pipes.waitForAll();
  for (unsigned each = 0; each < pipeCount; ++each)
    all[agent(Pipe(each))] = now;
}

void CoreOrder::enterScope(const Instruction *begin, const Instruction *end, uint64_t now) {
  scopeBegin = begin;
  scopeEnd = end;
  started = now;
  versions.resize(1);
  for (ScopeLimits &limits : versions.front())
    limits.done.fill(now);
  beforeAny = versions.front();
  hasLoaded = false;
}

void CoreOrder::memBar(MemBar barrier, uint64_t now) {
  constexpr auto load = unsigned(ScopeAccess::VectorLoad);
  if (std::exchange(hasLoaded, false))
    beforeAny[load].join(versions.back()[load]);
  AllLimits limits = versions.back();
  for (unsigned later = 0; later < scopeAccessCount; ++later)
    for (unsigned earlier = 0; MemBar::has(barrier.after, later) && earlier < scopeAccessCount; ++earlier)
      if (MemBar::has(barrier.before, earlier)) {
        // What the earlier ones waited for is done as well.
        limits[later].join(beforeAny[earlier]);
        limits[later].done[earlier] = now;
      }
  versions.push_back(limits);
}

} // namespace pto::sim
