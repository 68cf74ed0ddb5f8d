// The pipes of a core and the event flags that order them.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace pto::sim {

enum class Pipe : uint8_t { S, V, M, Mte1, Mte2, Mte3, All, Mte4, Mte5, V2, Fix };
inline constexpr unsigned pipeCount = 11;
inline constexpr unsigned eventCount = 8; ///< EVENT_ID0–7 for each ordered pair of pipes

/// "PIPE_MTE2" → Pipe::Mte2.
std::optional<Pipe> parsePipe(llvm::StringRef spelling);
llvm::StringRef name(Pipe pipe);

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

/// How often each flag was set and not yet waited for. A core runs in program order here, so a wait finds either
/// a set before it or none that could ever come.
class Flags {
public:
  static constexpr unsigned count = pipeCount * pipeCount * eventCount;

  unsigned set(unsigned flag) { return ++pending[flag]; }
  bool wait(unsigned flag) { return pending[flag] != 0 && (--pending[flag], true); }
  unsigned pendingSets(unsigned flag) const { return pending[flag]; }
  void clear() { pending.fill(0); }

private:
  std::array<uint32_t, count> pending{};
};

} // namespace pto::sim
