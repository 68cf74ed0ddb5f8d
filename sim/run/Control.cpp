// The handlers of control flow.
#include "sim/run/Control.h"
#include "sim/run/Core.h"

namespace pto::sim::control {

static int64_t extended(uint64_t value, unsigned bits) {
  return bits >= 64 ? int64_t(value) : int64_t(value << (64 - bits)) >> (64 - bits);
}

static const Instruction *doJump(Core &, const Instruction &at) {
  return &at + at.immediate;
}

static const Instruction *doJumpUnless(Core &core, const Instruction &at) {
  return core.scalar(at.operand[0]) & 1 ? &at + 1 : &at + at.immediate;
}

static const Instruction *doEnterLoop(Core &core, const Instruction &at) {
  unsigned bits = at.result[1];
  uint64_t lower = core.scalar(at.operand[0]);
  if (int64_t step = extended(core.scalar(at.operand[2]), bits); step <= 0)
    return core.fault(at, Fault::Kind::Illegal, "has step " + llvm::Twine(step) + "; a step is at least 1");
  core.scalar(at.result[0]) = lower;
  return extended(lower, bits) < extended(core.scalar(at.operand[1]), bits) ? &at + 1 : &at + at.immediate;
}

static const Instruction *doStepLoop(Core &core, const Instruction &at) {
  unsigned bits = at.result[1];
  int64_t next;
  // An induction variable that would overflow has passed every upper bound.
  if (__builtin_add_overflow(extended(core.scalar(at.result[0]), bits), extended(core.scalar(at.operand[2]), bits),
                             &next) ||
      next >= extended(core.scalar(at.operand[1]), bits))
    return &at + 1;
  core.scalar(at.result[0]) = bits >= 64 ? uint64_t(next) : uint64_t(next) & ((uint64_t(1) << bits) - 1);
  return &at + at.immediate;
}

static const Instruction *doCopyScalar(Core &core, const Instruction &at) {
  core.scalar(at.result[0]) = core.scalar(at.operand[0]);
  return &at + 1;
}

static const Instruction *doCopyWide(Core &core, const Instruction &at) {
  std::memcpy(core.wide(at.result[0]), core.wide(at.operand[0]), registerBytes);
  return &at + 1;
}

static const Instruction *doFinish(Core &core, const Instruction &) {
  return core.finish();
}

const Handlers jump(doJump);
const Handlers jumpUnless(doJumpUnless);
const Handlers enterLoop(doEnterLoop);
const Handlers stepLoop(doStepLoop);
const Handlers copyScalar(doCopyScalar);
const Handlers copyWide(doCopyWide);
const Handlers finish(doFinish);

} // namespace pto::sim::control
