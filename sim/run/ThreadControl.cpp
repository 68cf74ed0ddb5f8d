// The handlers of a warp's control flow.
#include "sim/run/ThreadControl.h"
#include "sim/run/Control.h"
#include "sim/run/ThreadUnit.h"
#include "llvm/Support/MathExtras.h"

namespace pto::sim::threads {

static uint32_t lanesWhere(const uint64_t *condition) {
  uint32_t lanes = 0;
  for (unsigned i = 0; i < warpSize; ++i)
    lanes |= uint32_t(condition[i] & 1) << i;
  return lanes;
}

// On, or away where no lane is left.
static const Instruction *next(const Warp &warp, const Instruction &at, int32_t distance) {
  return warp.active ? &at + 1 : &at + distance;
}

static const Instruction *doSplit(Core &core, const Instruction &at) {
  auto [distance, mask] = at.carried<Branch>();
  Warp &warp = *core.warp;
  warp.mask(mask) = warp.active;
  warp.active &= lanesWhere(warp.at(at.operand[0]));
  return next(warp, at, distance);
}

static const Instruction *doSplitElse(Core &core, const Instruction &at) {
  auto [distance, mask] = at.carried<Branch>();
  Warp &warp = *core.warp;
  warp.active = warp.mask(mask) & ~lanesWhere(warp.at(at.operand[0]));
  return next(warp, at, distance);
}

static const Instruction *doJoin(Core &core, const Instruction &at) {
  core.warp->active = core.warp->mask(at.carried<Branch>().mask);
  return &at + 1;
}

static const Instruction *doKeepLanes(Core &core, const Instruction &at) {
  core.warp->mask(at.carried<Branch>().mask) = core.warp->active;
  return &at + 1;
}

static const Instruction *doLeaveUnless(Core &core, const Instruction &at) {
  Warp &warp = *core.warp;
  warp.active &= lanesWhere(warp.at(at.operand[0]));
  return next(warp, at, at.carried<Branch>().distance);
}

static const Instruction *doJump(Core &, const Instruction &at) {
  return &at + at.carried<control::Jump>().distance;
}

static const Instruction *doEnterLoop(Core &core, const Instruction &at) {
  const Loop &loop = *at.carried<const Loop *>();
  Warp &warp = *core.warp;
  const uint64_t *lower = warp.at(at.operand[0]), *upper = warp.at(at.operand[1]), *step = warp.at(at.operand[2]);
  uint64_t *variable = warp.at(at.result[0]);
  warp.mask(loop.branch.mask) = warp.active;
  uint32_t goesOn = 0;
  for (unsigned i = 0; i < warpSize; ++i) {
    if (int64_t its = llvm::SignExtend64(step[i], loop.bits); its <= 0 && warp.active >> i & 1) {
      warp.lane = int(i);
      return core.fault(at, Fault::Kind::Illegal, "has step " + llvm::Twine(its) + "; a step is at least 1");
    }
    variable[i] = lower[i];
    goesOn |= uint32_t(llvm::SignExtend64(lower[i], loop.bits) < llvm::SignExtend64(upper[i], loop.bits)) << i;
  }
  warp.active &= goesOn;
  return next(warp, at, loop.branch.distance);
}

static const Instruction *doStepLoop(Core &core, const Instruction &at) {
  const Loop &loop = *at.carried<const Loop *>();
  Warp &warp = *core.warp;
  const uint64_t *upper = warp.at(at.operand[1]), *step = warp.at(at.operand[2]);
  uint64_t *variable = warp.at(at.result[0]);
  uint64_t bits = loop.bits >= 64 ? ~uint64_t(0) : (uint64_t(1) << loop.bits) - 1;
  uint32_t goesOn = 0;
  for (unsigned i = 0; i < warpSize; ++i) {
    // An induction variable that would overflow has passed every upper bound.
    int64_t stepped;
    bool isOver = __builtin_add_overflow(llvm::SignExtend64(variable[i], loop.bits),
                                         llvm::SignExtend64(step[i], loop.bits), &stepped) ||
                  stepped >= llvm::SignExtend64(upper[i], loop.bits);
    variable[i] = uint64_t(stepped) & bits;
    goesOn |= uint32_t(!isOver) << i;
  }
  warp.active &= goesOn;
  return warp.active ? &at + loop.branch.distance : &at + 1;
}

static const Instruction *doCopy(Core &core, const Instruction &at) {
  Warp &warp = *core.warp;
  const uint64_t *from = warp.at(at.operand[0]);
  uint64_t *to = warp.at(at.result[0]);
  for (unsigned i = 0; i < warpSize; ++i)
    to[i] = warp.active >> i & 1 ? from[i] : to[i];
  return &at + 1;
}

static const Instruction *doEnd(Core &, const Instruction &) {
  return nullptr;
}

const Code split(Pipe::V, doSplit);
const Code splitElse(Pipe::V, doSplitElse);
const Code join(Pipe::V, doJoin);
const Code keepLanes(Pipe::V, doKeepLanes);
const Code leaveUnless(Pipe::V, doLeaveUnless);
const Code jump(Pipe::V, doJump);
const Code enterLoop(Pipe::V, doEnterLoop);
const Code stepLoop(Pipe::V, doStepLoop);
const Code copy(Pipe::V, doCopy);
const Code end(Pipe::V, doEnd);

} // namespace pto::sim::threads
