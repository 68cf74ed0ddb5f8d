// A vector core while it runs a program: its registers, its memories, its flags and what went wrong.
#pragma once

#include "sim/Simulator.h"
#include "sim/machine/Control.h"
#include "sim/machine/Flags.h"
#include "sim/machine/GmPointer.h"
#include "sim/machine/LocalMemory.h"
#include "sim/machine/Register.h"
#include "sim/run/Program.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/Twine.h"

namespace pto::sim {

/// An update reads what it replaces, as an atomic store does.
enum class Access : uint8_t { Read, Write, Update };

class Core {
public:
  Core(const Program &program, llvm::ArrayRef<Argument> arguments, const LaunchOptions &options);

  /// Runs one block from a cold start.
  template <Policy P>
  void run(uint32_t block);

  /// The same, checked, and `after` hears of each instruction that was executed.
  void runObserved(uint32_t block, llvm::function_ref<void(const Instruction &)> after);

  /// Hears, if it is set, of all that is written into global memory, and where in UB it is from.
  llvm::function_ref<void(uint64_t gm, int64_t bytes, std::optional<int64_t> ub)> onGmWrite;

  // Registers.
  [[gnu::always_inline]] uint64_t &scalar(uint32_t slot) { return scalars[slot]; }
  [[gnu::always_inline]] uint8_t *wide(uint32_t slot) { return wides[slot].bytes; }
  const uint32_t *pool(int64_t index) const { return program.pool.data() + index; }

  // Memories.
  LocalMemory ub;

  /// A GM pointer moved by some bytes, or nothing after a fault: further than any buffer can reach.
  std::optional<uint64_t> movedGm(const Instruction &at, uint64_t pointer, int64_t bytes);

  /// The bytes behind a GM pointer, or null after a fault. `ub` is where in UB they are written from.
  uint8_t *gm(const Instruction &at, Access access, uint64_t pointer, int64_t bytes,
              std::optional<int64_t> ub = std::nullopt);

  /// The modes that the kernel has set.
  Control control;

  // What a kernel can ask.
  uint32_t blockIndex = 0;
  uint32_t blockCount = 1;

  // Flags.
  const Instruction *setFlag(const Instruction &at, unsigned flag);
  const Instruction *waitFlag(const Instruction &at, unsigned flag);

  /// Takes `work` instructions' worth out of the budget, for an instruction that loops by itself.
  bool charge(const Instruction &at, int64_t work);

  // Ends of a run. All return null, for a handler to return.
  const Instruction *finish() { return nullptr; }
  const Instruction *fault(const Instruction &at, Fault::Kind kind, const llvm::Twine &what);
  const Instruction *outsideOf(const Instruction &at, LocalMemory &memory, Access access, int64_t address,
                               int64_t bytes);

  /// Notes a read of bytes that nothing wrote; once for each instruction.
  void readOfUnwritten(const Instruction &at, LocalMemory &memory, int64_t address, int64_t bytes);

  RunReport report;

  /// The first instruction that read each argument; null for those that none did.
  std::vector<const Instruction *> firstReads;

private:
  template <Policy P, class After>
  void execute(uint32_t block, After after);
  void reset(uint32_t block);
  void warn(const llvm::Twine &what);
  void warnOfFlagsLeftSet();
  const Instruction *outOfBudget(const Instruction &at);
  const Site &site(const Instruction &at) const { return program.sites[&at - program.code.data()]; }
  llvm::StringRef opName(const Instruction &at) const { return program.names[site(at).name]; }

  const Program &program;
  llvm::ArrayRef<Argument> arguments;
  std::vector<uint64_t> scalars;
  std::vector<Register> wides;
  Flags flags;
  std::vector<const Instruction *> lastSet; ///< the instruction that set each flag last
  std::vector<bool> warnedUnwritten;        ///< by instruction
  uint64_t budget, left;
  uint64_t charged = 0; ///< of the budget, by work inside instructions
};

extern template void Core::run<Policy::Fast>(uint32_t);
extern template void Core::run<Policy::Checked>(uint32_t);

} // namespace pto::sim
