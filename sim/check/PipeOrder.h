// What flags, buffer ids and barriers order on one core. A clock says what is done, whatever the unit of its time: it
// is made new by default, and `join` makes it say what either of two says.
#pragma once

#include "sim/machine/Flags.h"
#include "llvm/ADT/DenseMap.h"
#include <deque>

namespace pto::sim {

/// The scalar unit hands each instruction to its pipe in program order, and a pipe starts an instruction when it has
/// come to it.
template <class Clock>
class PipeOrder {
public:
  /// What is done before what the pipe is given now.
  Clock &clockOf(Pipe pipe) {
    Clock &clock = clocks[unsigned(pipe)];
    if (unsigned &version = issuesSeen[unsigned(pipe)]; version != issues) {
      clock.join(issued);
      version = issues;
    }
    return clock;
  }
  /// What the pipe is given from now on waits for that; what the scalar unit waits for holds up all pipes.
  void wait(Pipe pipe, const Clock &clock) {
    clockOf(pipe).join(clock);
    waited.join(clock);
    if (pipe != Pipe::S)
      return;
    issued.join(clock);
    ++issues;
  }

  /// All pipes wait for what any of them has waited for, and for what is added to it at once.
  Clock &waitForAll() {
    issued = waited;
    ++issues;
    return issued;
  }

  // `done` is what is done once the pipe has done all that it was given so far.
  void setFlag(Flag flag, const Clock &done) {
    // More than that many are set without a wait, and warned of: those that follow order no more than the last one.
    constexpr size_t mostPending = 1024;
    if (std::deque<Clock> &pending = sets[flag.index()]; pending.size() < mostPending)
      pending.push_back(done);
  }
  /// What a wait for the flag waits for: the oldest set that nothing has waited for, or nothing.
  Clock takeFlag(Flag flag) {
    std::deque<Clock> &pending = sets[flag.index()];
    Clock first = pending.empty() ? Clock() : pending.front();
    if (!pending.empty())
      pending.pop_front();
    return first;
  }
  void releaseBuffer(BufferToken token, const Clock &done) { released[token.id].join(done); }
  /// What a pipe that takes the buffer waits for.
  Clock takeBuffer(BufferToken token) const { return token.isTracked ? released[token.id] : Clock(); }

private:
  std::array<Clock, pipeCount> clocks;
  Clock waited; ///< what any of the pipes has waited for
  Clock issued; ///< what the scalar unit has waited for: nothing is given to a pipe before that
  unsigned issues = 0;
  std::array<unsigned, pipeCount> issuesSeen{}; ///< by the clocks
  llvm::DenseMap<unsigned, std::deque<Clock>> sets;
  std::array<Clock, bufferIdCount> released;
};

} // namespace pto::sim
