// The handlers of control flow.
#include "sim/run/Control.h"
#include "sim/run/Core.h"
#include "sim/run/Machine.h"

namespace pto::sim::control {

static int64_t extended(uint64_t value, unsigned bits) {
  return bits >= 64 ? int64_t(value) : int64_t(value << (64 - bits)) >> (64 - bits);
}

static const Instruction *doJump(Core &, const Instruction &at) {
  return &at + at.carried<Jump>().distance;
}

static const Instruction *doJumpUnless(Core &core, const Instruction &at) {
  return core.scalar(at.operand[0]) & 1 ? &at + 1 : &at + at.carried<Jump>().distance;
}

static const Instruction *doEnterLoop(Core &core, const Instruction &at) {
  auto [distance, bits, isHardware] = at.carried<LoopEnd>();
  int64_t lower = extended(core.scalar(at.operand[0]), bits), upper = extended(core.scalar(at.operand[1]), bits),
          step = extended(core.scalar(at.operand[2]), bits);
  if (step <= 0)
    return core.fault(at, Fault::Kind::Illegal, "has step " + llvm::Twine(step) + "; a step is at least 1");
  core.scalar(at.result[0]) = core.scalar(at.operand[0]);
  if (lower >= upper)
    return &at + distance;
  uint64_t turns = (uint64_t(upper) - uint64_t(lower) - 1) / uint64_t(step) + 1;
  if (isHardware && turns > UINT16_MAX)
    return core.fault(at, Fault::Kind::Illegal,
                      "has " + llvm::Twine(turns) + " turns in a vector scope; the hardware's loops count to 65535");
  return &at + 1;
}

static const Instruction *doStepLoop(Core &core, const Instruction &at) {
  auto [distance, bits, isHardware] = at.carried<LoopEnd>();
  int64_t next;
  // An induction variable that would overflow has passed every upper bound.
  if (__builtin_add_overflow(extended(core.scalar(at.result[0]), bits), extended(core.scalar(at.operand[2]), bits),
                             &next) ||
      next >= extended(core.scalar(at.operand[1]), bits))
    return &at + 1;
  core.scalar(at.result[0]) = bits >= 64 ? uint64_t(next) : uint64_t(next) & ((uint64_t(1) << bits) - 1);
  return &at + distance;
}

static const Instruction *doEnterScope(Core &core, const Instruction &at) {
  constexpr unsigned vectorRegisters = 32, predicateRegisters = 8;
  auto [distance, vectors, predicates] = at.carried<Jump>();
  if (vectors > vectorRegisters || predicates > predicateRegisters)
    core.machine.warnOnce(at, "needs " + llvm::Twine(vectors) + " vector registers and " + llvm::Twine(predicates) +
                                  " predicates at once, of " + llvm::Twine(vectorRegisters) + " and " +
                                  llvm::Twine(predicateRegisters) + "; the toolkit spills the rest into UB");
  core.enterScope(at, &at + distance);
  return &at + 1;
}

static const Instruction *doEnterSection(Core &core, const Instruction &at) {
  auto section = at.carried<Section>();
  return core.kind == section.kind ? &at + 1 : &at + section.distance;
}

// A copy carries a register into the next turn of a loop.
template <bool IsWide>
struct Copy {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    if constexpr (isSeen<P>)
      core.noteCopy(at);
    if constexpr (IsWide)
      std::memcpy(core.wide(at.result[0]), core.wide(at.operand[0]), registerBytes);
    else
      core.scalar(at.result[0]) = core.scalar(at.operand[0]);
    return &at + 1;
  }
};

static const Instruction *doFinish(Core &core, const Instruction &) {
  return core.finish();
}

const Code jump(Pipe::S, doJump);
const Code jumpUnless(Pipe::S, doJumpUnless);
const Code enterLoop(Pipe::S, doEnterLoop);
const Code stepLoop(Pipe::S, doStepLoop);
const Code enterScope = Code(Pipe::V, doEnterScope).as(Role::Scope);
const Code enterSection(Pipe::S, doEnterSection);
const Code copyScalar = Code::byPolicies<Copy<false>>(Pipe::S).as(Role::Copy);
const Code copyWide = Code::byPolicies<Copy<true>>(Pipe::S).as(Role::Copy);
const Code finish(Pipe::S, doFinish);

} // namespace pto::sim::control
