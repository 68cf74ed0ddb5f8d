// The engine's loop.
#include "sim/run/Core.h"
#include "sim/check/Hazards.h"
#include "sim/run/Machine.h"
#include "sim/run/ThreadUnit.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

Core::Core(Machine &machine, CoreKind kind, unsigned index)
    : scalars(machine.program.scalarCount), wides(machine.program.wideCount), machine(machine), kind(kind),
      index(index), lastSet(Flags::count) {
  for (unsigned space = 0; space < spaceCount; ++space)
    if (MemorySpace(space) != MemorySpace::Gm && (machine.program.mergesCores || isIn(MemorySpace(space), kind)))
      memories[space] =
          LocalMemory(MemorySpace(space), std::max<int64_t>(machine.program.arch->addresses(MemorySpace(space)),
                                                            int64_t(machine.program.ends[space])));
}

Core::~Core() = default;

ThreadUnit &Core::threads() {
  if (!threadUnit)
    threadUnit = std::make_unique<ThreadUnit>();
  return *threadUnit;
}

void Core::start(uint32_t block) {
  blockIndex = block;
  control = Control();
  control.bits = machine.program.controlAtStart;
  vector = VectorState();
  threadUnit.reset();
  for (LocalMemory &memory : memories)
    memory.clear();
  flags.clear();
  semaphores.clear();
  unitFlags.reset();
  for (auto [slot, value] : machine.program.constants)
    scalars[slot] = value;
  for (auto [argument, parameter] : llvm::enumerate(machine.program.parameters)) {
    uint64_t mask = parameter.bits >= 64 ? ~uint64_t(0) : (uint64_t(1) << parameter.bits) - 1;
    scalars[parameter.slot] =
        parameter.isPointer ? GmPointer::pack(unsigned(argument), 0) : machine.gm.scalar(argument) & mask;
  }
  position = machine.program.code.data();
}

template <class Policy>
void Core::runFrom(const Instruction *next) {
  constexpr unsigned policy = Policies::index<Policy>;
  Budget &budget = machine.budget;
  do {
    if (budget.left == 0) {
      machine.outOfBudget(*this, *next);
      break;
    }
    --budget.left;
    const Instruction &at = *next;
    next = at.code.by[policy](*this, at);
    if constexpr (std::is_same_v<Policy, Traced>)
      if (machine.onStep)
        machine.onStep(*this, at, next);
  } while (next);
}

template <class Policy>
Stop Core::resume() {
  runFrom<Policy>(position);
  return stop;
}

const Instruction *Core::execute(const Instruction *at) {
  if (machine.budget.left == 0) {
    machine.outOfBudget(*this, *at);
    return nullptr;
  }
  --machine.budget.left;
  return at->code.by[Policies::index<Fast>](*this, *at);
}

template Stop Core::resume<Fast>();
template Stop Core::resume<Checked>();
template Stop Core::resume<Traced>();
template void Core::runFrom<Fast>(const Instruction *);
template void Core::runFrom<Checked>(const Instruction *);
template void Core::runFrom<Traced>(const Instruction *);

std::string Core::describe() const {
  return kind == CoreKind::Cube ? "cube core" : "vector core " + std::to_string(index);
}

std::optional<uint64_t> Core::movedGm(const Instruction &at, uint64_t pointer, int64_t bytes) {
  std::optional<uint64_t> moved = GmPointer::advance(pointer, bytes);
  if (moved)
    return moved;
  const Argument *owner = machine.gm.owner(pointer);
  fault(at, Fault::Kind::OutOfBounds,
        llvm::formatv("moves a pointer at byte {0} of {1} by {2} bytes, further than any buffer reaches",
                      GmPointer::offset(pointer), owner ? "argument '" + owner->name + "'" : "no kernel argument",
                      bytes));
  return std::nullopt;
}

Flag Core::flagOf(const Instruction &at) const {
  auto flag = at.carried<Flag>();
  if (at.code.isDynamic)
    flag.event = unsigned(scalar(at.operand[0]));
  return flag;
}

