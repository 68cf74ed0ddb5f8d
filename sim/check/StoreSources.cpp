#include "sim/check/StoreSources.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

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

llvm::SmallVector<StoreSources::Slot, 4> StoreSources::used(size_t index) const {
  const Site &site = program.sites[index];
  return slots(program.code[index].operand, site.operands, site.wideOperands);
}

StoreSource StoreSources::find(size_t index) {
  StoreSource found;
  const Span *scope = program.findScope(index);
  if (!scope)
    return found;
  const Makers &made = makersOf(*scope);
  llvm::SetVector<Slot> slots;
  for (Slot slot : program.code[index].code.role == Role::Copy ? used(index) : stored(index))
    slots.insert(slot);
  for (size_t next = 0; next < slots.size(); ++next)
    for (size_t maker : made.lookup(slots[next])) {
      const Code &code = program.code[maker].code;
      if (code.accesses && !code.handsOn)
        found.loads.push_back({maker, code.pipe == Pipe::S ? ScopeAccess::ScalarLoad : ScopeAccess::VectorLoad});
      else if (code.role == Role::Copy)
        found.copies.push_back(maker);
      else
        for (Slot slot : used(maker))
          slots.insert(slot);
    }
  return found;
}

} // namespace pto::sim
