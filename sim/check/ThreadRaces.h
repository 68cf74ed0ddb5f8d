// Threads of two warps that access the same bytes with no barrier in between, one of which changes them: here one warp
// comes after the other, on the machine it may be the other way round.
#pragma once

#include "sim/check/Plane.h"
#include "sim/machine/Arch.h"
#include <map>
#include <set>

namespace pto::sim {

class Core;
class Machine;
struct Instruction;

class ThreadRaces {
public:
  explicit ThreadRaces(Machine &machine) : machine(machine) {}

  /// What is accessed from now on comes after all that was: at a launch, and when a barrier is left.
  void startInterval() { ++interval; }

  /// A store of what is there already changes nothing, and is not heard of.
  enum class Kind : uint8_t { Read, Change, Atomic };
  void see(const Core &core, const Instruction &at, Kind kind, MemorySpace space, uint64_t address, int64_t bytes);

private:
  /// Who accessed the bytes of a memory last. A byte that several warps have read in an interval is in `shared` too.
  struct Planes {
    Plane reads, shared, changes, atomics;
  };
  void report(const Core &core, const Instruction &at, Kind kind, llvm::StringRef earlier, const Plane::Found &found,
              MemorySpace space, uint64_t address);

  Machine &machine;
  std::map<std::pair<MemorySpace, unsigned>, Planes> memories; ///< of gm by argument
  uint64_t interval = 0;
  std::set<std::pair<size_t, size_t>> known; ///< the instructions of what was reported
};

} // namespace pto::sim
