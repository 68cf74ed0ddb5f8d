// Order between pipes. A core runs in program order here: flags are accounted, all else has nothing to wait for and is
// for those who ask what orders two instructions.
#include "sim/check/Hazards.h"
#include "sim/machine/MemBar.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/run/Machine.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

static uint64_t now(const Core &core) {
  return core.machine.budget.time();
}

// set_flag, wait_flag: the flag is carried.
static const Instruction *setFlag(Core &core, const Instruction &at) {
  return core.setFlag(at, at.carried<Flag>());
}

static const Instruction *waitFlag(Core &core, const Instruction &at) {
  return core.waitFlag(at, at.carried<Flag>());
}

// The same with an event that is known when it runs.
template <const Instruction *(Core::*Do)(const Instruction &, Flag)>
static const Instruction *dynamicFlag(Core &core, const Instruction &at) {
  auto flag = at.carried<Flag>();
  auto event = int64_t(core.scalar(at.operand[0]));
  if (event < 0 || event >= int64_t(eventCount))
    return core.fault(at, Fault::Kind::Illegal,
                      llvm::formatv("has the event id {0}; there are 0 to {1}", event, eventCount - 1));
  flag.event = unsigned(event);
  return (core.*Do)(at, flag);
}

// set_intra_block, wait_intra_block: the signal is carried; its number may be a register.
template <const Instruction *(Core::*Do)(const Instruction &, Signal), bool IsDynamic>
static const Instruction *semaphore(Core &core, const Instruction &at) {
  auto signal = at.carried<Signal>();
  if constexpr (IsDynamic)
    signal.id = unsigned(core.scalar(at.operand[0]));
  return (core.*Do)(at, signal);
}

template <const Instruction *(Core::*Do)(const Instruction &, Signal)>
static void addSemaphore(OpTable &table, llvm::StringRef op, Role role) {
  table.add(op, Code(Pipe::S, semaphore<Do, false>).as(role));
  table.add(op, "dynamic", Code(Pipe::S, semaphore<Do, true>).as(role, true));
}

static const Instruction *barrier(Core &core, const Instruction &at) {
  if (CoreOrder *order = core.order())
    order->barrier(at.carried<Pipe>(), now(core));
  return &at + 1;
}

static const Instruction *memBar(Core &core, const Instruction &at) {
  if (CoreOrder *order = core.order())
    order->memBar(at.carried<MemBar>(), now(core));
  return &at + 1;
}

static const Instruction *getBuffer(Core &core, const Instruction &at) {
  if (Hazards *hazards = core.machine.hazards.get())
    hazards->getBuffer(core, at, at.carried<BufferToken>());
  return &at + 1;
}

static const Instruction *releaseBuffer(Core &core, const Instruction &at) {
  if (Hazards *hazards = core.machine.hazards.get())
    hazards->releaseBuffer(core, at, at.carried<BufferToken>());
  return &at + 1;
}

void declareSync(OpTable &table) {
  table.add("pto.set_flag", Code(Pipe::S, setFlag).as(Role::Set));
  table.add("pto.wait_flag", Code(Pipe::S, waitFlag).as(Role::Wait));
  table.add("pto.set_flag_dyn", Code(Pipe::S, dynamicFlag<&Core::setFlag>).as(Role::Set, true));
  table.add("pto.wait_flag_dyn", Code(Pipe::S, dynamicFlag<&Core::waitFlag>).as(Role::Wait, true));
  table.add("pto.get_buf", Code(Pipe::S, getBuffer).as(Role::GetBuffer));
  table.add("pto.rls_buf", Code(Pipe::S, releaseBuffer).as(Role::ReleaseBuffer));
  table.add("pto.barrier", Code(Pipe::S, barrier).as(Role::Barrier));
  for (llvm::StringRef set : {"pto.set_intra_block", "pto.sync.set"})
    addSemaphore<&Core::setSemaphore>(table, set, Role::SetSemaphore);
  for (llvm::StringRef wait : {"pto.wait_intra_block", "pto.sync.wait"})
    addSemaphore<&Core::waitSemaphore>(table, wait, Role::WaitSemaphore);
  // Inside a vector scope, which runs on the vector pipe.
  table.add("pto.mem_bar", Code(Pipe::V, memBar).as(Role::MemBar));
}

} // namespace pto::sim
