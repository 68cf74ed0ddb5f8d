// When the instructions of one core run, as an estimate: fed with them in program order, it knows all that each has to
// wait for when it comes.
#pragma once

#include "sim/check/PipeOrder.h"
#include "sim/machine/MemBar.h"
#include "sim/ops/Costs.h"
#include "sim/run/Core.h"
#include "sim/timing/Trace.h"
#include <map>

namespace pto::sim {

/// A cycle, and the event because of which something is not earlier.
struct Moment {
  uint64_t cycle = 0;
  uint32_t event = TraceEvent::none;

  void join(const Moment &other) {
    if (other.cycle > cycle || event == TraceEvent::none)
      *this = other;
  }
};

/// The bytes that an executed instruction touched.
struct Accesses {
  uint64_t read = 0, written = 0;
};

/// What the warps of a launch have issued: one instruction a cycle, each when the one before it of its warp is done.
class IssuedByWarps {
public:
  /// `warp`: its first thread.
  void add(uint32_t warp, const Cost &cost);
  uint64_t cycles() const { return std::max(all, longest); }

private:
  uint64_t all = 0, longest = 0;
  std::map<uint32_t, uint64_t> each;
};

/// Semaphores that are set and not waited for yet, by the core that will, and their numbers there.
using SetSemaphores = std::map<std::pair<const Core *, unsigned>, std::deque<Moment>>;

/// A block on a core, which adds its tracks, events and arrows to a trace.
class CoreSchedule {
public:
  /// `semaphores` are those of all cores of the block.
  CoreSchedule(Trace &trace, SetSemaphores &semaphores, const Core &core);

  /// `time`: how many instructions had been executed; `threads`: how many cycles those that it launches take.
  void add(const Instruction &at, uint64_t time, Accesses accesses, uint64_t threads = 0);
  /// An instruction that the core stands at; it may be added yet.
  void addStuck(const Instruction &at, uint64_t time);
  void finish();

private:
  void addWork(TraceEvent event, const Instruction &at, Pipe pipe, uint64_t threads = 0);
  void addSync(TraceEvent event, const Instruction &at, Pipe pipe);
  void openScope(TraceEvent event, const Instruction &at);
  void closeScope();
  void addInScope(TraceEvent event, const Instruction &at, Accesses accesses);

  TraceEvent eventOf(const Instruction &at, uint64_t time) const;
  /// The scalar unit hands an instruction to a pipe. When that has come to it.
  Moment reach(Pipe pipe, const TraceEvent &event);
  /// Adds it to a track, begun at that moment and for so many cycles; its end.
  Moment record(TraceEvent event, uint32_t track, Moment begin, uint64_t cycles);
  void occupy(Pipe pipe, Moment end);
  uint32_t trackOf(Pipe pipe, std::optional<unsigned> slot = std::nullopt);
  /// The first cycle from then on in which the scope can issue one more, which will have that slot.
  Moment findSlot(Moment earliest, unsigned &slot);
  /// Of a register: when what is in it is there.
  Moment &ready(bool isWide, uint32_t slot) { return registers[isWide][slot]; }

  Trace &trace;
  SetSemaphores &semaphores;
  const Core &core;
  PipeOrder<Moment> order;
  std::array<Moment, pipeCount> free; ///< when a pipe can start the next one
  std::array<std::vector<Moment>, 2> registers;
  std::map<std::pair<Pipe, std::optional<unsigned>>, uint32_t> tracks;
  std::optional<TraceEvent> stuck;
  Pipe stuckPipe = Pipe::S;

  /// The vector scope that runs.
  struct Scope {
    const Instruction *begin = nullptr, *end = nullptr;
    uint32_t event = TraceEvent::none;
    Moment start, last;
    std::vector<std::array<uint32_t, 2>> slots;        ///< by cycle: the events issued in it
    uint64_t firstFree = 0;                            ///< no cycle before it has a slot left
    std::map<unsigned, Moment> units;                  ///< when each can take the next one, in half cycles
    std::array<Moment, scopeAccessCount> done, limits; ///< of accesses: all so far, and what those to come wait for
  };
  Scope scope;
};

} // namespace pto::sim
