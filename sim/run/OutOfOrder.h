// A core as the machine runs it: the scalar unit hands instructions to the pipes, and a pipe executes its own when
// flags, buffer ids and barriers let it. Which of those that may start comes first is for the order to choose.
#pragma once

#include "base/Order.h"
#include "sim/machine/Flags.h"
#include "sim/run/Core.h"
#include "llvm/ADT/ArrayRef.h"
#include <deque>
#include <random>

namespace pto::sim {

/// The pipe that the scalar unit hands an instruction to.
Pipe pipeOf(const Instruction &at);
/// The number of the semaphore of an instruction that sets one or waits for it.
unsigned semaphoreOf(const Core &core, const Instruction &at);

class OutOfOrder {
public:
  /// From the start of the program, on a core that has been started.
  OutOfOrder(Core &core, Order order);

  /// Runs until the core is done, waits for another one or breaks a rule.
  Stop resume();

private:
  /// What a pipe was handed: instructions [begin, end), with the registers and modes that they had then.
  struct Item {
    const Instruction *begin, *end;
    uint64_t number;               ///< in the order of the program
    std::vector<uint64_t> scalars; ///< of work
    Control control;
    unsigned index = 0; ///< of a flag, a semaphore, or of a release among those of its buffer

    bool isWork() const { return begin->code.role == Role::Work || begin->code.role == Role::Scope; }
  };
  struct Queue {
    std::deque<Item> items; ///< not executed yet
    // How many items have to be done one after the other before …
    unsigned level = 0;   ///< the next one starts
    unsigned highest = 0; ///< all are done
  };
  /// Of a flag: how often it is set; of a buffer id: which of its releases are done.
  struct FlagState {
    unsigned count = 0, level = 0;
  };
  struct Buffer {
    std::vector<bool> isReleased;
    unsigned done = 0; ///< of them, from the first on
    unsigned level = 0;
  };
  struct Ready {
    Pipe pipe;
    size_t item;
  };

  /// Whether the scalar unit has to wait for no pipe before an instruction.
  bool mayIssue(const Instruction &at) const;
  /// The scalar unit's part of an instruction; the next one, or null at the end.
  const Instruction *issue(const Instruction &at);
  const Instruction *issueWork(const Instruction &at);
  void hand(Pipe pipe, const Instruction &begin, const Instruction *end);
  unsigned indexOf(const Instruction &at);

  /// Executes one of the items that may start; false where there is none.
  bool step();
  bool stepSync();
  bool trySync(Pipe pipe, const Item &item);
  bool mayStart(Item &item);
  llvm::SmallVector<Ready> ready();
  Ready choose(llvm::ArrayRef<Ready> ready);
  void execute(Ready chosen);
  bool isDrained(std::optional<Pipe> pipe = std::nullopt) const;
  Stop blocked();

  Core &core;
  const Instruction *next;
  const Order order;
  std::mt19937_64 random;
  std::array<Queue, pipeCount> queues;
  std::array<FlagState, Flags::count> flags{};
  std::array<Buffer, bufferIdCount> buffers{};
  uint64_t handed = 0, waiting = 0;
};

} // namespace pto::sim
