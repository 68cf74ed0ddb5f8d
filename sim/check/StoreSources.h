// Which loads the registers that an instruction stores were made from.
#pragma once

#include "sim/machine/MemBar.h"
#include "sim/run/Program.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace pto::sim {

/// What is behind the registers that an instruction uses, through any number of others in between.
struct StoreSource {
  struct Load {
    size_t at;
    ScopeAccess kind;
  };
  llvm::SmallVector<Load, 2> loads;
  /// What carried a register from one turn of a loop to the next, and has sources of its own.
  llvm::SmallVector<size_t, 1> copies;
};

class StoreSources {
public:
  explicit StoreSources(const Program &program) : program(program), known(program.code.size()) {}

  /// Of a store or a copy, in the same scope; found once.
  const StoreSource &of(size_t index) {
    if (!known[index]) [[unlikely]]
      known[index] = std::make_unique<StoreSource>(find(index));
    return *known[index];
  }

private:
  using Slot = std::pair<unsigned, unsigned>; ///< whether it is in a wide register, and its number
  using Makers = llvm::DenseMap<Slot, llvm::SmallVector<size_t, 1>>;

  StoreSource find(size_t index);
  /// The instructions of a scope by what they make.
  const Makers &makersOf(const Span &scope);
  static llvm::SmallVector<Slot, 4> slots(llvm::ArrayRef<uint32_t> numbers, uint8_t present, uint8_t wide);
  llvm::SmallVector<Slot, 4> used(size_t index) const;
  llvm::SmallVector<Slot, 4> stored(size_t store) const;

  const Program &program;
  std::vector<std::unique_ptr<StoreSource>> known; ///< by instruction
  llvm::DenseMap<size_t, Makers> makers;           ///< by the scope's begin
};

} // namespace pto::sim
