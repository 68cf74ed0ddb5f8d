// Single elements between memory and the scalar registers. Offsets count elements; the immediate is an element's size.
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/UbAccess.h"

namespace pto::sim {

// load, load_scalar: operands base, offset. store, store_scalar: operands base, offset, value.
template <Policy P>
static const Instruction *loadScalarUb(Core &core, const Instruction &at) {
  int64_t address = addressAt(core.scalar(at.operand[0]), int64_t(core.scalar(at.operand[1])), at.immediate);
  const uint8_t *from = readUb<P>(core, at, address, at.immediate);
  if (!from || !isAligned<P>(core, at, address, at.immediate))
    return nullptr;
  uint64_t value = 0;
  std::memcpy(&value, from, size_t(at.immediate));
  core.scalar(at.result[0]) = value;
  return &at + 1;
}

template <Policy P>
static const Instruction *storeScalarUb(Core &core, const Instruction &at) {
  int64_t address = addressAt(core.scalar(at.operand[0]), int64_t(core.scalar(at.operand[1])), at.immediate);
  uint8_t *to = writeUb<P>(core, at, address, at.immediate);
  if (!to || !isAligned<P>(core, at, address, at.immediate))
    return nullptr;
  std::memcpy(to, &core.scalar(at.operand[2]), size_t(at.immediate));
  return &at + 1;
}

static uint8_t *gmElement(Core &core, const Instruction &at, Access access) {
  int64_t distance = addressAt(0, int64_t(core.scalar(at.operand[1])), at.immediate);
  std::optional<uint64_t> pointer = core.movedGm(at, core.scalar(at.operand[0]), distance);
  return pointer ? core.gm(at, access, *pointer, at.immediate) : nullptr;
}

static const Instruction *loadScalarGm(Core &core, const Instruction &at) {
  const uint8_t *from = gmElement(core, at, Access::Read);
  if (!from)
    return nullptr;
  uint64_t value = 0;
  std::memcpy(&value, from, size_t(at.immediate));
  core.scalar(at.result[0]) = value;
  return &at + 1;
}

static const Instruction *storeScalarGm(Core &core, const Instruction &at) {
  uint8_t *to = gmElement(core, at, Access::Write);
  if (!to)
    return nullptr;
  std::memcpy(to, &core.scalar(at.operand[2]), size_t(at.immediate));
  return &at + 1;
}

void declareElementAccess(OpTable &table) {
  constexpr Policy fast = Policy::Fast, checked = Policy::Checked;
  for (llvm::StringRef op : {"pto.load", "pto.load_scalar"}) {
    table.add(op, "ub", LaneType::None, {loadScalarUb<fast>, loadScalarUb<checked>});
    table.add(op, "gm", LaneType::None, Handlers(loadScalarGm));
  }
  for (llvm::StringRef op : {"pto.store", "pto.store_scalar"}) {
    table.add(op, "ub", LaneType::None, {storeScalarUb<fast>, storeScalarUb<checked>});
    table.add(op, "gm", LaneType::None, Handlers(storeScalarGm));
  }
}

} // namespace pto::sim
