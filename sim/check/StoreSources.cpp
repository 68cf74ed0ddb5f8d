#include "sim/check/StoreSources.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

namespace pto::sim {

using Slot = std::pair<bool, uint32_t>; // whether it is in a wide register, and its number

static llvm::SmallVector<Slot, 4> registers(llvm::ArrayRef<uint32_t> numbers, uint8_t present, uint8_t wide) {
  llvm::SmallVector<Slot, 4> found;
  for (unsigned i = 0; i < numbers.size(); ++i)
    if (present >> i & 1)
      found.emplace_back(wide >> i & 1, numbers[i]);
  return found;
}

static bool accessesMemory(const Instruction &at) {
  return at.code.by[Policies::index<Fast>] != at.code.by[Policies::index<Checked>];
}

// What is stored and what masks it, but not where to: a register, or the last operand of a store of a scalar.
static llvm::SmallVector<Slot, 4> stored(const Instruction &store, const Site &site) {
  if (site.wideOperands)
    return registers(store.operand, site.wideOperands, site.wideOperands);
  return {Slot(false, store.operand[size_t(llvm::bit_width(site.operands)) - 1])};
}

llvm::SmallVector<size_t, 4> StoreSources::find(size_t store) const {
  llvm::SmallVector<size_t, 4> loads;
  const Span *scope = program.findScope(store);
  llvm::SmallVector<Slot> pending(stored(program.code[store], program.sites[store]));
  std::set<Slot> seen(pending.begin(), pending.end());
  while (scope && !pending.empty()) {
    Slot wanted = pending.pop_back_val();
    for (size_t index = scope->begin; index < scope->end; ++index) {
      const Instruction &at = program.code[index];
      const Site &site = program.sites[index];
      if (!llvm::is_contained(registers(at.result, site.results, site.wideResults), wanted))
        continue;
      if (accessesMemory(at)) {
        if (!llvm::is_contained(loads, index))
          loads.push_back(index);
        continue;
      }
      for (Slot used : registers(at.operand, site.operands, site.wideOperands))
        if (seen.insert(used).second)
          pending.push_back(used);
    }
  }
  return loads;
}

} // namespace pto::sim
