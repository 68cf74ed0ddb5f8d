// Which loads the registers that an instruction stores were made from.
#pragma once

#include "sim/run/Program.h"
#include "llvm/ADT/SmallVector.h"

namespace pto::sim {

class StoreSources {
public:
  explicit StoreSources(const Program &program) : program(program), known(program.code.size()) {}

  /// The loads of the same scope, through any number of instructions in between and turns of loops; found once.
  llvm::ArrayRef<size_t> of(size_t store) {
    if (!known[store]) [[unlikely]]
      known[store] = std::make_unique<llvm::SmallVector<size_t, 4>>(find(store));
    return *known[store];
  }

private:
  llvm::SmallVector<size_t, 4> find(size_t store) const;

  const Program &program;
  std::vector<std::unique_ptr<llvm::SmallVector<size_t, 4>>> known; ///< by store
};

} // namespace pto::sim
