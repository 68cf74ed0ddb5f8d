#include "sim/timing/Schedule.h"
#include "sim/run/Control.h"
#include "sim/run/Machine.h"
#include "sim/run/OutOfOrder.h"

namespace pto::sim {

static constexpr uint32_t none = TraceEvent::none;

CoreSchedule::CoreSchedule(Trace &trace, SetSemaphores &semaphores, const Core &core)
    : trace(trace), semaphores(semaphores), core(core), registers{std::vector<Moment>(core.machine.program.scalarCount),
                                                                  std::vector<Moment>(core.machine.program.wideCount)} {
}

uint32_t CoreSchedule::trackOf(Pipe pipe, std::optional<unsigned> slot) {
  auto [entry, isNew] = tracks.try_emplace({pipe, slot}, trace.tracks.size());
  if (isNew)
    trace.tracks.push_back({core.blockIndex, core.describe(), name(pipe).str(), slot});
  return entry->second;
}

Moment CoreSchedule::record(TraceEvent event, uint32_t track, Moment begin, uint64_t cycles) {
  event.track = track;
  event.begin = begin.cycle;
  event.start = std::min(event.start, event.begin);
  event.end = event.begin + cycles;
  event.cause = begin.event;
  trace.events.push_back(event);
  return {event.end, uint32_t(trace.events.size() - 1)};
}

void CoreSchedule::occupy(Pipe pipe, Moment end) {
  free[unsigned(pipe)] = end;
}

Moment CoreSchedule::reach(Pipe pipe, const TraceEvent &event) {
  Moment at = free[unsigned(Pipe::S)];
  if (pipe == Pipe::S)
    return at;
  TraceEvent issue = event;
  issue.isIssue = true;
  issue.bytes = 0;
  at = record(issue, trackOf(Pipe::S), at, 1);
  occupy(Pipe::S, at);
  at.join(free[unsigned(pipe)]);
  return at;
}

TraceEvent CoreSchedule::eventOf(const Instruction &at, uint64_t time) const {
  TraceEvent event;
  event.operation = uint32_t(core.machine.program.indexOf(at));
  event.time = time;
  return event;
}

void IssuedByWarps::add(uint32_t warp, const Cost &cost) {
  all += cost.latency != 0;
  longest = std::max(longest, each[warp] += cost.latency);
}

void CoreSchedule::add(const Instruction &at, uint64_t time, Accesses accesses, uint64_t threads) {
  stuck.reset();
  bool isInScope = scope.begin < &at && &at < scope.end;
  if (scope.begin && !isInScope)
    closeScope();
  TraceEvent event = eventOf(at, time);
  event.bytes = std::max(accesses.read, accesses.written);
  if (isInScope)
    return addInScope(event, at, accesses);
  switch (at.code.role) {
  case Role::Work:
  case Role::MemBar:
    return addWork(event, at, at.code.pipe, threads);
  case Role::Copy:
    return;
  case Role::Scope:
    return openScope(event, at);
  default:
    return addSync(event, at, pipeOf(at) == Pipe::All ? Pipe::S : pipeOf(at));
  }
}

void CoreSchedule::addWork(TraceEvent event, const Instruction &at, Pipe pipe, uint64_t threads) {
  const Cost &cost = costOf(at.code);
  if (cost.latency == 0)
    return;
  uint64_t cycles = cost.bytesPerCycle > 0 ? cost.transferCycles(event.bytes) : cost.latency;
  Moment end = record(event, trackOf(pipe), reach(pipe, event), cycles + threads);
  occupy(pipe, end);
  // A register of the scalar unit comes next, which has to wait for it.
  if (trace.operations[event.operation].hasResult)
    occupy(Pipe::S, end);
}

// They take a cycle of the pipe whose queue they are in.
void CoreSchedule::addSync(TraceEvent event, const Instruction &at, Pipe pipe) {
  Moment begin = reach(pipe, event), other;
  event.start = begin.cycle;
  std::string what;
  if (at.code.role == Role::Wait) {
    other = order.takeFlag(core.flagOf(at));
    what = core.flagOf(at).describe();
  } else if (at.code.role == Role::GetBuffer) {
    other = order.takeBuffer(at.carried<BufferToken>());
    what = "buffer " + std::to_string(at.carried<BufferToken>().id);
  } else if (at.code.role == Role::WaitSemaphore) {
    std::deque<Moment> &set = semaphores[{&core, semaphoreOf(core, at)}];
    other = set.front();
    set.pop_front();
    what = "semaphore " + std::to_string(semaphoreOf(core, at));
  } else if (at.code.role == Role::Barrier && pipeOf(at) == Pipe::All) {
    for (const Moment &pipeIsFree : free)
      begin.join(pipeIsFree);
  }
  begin.join(other);
  Moment end = record(event, trackOf(pipe), begin, 1);
  occupy(pipe, end);
  if (other.event != none)
    trace.arrows.push_back({other.event, end.event, std::move(what)});
  if (at.code.role == Role::Set)
    order.setFlag(core.flagOf(at), end);
  else if (at.code.role == Role::SetSemaphore)
    semaphores[core.machine.cluster.receiver(core, semaphoreOf(core, at))].push_back(end);
  else if (at.code.role == Role::ReleaseBuffer)
    order.releaseBuffer(at.carried<BufferToken>(), end);
}

void CoreSchedule::addStuck(const Instruction &at, uint64_t time) {
  stuckPipe = pipeOf(at);
  stuck = eventOf(at, time);
  stuck->isStuck = !core.machine.report.fault; // else it broke a rule
}

// What is stuck waits until all that runs is done, to be seen.
void CoreSchedule::finish() {
  if (scope.begin)
    closeScope();
  if (!stuck)
    return;
  Moment begin = reach(stuckPipe, *stuck), last = begin;
  for (const Moment &pipeIsFree : free)
    last.join(pipeIsFree);
  stuck->start = begin.cycle;
  begin.cycle = std::max(last.cycle, begin.cycle + 1);
  record(*stuck, trackOf(stuckPipe), begin, 0);
}

void CoreSchedule::openScope(TraceEvent event, const Instruction &at) {
  Moment start = reach(Pipe::V, event);
  event.isScope = true;
  scope = Scope();
  scope.begin = &at;
  scope.end = &at + at.carried<control::Jump>().distance;
  scope.event = record(event, trackOf(Pipe::V), start, 1).event;
  scope.start = scope.last = {start.cycle, scope.event};
}

void CoreSchedule::closeScope() {
  TraceEvent &event = trace.events[scope.event];
  event.end = std::max(event.end, scope.last.cycle);
  occupy(Pipe::V, {event.end, scope.last.event});
  scope = Scope();
}

Moment CoreSchedule::findSlot(Moment earliest, unsigned &slot) {
  auto isFull = [&](uint64_t cycle) { return cycle < scope.slots.size() && scope.slots[cycle][1] != none; };
  uint64_t wanted = earliest.cycle - scope.start.cycle, cycle = std::max(wanted, scope.firstFree);
  while (isFull(cycle))
    ++cycle;
  if (cycle >= scope.slots.size())
    scope.slots.resize(cycle + 1, {none, none});
  slot = scope.slots[cycle][0] != none;
  scope.slots[cycle][slot] = uint32_t(trace.events.size());
  while (isFull(scope.firstFree))
    ++scope.firstFree;
  return cycle > wanted ? Moment{scope.start.cycle + cycle, scope.slots[cycle - 1][1]} : earliest;
}

// Two instructions a cycle, each as soon as its registers are there, its unit takes one and memory barriers permit it;
// those of a unit in their order.
void CoreSchedule::addInScope(TraceEvent event, const Instruction &at, Accesses accesses) {
  const Site &site = core.machine.program.sites[event.operation];
  const Cost &cost = costOf(at.code);
  Moment begin = scope.start;
  for (unsigned i = 0; i < at.operand.size(); ++i)
    if (site.operands >> i & 1)
      begin.join(ready(site.wideOperands >> i & 1, at.operand[i]));
  auto setResults = [&](Moment done) {
    for (unsigned i = 0; i < at.result.size(); ++i)
      if (site.results >> i & 1)
        ready(site.wideResults >> i & 1, at.result[i]) = done;
  };
  if (cost.latency == 0)
    return setResults(begin);
  Moment &unit = scope.units[cost.unit];
  begin.join({unit.cycle / 2, unit.event});
  bool isScalar = at.code.pipe == Pipe::S, isStore = accesses.read == 0;
  auto access = isScalar  ? isStore ? ScopeAccess::ScalarStore : ScopeAccess::ScalarLoad
                : isStore ? ScopeAccess::VectorStore
                          : ScopeAccess::VectorLoad;
  if (at.code.accesses)
    begin.join(scope.limits[unsigned(access)]);
  unsigned slot;
  begin = findSlot(begin, slot);
  Moment issued = record(event, trackOf(Pipe::V, slot), begin, 1);
  unit = {std::max(unit.cycle, 2 * begin.cycle) + cost.halfCycles, issued.event};
  Moment done{begin.cycle + cost.latency, issued.event};
  scope.last.join(done);
  setResults(done);
  if (at.code.accesses)
    scope.done[unsigned(access)].join(done);
  if (at.code.role == Role::MemBar)
    for (unsigned later = 0; later < scopeAccessCount; ++later)
      for (unsigned earlier = 0; earlier < scopeAccessCount; ++earlier)
        if (auto barrier = at.carried<MemBar>();
            MemBar::has(barrier.after, later) && MemBar::has(barrier.before, earlier))
          scope.limits[later].join(scope.done[earlier]);
}

} // namespace pto::sim
