// Threads of two warps that access the same bytes with no barrier in between, one of which changes them: here one warp
// comes after the other, on the machine it may be the other way round.
#pragma once

#include "sim/check/Plane.h"
#include "sim/memory/Touch.h"
#include "llvm/ADT/StringRef.h"
#include <map>
#include <string>

namespace pto::sim {

class Machine;

class ThreadRaces {
public:
  explicit ThreadRaces(Machine &machine) : machine(machine) {}

  /// What is accessed from now on comes after all that was: at a launch, and when a barrier is left.
  void startInterval() { ++interval; }

  /// A store of what is there already repeats it. Threads of all warps may store the same and read that, in any order;
  /// what another warp changes to something else is not the same.
  enum class Kind : uint8_t { Read, Repeat, Change, Atomic };
  void see(const Core &core, const Instruction &at, Kind kind, uint64_t address, const Range &range);

private:
  /// Who accessed bytes last. Those that several warps have accessed in an interval are in `shared` too.
  struct Accesses {
    Plane last, shared;
  };
  struct Shadow {
    Accesses reads, repeats, changes;
    std::map<unsigned, Accesses> atomics; ///< by their operation
  };
  using Memory = std::pair<MemorySpace, unsigned>; ///< of gm by argument
  struct Seen {
    const Core &core;
    const Instruction &at;
    Kind kind;
    Memory memory;
    int64_t first, bytes;
    uint64_t since, now; ///< the start of the interval, and the warp's time in it
  };
  void look(const Seen &seen, const Accesses &accesses, llvm::StringRef earlier);
  static void mark(const Seen &seen, Accesses &accesses, Stamp stamp);

  /// What was reported of two instructions, which their threads may do at many places.
  struct Race {
    size_t finding;
    std::string before, after; ///< the message, but for the place
    int64_t begin, end;
  };
  void report(const Seen &seen, llvm::StringRef earlier, size_t index, int64_t begin, int64_t end);
  std::string place(Memory memory, int64_t begin, int64_t end) const;

  Machine &machine;
  std::map<Memory, Shadow> memories;
  uint64_t interval = 0;
  std::map<std::tuple<size_t, size_t, Memory>, Race> races; ///< by the earlier instruction and the later one
};

} // namespace pto::sim
