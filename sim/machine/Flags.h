// The event flags that order the pipes of a core.
#pragma once

#include "sim/machine/Pipe.h"
#include <array>
#include <string>

namespace pto::sim {

inline constexpr unsigned eventCount = 8; ///< EVENT_ID0–7 for each ordered pair of pipes

/// "EVENT_ID3" → 3.
std::optional<unsigned> parseEvent(llvm::StringRef spelling);

/// One event of one ordered pair of pipes.
struct Flag {
  Pipe source, destination;
  unsigned event;

  unsigned index() const { return (unsigned(source) * pipeCount + unsigned(destination)) * eventCount + event; }
  static Flag at(unsigned index) {
    return {Pipe(index / eventCount / pipeCount), Pipe(index / eventCount % pipeCount), index % eventCount};
  }
  /// "PIPE_MTE2 -> PIPE_V, EVENT_ID0"
  std::string describe() const;
};

/// How often each flag was set and not yet waited for.
class Flags {
public:
  static constexpr unsigned count = pipeCount * pipeCount * eventCount;

  /// How often it is set now.
  unsigned set(Flag flag) { return ++pending[flag.index()]; }
  /// Takes one set, if there is one.
  bool wait(Flag flag) { return pending[flag.index()] != 0 && (--pending[flag.index()], true); }
  unsigned pendingSets(Flag flag) const { return pending[flag.index()]; }
  void clear() { pending.fill(0); }

private:
  std::array<uint32_t, count> pending{};
};

inline constexpr unsigned bufferIdCount = 32;

/// What get_buf and rls_buf carry: a pipe takes a buffer, or gives it back.
struct BufferToken {
  Pipe pipe;
  uint8_t id;
  bool isTracked; ///< mode 0: a pipe that takes it waits for those that gave it back
};

} // namespace pto::sim
