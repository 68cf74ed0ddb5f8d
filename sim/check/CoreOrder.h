// What is ordered before what on one core: pipes that only flags, buffer ids and barriers order, and the accesses of a
// vector scope, which only memory barriers order.
#pragma once

#include "sim/check/Clock.h"
#include "sim/check/PipeOrder.h"
#include "sim/check/Plane.h"
#include "sim/machine/MemBar.h"
#include "sim/machine/Semaphores.h"

namespace pto::sim {

struct Instruction;

/// Up to when the accesses of each kind are done in a vector scope.
struct ScopeLimits {
  std::array<uint64_t, scopeAccessCount> done{};

  uint64_t &operator[](ScopeAccess access) { return done[unsigned(access)]; }
  uint64_t operator[](ScopeAccess access) const { return done[unsigned(access)]; }
  void join(const ScopeLimits &other) {
    for (unsigned i = 0; i < scopeAccessCount; ++i)
      done[i] = std::max(done[i], other.done[i]);
  }
};

/// What the instructions in between order.
class CoreOrder {
public:
  explicit CoreOrder(unsigned core) : core(core) {}

  // Every time is the present one.
  void setFlag(Flag flag, uint64_t now) { pipes.setFlag(flag, after(flag.source, now)); }
  void waitFlag(Flag flag) { pipes.wait(flag.destination, pipes.takeFlag(flag)); }
  void barrier(Pipe pipe, uint64_t now);
  /// Another core has set a semaphore of this one after `done`.
  void receive(unsigned id, const Clock &done) { received[id].push_back(done); }
  void waitSemaphore(Signal signal);
  /// Unit flags order products and fixpipe both ways, each for its part of L0C.
  void takeUnit(Pipe pipe, unsigned unit) { pipes.wait(pipe, units[unit][pipe == Pipe::M]); }
  void giveUnit(Pipe pipe, unsigned unit, uint64_t now) { units[unit][pipe != Pipe::M] = after(pipe, now); }
  void getBuffer(BufferToken token) { pipes.wait(token.pipe, pipes.takeBuffer(token)); }
  void releaseBuffer(BufferToken token, uint64_t now) { pipes.releaseBuffer(token, after(token.pipe, now)); }

  /// What is done once all that the pipe was given so far is done.
  Clock after(Pipe pipe, uint64_t now);

  void enterScope(const Instruction *begin, const Instruction *end, uint64_t now);
  void memBar(MemBar barrier, uint64_t now);
  uint64_t scopeStart() const { return started; }
  bool isInScope(const Instruction &at) const { return scopeBegin <= &at && &at < scopeEnd; }

  /// Up to when what `other` did is done before what `pipe` is given now.
  uint64_t doneBefore(Pipe pipe, Agent other) {
    return other == agent(pipe) && isInOrder(pipe) ? UINT64_MAX : pipes.clockOf(pipe)[other];
  }
  /// The same for the accesses of the scope that is running, to one that is given now.
  const ScopeLimits &doneBeforeInScope(ScopeAccess access) const { return versions.back()[unsigned(access)]; }
  /// Which memory barriers of the scope have been; what was done before an access with that number.
  unsigned scopeVersion() const { return unsigned(versions.size()) - 1; }
  const ScopeLimits &doneBeforeInScope(ScopeAccess access, unsigned version) const {
    return versions[version][unsigned(access)];
  }
  /// What was done before any access of a kind so far.
  const ScopeLimits &doneBeforeAny(ScopeAccess access) const { return beforeAny[unsigned(access)]; }
  /// A load of a register, which waits for nothing but the memory barriers of its scope.
  void noteVectorLoad() { hasLoaded = true; }
  /// Any other access, which may have waited for more.
  void noteScopeAccess(ScopeAccess access, const ScopeLimits &done) { beforeAny[unsigned(access)].join(done); }

private:
  Agent agent(Pipe pipe) const { return {core, pipe}; }
  unsigned core;
  PipeOrder<Clock> pipes;
  /// By the semaphores' ids, at most 15 each. Not deques: those allocate, and most cores have nothing to do with
  /// others.
  std::array<std::vector<Clock>, Semaphores::count> received;
  llvm::DenseMap<unsigned, std::array<Clock, 2>> units; ///< given by products, by fixpipe

  const Instruction *scopeBegin = nullptr, *scopeEnd = nullptr;
  uint64_t started = 0;                                        ///< the scope
  using AllLimits = std::array<ScopeLimits, scopeAccessCount>; ///< by the later access
  std::vector<AllLimits> versions{1};                          ///< after each memory barrier of the scope
  bool hasLoaded = false;                                      ///< since the last memory barrier
  AllLimits beforeAny{};                                       ///< done before one of those so far
};

} // namespace pto::sim
