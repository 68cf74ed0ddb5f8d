// The control register, and the bit instructions that its values are made with.
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/run/Core.h"

namespace pto::sim {

static const Instruction *getControl(Core &core, const Instruction &at) {
  core.scalar(at.result[0]) = core.control.bits;
  return &at + 1;
}

static const Instruction *setControl(Core &core, const Instruction &at) {
  core.control.bits = core.scalar(at.operand[0]);
  if (core.control.countsMask())
    return core.fault(at, Fault::Kind::NotSimulated, "sets bit 56, masks that are counters, which is not simulated");
  return &at + 1;
}

// sbitset0, sbitset1: operands value, number of the bit.
template <bool Set>
static const Instruction *setBit(Core &core, const Instruction &at) {
  uint64_t value = core.scalar(at.operand[0]), number = core.scalar(at.operand[1]);
  if (number >= 64)
    return core.fault(at, Fault::Kind::Illegal,
                      "has bit number " + llvm::Twine(int64_t(number)) + "; a value has the bits 0 to 63");
  uint64_t bit = uint64_t(1) << number;
  core.scalar(at.result[0]) = Set ? value | bit : value & ~bit;
  return &at + 1;
}

void declareControl(OpTable &table) {
  table.add("pto.get_ctrl", Code(Pipe::S, getControl));
  table.add("pto.set_ctrl", Code(Pipe::S, setControl));
  table.add("pto.sbitset0", Code(Pipe::S, setBit<false>));
  table.add("pto.sbitset1", Code(Pipe::S, setBit<true>));
}

} // namespace pto::sim
