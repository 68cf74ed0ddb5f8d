// A core while it runs a program: its registers, its memories, its flags, and how far it has come.
#pragma once

#include "sim/Simulator.h"
#include "sim/machine/Control.h"
#include "sim/machine/Flags.h"
#include "sim/machine/GmPointer.h"
#include "sim/machine/Register.h"
#include "sim/machine/Semaphores.h"
#include "sim/machine/VectorState.h"
#include "sim/memory/LocalMemory.h"
#include "sim/memory/Scratch.h"
#include "sim/run/Program.h"
#include "llvm/ADT/Twine.h"
#include <array>
#include <bitset>
#include <optional>
#include <variant>

namespace pto::sim {

class CoreOrder;
class Machine;
class ThreadUnit;
class Warp;

// How a core came to stand.
struct Done {};
struct Faulted {};
struct Blocked {
  const Instruction *at; ///< waits, and is executed again when the core goes on
  std::variant<Flag, Signal, BufferToken> on;
};
using Stop = std::variant<Done, Faulted, Blocked>;

class Core {
  // First, as every instruction goes through them.
  std::vector<uint64_t> scalars;
  std::vector<Register> wides;

public:
  /// What the kernel has set.
  Control control;
  /// What its vector instructions leave for each other.
  VectorState vector;

  Core(Machine &machine, CoreKind kind, unsigned index);
  ~Core();

  /// A cold start at the first instruction.
  void start(uint32_t block);

  /// Runs from where it stands until it is done, waits for something or breaks a rule.
  template <class Policy>
  Stop resume();

  /// Its place in the cluster: cube comes first.
  unsigned ordinal() const { return kind == CoreKind::Cube ? 0 : 1 + index; }
  /// Executes instructions from there on until one of them stops.
  template <class Policy>
  void runFrom(const Instruction *next);

  /// "vector core 1"
  std::string describe() const;

  /// What runs threads; made at the first launch.
  ThreadUnit &threads();
  /// The warp that executes, and the launch that it is of; null in the kernel itself.
  Warp *warp = nullptr;
  const Instruction *launch = nullptr;

  Machine &machine;
  const CoreKind kind;
  const unsigned index; ///< among the cores of its kind in a cluster

  // Registers.
  [[gnu::always_inline]] uint64_t &scalar(uint32_t slot) { return scalars[slot]; }
  uint64_t scalar(uint32_t slot) const { return scalars[slot]; }
  [[gnu::always_inline]] uint8_t *wide(uint32_t slot) { return wides[slot].bytes; }

  /// Its bytes are reached through a Port.
  LocalMemory &memory(MemorySpace space) { return memories[unsigned(space)]; }

  /// The flag of an instruction that sets one or waits for it.
  Flag flagOf(const Instruction &at) const;

  /// A GM pointer moved by some bytes, or nothing after a fault: further than any buffer can reach.
  std::optional<uint64_t> movedGm(const Instruction &at, uint64_t pointer, int64_t bytes);

  /// What the cores that it works with have set for it.
  Semaphores semaphores;
  /// By 512 bytes of L0C: a product is there that fixpipe has not taken.
  std::bitset<512> unitFlags;

  /// All scalar registers.
  std::vector<uint64_t> &scalarFile() { return scalars; }
  /// Executes one instruction under the policy Fast; the next one, or null after a fault.
  const Instruction *execute(const Instruction *at);

  /// Which block of the launch it runs.
  uint32_t blockIndex = 0;

  const Instruction *setFlag(const Instruction &at, Flag flag);
  const Instruction *waitFlag(const Instruction &at, Flag flag);
  /// How many semaphores it has.
  unsigned semaphoreCount() const { return kind == CoreKind::Cube ? Semaphores::count : Semaphores::perVectorCore; }
  const Instruction *setSemaphore(const Instruction &at, Signal signal);
  const Instruction *waitSemaphore(const Instruction &at, Signal signal);
  void enterScope(const Instruction &begin, const Instruction *end);
  void noteCopy(const Instruction &at);
  /// What is known of the order of its instructions; null where nobody asks.
  CoreOrder *order() const;

  /// Takes `work` instructions' worth out of the budget, for an instruction that loops by itself.
  bool charge(const Instruction &at, int64_t work);

  /// Says which semaphores nothing waited for, when all cores are done.
  void noteLeftSemaphores();

  // Ends of a resumption. All return null, for a handler to return.
  const Instruction *finish();
  const Instruction *block(const Instruction &at, std::variant<Flag, Signal, BufferToken> on);
  const Instruction *fault(const Instruction &at, Fault::Kind kind, const llvm::Twine &what);

private:
  std::array<LocalMemory, spaceCount> memories;
  Flags flags;
  std::vector<const Instruction *> lastSet; ///< the instruction that set each flag last
  std::array<const Instruction *, Semaphores::count> lastSignal{};
  const Instruction *position = nullptr;
  Stop stop;
  std::unique_ptr<ThreadUnit> threadUnit;

public:
  /// What an instruction on tiles needs while it is executed.
  Scratch tileScratch;
  /// What lanes that touch nothing are given to touch.
  Register sink{};
};

extern template Stop Core::resume<Fast>();
extern template Stop Core::resume<Checked>();
extern template Stop Core::resume<Traced>();
extern template void Core::runFrom<Fast>(const Instruction *);
extern template void Core::runFrom<Checked>(const Instruction *);
extern template void Core::runFrom<Traced>(const Instruction *);

} // namespace pto::sim
