// All that a launch runs on: global memory, and clusters of cores. Only the machine decides which core goes on, always
// in the same order, and only it can say that none can.
#pragma once

#include "sim/memory/GlobalMemory.h"
#include "sim/memory/Touch.h"
#include "sim/run/Core.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace pto::sim {

/// Cores that share a block of a launch. There are those that the kernel runs on.
struct Cluster {
  std::unique_ptr<Core> cube;
  std::array<std::unique_ptr<Core>, 2> vector;

  /// Whom a core that sets a semaphore of that number sets it for, and the number that it has there; null where the
  /// kernel runs on no such core.
  std::pair<Core *, unsigned> receiver(const Core &setter, unsigned id) const;

  /// In the order in which they get their turns.
  llvm::SmallVector<Core *, 3> cores() const;
};

/// How many instructions a launch may still execute.
struct Budget {
  uint64_t all, left;
  uint64_t charged = 0; ///< by work inside instructions

  explicit Budget(uint64_t all) : all(all), left(all) {}
  uint64_t executed() const { return all - left - charged; }
  /// A clock that goes on with every instruction.
  uint64_t time() const { return all - left; }
  /// Spends all that is left where it is not enough.
  bool charge(uint64_t work);
};

class Hazards;
class ThreadRaces;

/// What is wrong with a launch before anything runs.
std::optional<Fault> checkLaunch(const Program &program, llvm::ArrayRef<Argument> arguments,
                                 const LaunchOptions &options);

class Machine {
public:
  Machine(const Program &program, llvm::ArrayRef<Argument> arguments, const LaunchOptions &options);
  ~Machine();

  /// One block after the other, each from a cold start.
  template <class Policy>
  void run();

  const Program &program;
  GlobalMemory gm;
  /// Today's instructions let no block wait for another one, so all take turns on one cluster.
  Cluster cluster;
  const uint32_t blockCount;
  const Order order;
  Budget budget;
  RunReport report;

  /// What the policy Checked asks about order; null under the others.
  std::unique_ptr<Hazards> hazards;
  std::unique_ptr<ThreadRaces> threadRaces;

  /// Hears of all that is touched, under the policy Traced.
  llvm::function_ref<void(Core &, const Touch &)> onTouch;
  /// Hears, under the policy Traced, of every instruction that was executed, those of warps before their launch, and of
  /// the next one, which is null where the core came to stand.
  llvm::function_ref<void(Core &, const Instruction &, const Instruction *next)> onStep;

  // What a run has to tell.
  void noteFault(const Core &core, const Instruction &at, Fault::Kind kind, const llvm::Twine &what);
  void noteRead(const Instruction &at, uint64_t pointer);
  void outOfBudget(Core &core, const Instruction &at);
  void warn(const llvm::Twine &what);
  /// What a kernel shows of itself.
  void note(const Core &core, const Instruction &at, const llvm::Twine &what);
  /// About an instruction, with its name and place, however often it gives rise to it.
  void warnOnce(const Instruction &at, const llvm::Twine &what);
  /// "kernel.pto:3:1"
  std::string placeOf(const Instruction &at) const;

private:
  template <class Policy>
  void runBlock();
  void takeTurns(llvm::function_ref<Stop(Core &)> resume);
  std::vector<uint32_t> blocks() const;
  void deadlock(llvm::ArrayRef<Blocked> waits, llvm::ArrayRef<Core *> cores);

  std::vector<bool> isWarnedOf;                ///< by instruction
  std::vector<const Instruction *> firstReads; ///< by argument; null for those that nothing read
};

} // namespace pto::sim
