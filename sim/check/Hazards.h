// Two accesses to the same bytes, one of which writes, that nothing orders: in program order the kernel computes the
// right thing, on the machine it may not.
#pragma once

#include "sim/check/CoreOrder.h"
#include "sim/check/MissingEdges.h"
#include "sim/check/Plane.h"
#include "sim/check/StoreSources.h"
#include "sim/memory/Touch.h"
#include "sim/run/Machine.h"
#include <map>
#include <set>

namespace pto::sim {

class Hazards {
public:
  explicit Hazards(Machine &machine);

  /// Blocks run one after the other here; on the machine nothing orders them.
  void startBlock();

  /// Hears of everything that is touched, bytes in a row at a time.
  void see(Core &core, const Touch &touch, uint64_t address, int64_t bytes);

  /// The same for the register that vmrgsort4 leaves its counts in.
  void seeMergeCounts(const Core &core, const Instruction &at, Access access);

  // Buffer ids: what takes one without giving it back orders nothing.
  void getBuffer(const Core &core, const Instruction &at, BufferToken token);
  void releaseBuffer(const Core &core, const Instruction &at, BufferToken token);
  /// Says what is still taken at the end of a block.
  void finishBlock();
  /// Says what to add, when all is known.
  void finish();

  void noteCopy(const Instruction &at) { copyTimes[machine.program.indexOf(at)] = machine.budget.time(); }
  void enterScope(const Core &core, const Instruction &begin, const Instruction *end);

  /// What one instruction does by itself: its name comes before `what`.
  void add(Check check, const Core &core, const Instruction &at, const llvm::Twine &what);

  CoreOrder &orderOf(const Core &core) { return orders[core.ordinal()]; }

private:
  /// How a memory is accessed. Scalars in a vector scope are accessed by the vector pipe, like its registers.
  enum class Kind : uint8_t { Read, Write, Update, ScalarRead, ScalarWrite };
  static bool isRead(Kind kind) { return kind == Kind::Read || kind == Kind::ScalarRead; }
  static ScopeAccess scopeAccess(Kind kind);

  /// The accesses of one kind of one agent to a memory.
  struct Track {
    Agent agent;
    Kind kind;
    unsigned combination; ///< of an update
    Plane plane;
  };
  class Shadow {
  public:
    Track &of(Agent agent, Kind kind, unsigned combination);
    std::vector<std::unique_ptr<Track>> tracks;
  };

  /// Bytes in a row that an instruction accesses now.
  struct Seen {
    const Core &core;
    Agent agent;
    Kind kind;
    unsigned combination; ///< of an update: its type and operation
    bool isInScope;
    const Instruction &at;
    size_t index; ///< of the instruction
    uint64_t now;
    unsigned owner; ///< of the memory, by its place in the cluster
    MemorySpace space;
    int64_t address, bytes;
    bool isMergeCounts = false;               ///< VMS4_SR, which is no memory
    unsigned argument = 0;                    ///< in gm
    const ScopeLimits *doneInScope = nullptr; ///< before it, of the scope's accesses
  };
  void seeIn(CoreOrder &order, Shadow &shadow, const Seen &seen);
  static bool mayConflict(const Track &earlier, const Seen &seen);
  using Conflict = std::pair<const Track *, Plane::Found>;
  void judge(const Shadow &shadow, const Seen &seen, llvm::ArrayRef<Conflict> conflicts);
  void seeOtherBlocks(const Seen &seen);
  /// Whether the vector pipe accessed them before: only memory barriers order the accesses of a scope.
  static bool isOfScope(const Seen &seen, const Track &earlier) {
    return seen.isInScope && earlier.agent == seen.agent;
  }
  static uint64_t doneBefore(CoreOrder &order, const Seen &seen, const Track &earlier);
  ScopeLimits doneBeforeStore(CoreOrder &order, const Seen &seen);

  void report(const Seen &seen, const Track &earlier, const Plane::Found &found, bool isConsequence);
  void reportBlocks(const Seen &seen, const Track &earlier, const Plane::Found &found);
  /// Whether this was not reported yet, and there is room for more.
  bool isNew(Check check, size_t earlier, size_t later);
  void add(Finding finding, const Core &core, const Instruction &at);
  /// "PIPE_V", and the core where there are several.
  std::string describe(Agent agent) const;
  std::string place(const Seen &seen, const Track &earlier, const Plane::Found &found) const;

  Machine &machine;
  std::vector<CoreOrder> orders;
  std::array<Shadow, Agent::coreCount * spaceCount> local;
  std::array<Shadow, Agent::coreCount> mergeCounts;
  std::vector<Shadow> global;                                                ///< by argument, of the block that runs
  std::vector<Shadow> otherBlocks;                                           ///< by argument, of all blocks before it
  std::map<std::tuple<unsigned, unsigned, Pipe>, const Instruction *> taken; ///< by core, buffer id and pipe
  StoreSources sources;
  struct Load {
    uint64_t time = 0;    ///< when it was executed …
    unsigned version = 0; ///< … and after which memory barriers of its scope
  };
  std::vector<std::array<Load, 2>> loads;            ///< of scopes, by instruction: the last two
  std::vector<uint64_t> copyTimes;                   ///< by instruction: when a register was carried on last
  std::vector<std::pair<size_t, Pair>> unordered;    ///< the report's findings that an edge would mend
  std::array<size_t, std::size(allChecks)> found{};  ///< how many of each check
  std::set<std::tuple<Check, size_t, size_t>> known; ///< those that were reported: check and instructions
};

} // namespace pto::sim
