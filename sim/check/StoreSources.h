// Which loads the registers that an instruction stores were made from.
#pragma once

#include "sim/machine/MemBar.h"
#include "sim/run/Program.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace pto::sim {

struct StoreSource {
  size_t load;
  ScopeAccess kind; ///< of the load
  llvm::SmallVector<size_t, 1>
      copies; ///< between the two, which carried the register from one turn of a loop to the next
};

class StoreSources {
public:
  explicit StoreSources(const Program &program) : program(program), known(program.code.size()) {}

  /// The loads of the same scope, through any number of instructions in between; found once.
  llvm::ArrayRef<StoreSource> of(size_t store) {
    if (!known[store]) [[unlikely]]
      known[store] = std::make_unique<Sources>(find(store));
    return *known[store];
  }

private:
  using Sources = llvm::SmallVector<StoreSource, 2>;
  using Slot = std::pair<unsigned, unsigned>; ///< whether it is in a wide register, and its number
  using Makers = llvm::DenseMap<Slot, llvm::SmallVector<size_t, 1>>;

  Sources find(size_t store);
  /// The instructions of a scope by what they make.
  const Makers &makersOf(const Span &scope);
  static llvm::SmallVector<Slot, 4> slots(llvm::ArrayRef<uint32_t> numbers, uint8_t present, uint8_t wide);
  llvm::SmallVector<Slot, 4> stored(size_t store) const;

  const Program &program;
  std::vector<std::unique_ptr<Sources>> known; ///< by store
  llvm::DenseMap<size_t, Makers> makers;       ///< by the scope's begin
};

} // namespace pto::sim
