// Single elements between memory and the scalar registers.
#include "sim/memory/Port.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/Pointers.h"

namespace pto::sim {

namespace {

// All carry a PointerStep. Global memory is not aligned.
template <MemorySpace Space>
Range element(Core &core, const Instruction &at) {
  auto step = at.carried<PointerStep>();
  return {.space = Space,
          .base = core.scalar(at.operand[0]),
          .offset = step.distance(core.scalar(at.operand[1])),
          .bytes = step.elementBytes,
          .alignment = Space == MemorySpace::Gm ? 1 : step.elementBytes};
}

// load, load_scalar, ldg: operands base, offset.
template <MemorySpace Space>
struct LoadElement {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    Range range = element<Space>(core, at);
    const uint8_t *from = Port<P>(core, at).read(range);
    if (!from)
      return nullptr;
    uint64_t value = 0;
    std::memcpy(&value, from, size_t(range.bytes));
    core.scalar(at.result[0]) = value;
    return &at + 1;
  }
};

// store, store_scalar, stg: operands base, offset, value.
template <MemorySpace Space>
struct StoreElement {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    Range range = element<Space>(core, at);
    uint8_t *to = Port<P>(core, at).write(range);
    if (!to)
      return nullptr;
    std::memcpy(to, &core.scalar(at.operand[2]), size_t(range.bytes));
    return &at + 1;
  }
};

template <MemorySpace Space>
void declareElements(OpTable &table) {
  for (llvm::StringRef op : {"pto.load", "pto.load_scalar", "pto.ldg"})
    table.add(op, name(Space), Code::accessing<LoadElement<Space>>(Pipe::S));
  for (llvm::StringRef op : {"pto.store", "pto.store_scalar", "pto.stg"})
    table.add(op, name(Space), Code::accessing<StoreElement<Space>>(Pipe::S));
}

} // namespace

void declareElementAccess(OpTable &table) {
  declareElements<MemorySpace::Ub>(table);
  declareElements<MemorySpace::Gm>(table);
}

} // namespace pto::sim