const Instruction *Core::setFlag(const Instruction &at, Flag flag) {
  if (flags.set(flag) > 1)
    machine.warn("sets the flag " + flag.describe() + " again before anything waited for it at " + machine.placeOf(at));
  lastSet[flag.index()] = &at;
  if (CoreOrder *known = order())
    known->setFlag(flag, machine.budget.time());
  return &at + 1;
}

// Whether the core has a semaphore of that number; false after a fault.
static bool hasSemaphore(Core &core, const Instruction &at, unsigned id) {
  if (id < core.semaphoreCount())
    return true;
  core.fault(at, Fault::Kind::Illegal,
             llvm::formatv("has the semaphore {0}; a {1} core has 0 to {2}", int32_t(id),
                           core.kind == CoreKind::Cube ? "cube" : "vector", core.semaphoreCount() - 1));
  return false;
}

const Instruction *Core::setSemaphore(const Instruction &at, Signal signal) {
  if (!hasSemaphore(*this, at, signal.id))
    return nullptr;
  auto [receiver, id] = machine.cluster.receiver(*this, signal.id);
  if (!receiver)
    return fault(at, Fault::Kind::Illegal,
                 llvm::formatv("sets the semaphore {0} for a {1} core that the kernel does not run on", signal.id,
                               kind == CoreKind::Cube ? "vector" : "cube"));
  if (!receiver->semaphores.set(id))
    return fault(at, Fault::Kind::Illegal,
                 llvm::formatv("sets the semaphore {0} of {1}, which stands at {2} and counts no further", id,
                               receiver->describe(), Semaphores::limit));
  receiver->lastSignal[id] = &at;
  if (CoreOrder *known = order())
    receiver->order()->receive(id, known->after(signal.pipe, machine.budget.time()));
  return &at + 1;
}

const Instruction *Core::waitSemaphore(const Instruction &at, Signal signal) {
  if (!hasSemaphore(*this, at, signal.id))
    return nullptr;
  if (!semaphores.wait(signal.id))
    return block(at, signal);
  if (CoreOrder *known = order())
    known->waitSemaphore(signal);
  return &at + 1;
}

const Instruction *Core::waitFlag(const Instruction &at, Flag flag) {
  if (!flags.wait(flag))
    return block(at, flag);
  if (CoreOrder *known = order())
    known->waitFlag(flag);
  return &at + 1;
}

void Core::enterScope(const Instruction &begin, const Instruction *end) {
  if (machine.hazards)
    machine.hazards->enterScope(*this, begin, end);
}

void Core::noteCopy(const Instruction &at) {
  if (machine.hazards)
    machine.hazards->noteCopy(at);
}

CoreOrder *Core::order() const {
  return machine.hazards ? &machine.hazards->orderOf(*this) : nullptr;
}

bool Core::charge(const Instruction &at, int64_t work) {
  if (machine.budget.charge(uint64_t(work)))
    return true;
  machine.outOfBudget(*this, at);
  return false;
}

const Instruction *Core::finish() {
  for (unsigned flag = 0; flag < Flags::count; ++flag)
    if (flags.pendingSets(Flag::at(flag)) != 0)
      machine.warn("the flag " + Flag::at(flag).describe() + " is still set at the end; it was set at " +
                   machine.placeOf(*lastSet[flag]));
  stop = Done();
  return nullptr;
}

void Core::noteLeftSemaphores() {
  for (unsigned id = 0; id < Semaphores::count; ++id)
    if (semaphores.pending(id) != 0 && !(machine.program.slotSemaphores >> id % Semaphores::perVectorCore & 1))
      machine.warn(llvm::formatv("the semaphore {0} of {1} is still set at the end; it was set at {2}", id, describe(),
                                 machine.placeOf(*lastSignal[id])));
}

const Instruction *Core::block(const Instruction &at, std::variant<Flag, Signal, BufferToken> on) {
  ++machine.budget.left; // it will be executed again
  position = &at;
  stop = Blocked{&at, on};
  return nullptr;
}

const Instruction *Core::fault(const Instruction &at, Fault::Kind kind, const llvm::Twine &what) {
  machine.noteFault(*this, at, kind, what);
  stop = Faulted();
  return nullptr;
}

} // namespace pto::sim
