#include "sim/check/StoreSources.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

namespace pto::sim {

llvm::SmallVector<StoreSources::Slot, 4> StoreSources::slots(llvm::ArrayRef<uint32_t> numbers, uint8_t present,
                                                             uint8_t wide) {
  llvm::SmallVector<Slot, 4> found;
  for (unsigned i = 0; i < numbers.size(); ++i)
    if (present >> i & 1)
      found.emplace_back(wide >> i & 1, numbers[i]);
  return found;
}

// What is stored and what masks it, but not where to: wide registers, or the last operand of a store of a scalar.
llvm::SmallVector<StoreSources::Slot, 4> StoreSources::stored(size_t store) const {
  const Instruction &at = program.code[store];
  const Site &site = program.sites[store];
  if (site.wideOperands)
    return slots(at.operand, site.wideOperands, site.wideOperands);
  return slots(at.operand, llvm::bit_floor(site.operands), 0);
}

const StoreSources::Makers &StoreSources::makersOf(const Span &scope) {
  auto [entry, isNew] = makers.try_emplace(scope.begin);
  if (isNew)
    for (size_t index = scope.begin; index < scope.end; ++index)
      for (Slot made :
           slots(program.code[index].result, program.sites[index].results, program.sites[index].wideResults))
        entry->second[made].push_back(index);
  return entry->second;
}

StoreSources::Sources StoreSources::find(size_t store) {
  Sources found;
  const Span *scope = program.findScope(store);
  if (!scope)
    return found;
  const Makers &made = makersOf(*scope);
  // A register, and the copies on the way from it to the store.
  using Copies = llvm::SmallVector<size_t, 1>;
  llvm::SmallVector<std::pair<Slot, Copies>> pending;
  std::set<std::pair<Slot, std::vector<size_t>>> seen;
  auto want = [&](Slot slot, const Copies &copies) {
    if (seen.insert({slot, std::vector<size_t>(copies.begin(), copies.end())}).second)
      pending.emplace_back(slot, copies);
  };
  for (Slot slot : stored(store))
    want(slot, {});
  while (!pending.empty()) {
    auto [slot, copies] = pending.pop_back_val();
    for (size_t index : made.lookup(slot)) {
      const Instruction &at = program.code[index];
      if (at.code.accesses && !at.code.handsOn) {
        found.push_back({index, at.code.pipe == Pipe::S ? ScopeAccess::ScalarLoad : ScopeAccess::VectorLoad, copies});
        continue;
      }
      Copies further = copies;
      if (at.code.role == Role::Copy) {
        if (llvm::is_contained(copies, index))
          continue;
        further.push_back(index);
        llvm::sort(further);
      }
      for (Slot used : slots(at.operand, program.sites[index].operands, program.sites[index].wideOperands))
        want(used, further);
    }
  }
  return found;
}

} // namespace pto::sim
