#include "sim/check/CoreOrder.h"
#include <utility>

namespace pto::sim {

Clock CoreOrder::after(Pipe pipe, uint64_t now) {
  Clock clock = clockOf(pipe);
  clock[agent(pipe)] = now;
  return clock;
}

void CoreOrder::wait(Pipe pipe, const Clock &clock) {
  clockOf(pipe).join(clock);
  anyWait.join(clock);
  if (pipe != Pipe::S)
    return;
  issued.join(clock);
  ++issues;
}

void CoreOrder::setFlag(Flag flag, uint64_t now) {
  // More than that many are set without a wait, and warned of: those that follow order no more than the last one.
  constexpr size_t mostPending = 1024;
  if (std::deque<Clock> &pending = sets[flag.index()]; pending.size() < mostPending)
    pending.push_back(after(flag.source, now));
}

void CoreOrder::waitFlag(Flag flag) {
  std::deque<Clock> &pending = sets[flag.index()];
  if (pending.empty())
    return;
  wait(flag.destination, pending.front());
  pending.pop_front();
}

void CoreOrder::barrier(Pipe pipe, uint64_t now) {
  if (pipe != Pipe::All) {
    clockOf(pipe)[agent(pipe)] = now;
    return;
  }
  issued = anyWait;
  for (unsigned each = 0; each < pipeCount; ++each)
    issued[agent(Pipe(each))] = now;
  ++issues;
}

void CoreOrder::getBuffer(BufferToken token) {
  if (token.isTracked)
    wait(token.pipe, released[token.id]);
}

void CoreOrder::releaseBuffer(BufferToken token, uint64_t now) {
  released[token.id].join(after(token.pipe, now));
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
