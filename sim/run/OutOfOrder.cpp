#include "sim/run/OutOfOrder.h"
#include "sim/ops/cube/UnitFlags.h"
#include "sim/run/Control.h"
#include "sim/run/Machine.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

/// How many items wait at once before the scalar unit does.
static constexpr uint64_t mostWaiting = 512;

Pipe pipeOf(const Instruction &at) {
  switch (at.code.role) {
  case Role::Set:
    return at.carried<Flag>().source;
  case Role::Wait:
    return at.carried<Flag>().destination;
  case Role::GetBuffer:
  case Role::ReleaseBuffer:
    return at.carried<BufferToken>().pipe;
  case Role::Barrier:
    return at.carried<Pipe>();
  case Role::SetSemaphore:
  case Role::WaitSemaphore:
    return at.carried<Signal>().pipe;
  case Role::Work:
  case Role::Copy:
  case Role::Scope:
  case Role::MemBar:
    break;
  }
  return at.code.pipe;
}

OutOfOrder::OutOfOrder(Core &core, Order order)
    : core(core), next(core.machine.program.code.data()), order(order), random(order.seed) {}

Stop OutOfOrder::resume() {
  while (next && !core.machine.report.fault) {
    if (waiting < mostWaiting && mayIssue(*next))
      next = issue(*next);
    else if (!step() && !core.machine.report.fault)
      return blocked();
  }
  if (core.machine.report.fault)
    return Faulted();
  return Done();
}

unsigned semaphoreOf(const Core &core, const Instruction &at) {
  return at.code.isDynamic ? unsigned(core.scalar(at.operand[0])) : at.carried<Signal>().id;
}

static bool isEnd(const Instruction &at) {
  return at.code.by[0] == control::finish.by[0];
}

bool OutOfOrder::mayIssue(const Instruction &at) const {
  // What the scalar unit waits for itself.
  if (!isDrained(Pipe::S))
    return false;
  if (isEnd(at) || (at.code.role == Role::Barrier && pipeOf(at) == Pipe::All))
    return isDrained();
  // A register that comes next would have to wait for it.
  bool hasResults = core.machine.program.sites[core.machine.program.indexOf(at)].results != 0;
  return at.code.role != Role::Work || !hasResults || isDrained(at.code.pipe);
}

const Instruction *OutOfOrder::issue(const Instruction &at) {
  Pipe pipe = pipeOf(at);
  if (at.code.role == Role::Work || at.code.role == Role::Copy)
    return issueWork(at);
  if (at.code.role == Role::Scope) {
    const Instruction *end = &at + at.carried<control::Jump>().distance;
    hand(Pipe::V, at, end);
    return end;
  }
  if (at.code.role != Role::Barrier || pipe != Pipe::All)
    hand(pipe, at, &at + 1);
  return &at + 1;
}

const Instruction *OutOfOrder::issueWork(const Instruction &at) {
  if (isEnd(at))
    return nullptr;
  bool hasResults = core.machine.program.sites[core.machine.program.indexOf(at)].results != 0;
  if (at.code.pipe != Pipe::S && !hasResults) {
    hand(at.code.pipe, at, &at + 1);
    return &at + 1;
  }
  return core.execute(&at);
}

unsigned OutOfOrder::indexOf(const Instruction &at) {
  if (at.code.role == Role::Set || at.code.role == Role::Wait) {
    if (Flag flag = core.flagOf(at); flag.event < eventCount)
      return flag.index();
    core.execute(&at); // which says what is wrong
    return 0;
  }
  if (at.code.role == Role::SetSemaphore || at.code.role == Role::WaitSemaphore) {
    if (unsigned id = semaphoreOf(core, at); id < core.semaphoreCount())
      return id;
    core.execute(&at);
    return 0;
  }
  if (at.code.role != Role::GetBuffer && at.code.role != Role::ReleaseBuffer)
    return 0;
  std::vector<bool> &releases = buffers[at.carried<BufferToken>().id].isReleased;
  if (at.code.role == Role::ReleaseBuffer)
    releases.push_back(false);
  return unsigned(releases.size());
}

void OutOfOrder::hand(Pipe pipe, const Instruction &begin, const Instruction *end) {
  Item item{&begin, end, handed++, {}, core.control, indexOf(begin)};
  if (item.isWork())
    item.scalars = core.scalarFile();
  queues[unsigned(pipe)].items.push_back(std::move(item));
  ++waiting;
}

bool OutOfOrder::isDrained(std::optional<Pipe> pipe) const {
  return pipe ? queues[unsigned(*pipe)].items.empty() : waiting == 0;
}

bool OutOfOrder::step() {
  if (stepSync())
    return true;
  llvm::SmallVector<Ready> candidates = ready();
  if (candidates.empty())
    return false;
  execute(choose(candidates));
  return true;
}

bool OutOfOrder::stepSync() {
  bool hasMoved = false;
  for (unsigned pipe = 0; pipe < pipeCount; ++pipe)
    for (std::deque<Item> &items = queues[pipe].items;
         !items.empty() && !items.front().isWork() && trySync(Pipe(pipe), items.front()); hasMoved = true) {
      core.charge(*items.front().begin, 1);
      items.pop_front();
      --waiting;
    }
  return hasMoved;
}

// It is the first of its queue: all before it are done.
bool OutOfOrder::trySync(Pipe pipe, const Item &item) {
  Queue &queue = queues[unsigned(pipe)];
  unsigned done = std::max(queue.level, queue.highest);
  auto receive = [&](unsigned level) { queue.level = std::max(queue.level, level); };
  switch (item.begin->code.role) {
  case Role::Set:
    ++flags[item.index].count;
    flags[item.index].level = std::max(flags[item.index].level, done);
    return true;
  case Role::Wait:
    if (flags[item.index].count == 0)
      return false;
    --flags[item.index].count;
    receive(flags[item.index].level);
    return true;
  case Role::ReleaseBuffer: {
    Buffer &buffer = buffers[item.begin->carried<BufferToken>().id];
    buffer.isReleased[item.index - 1] = true;
    while (buffer.done < buffer.isReleased.size() && buffer.isReleased[buffer.done])
      ++buffer.done;
    buffer.level = std::max(buffer.level, done);
    return true;
  }
  case Role::SetSemaphore:
    return core.setSemaphore(*item.begin, {pipe, item.index}) != nullptr;
  case Role::WaitSemaphore:
    return core.semaphores.wait(item.index);
  case Role::GetBuffer: {
    auto token = item.begin->carried<BufferToken>();
    if (token.isTracked && buffers[token.id].done < item.index)
      return false;
    receive(token.isTracked ? buffers[token.id].level : 0);
    return true;
  }
  default:
    receive(done);
    return true;
  }
}

bool OutOfOrder::mayStart(Item &item) {
  std::swap(core.scalarFile(), item.scalars);
  bool allowed = allowedByUnitFlags(core, *item.begin);
  std::swap(core.scalarFile(), item.scalars);
  return allowed;
}

llvm::SmallVector<OutOfOrder::Ready> OutOfOrder::ready() {
  llvm::SmallVector<Ready> found;
  for (unsigned pipe = 0; pipe < pipeCount; ++pipe)
    for (auto [index, item] : llvm::enumerate(queues[pipe].items)) {
      if (!item.isWork() || (index > 0 && isInOrder(Pipe(pipe))))
        break;
      if (mayStart(item))
        found.push_back({Pipe(pipe), index});
    }
  return found;
}

OutOfOrder::Ready OutOfOrder::choose(llvm::ArrayRef<Ready> ready) {
  if (order.kind == Order::Kind::Random)
    return ready[random() % ready.size()];
  // What the program has last comes first, early as far as it has to wait for as much.
  auto rank = [&](const Ready &candidate) {
    const Queue &queue = queues[unsigned(candidate.pipe)];
    unsigned level = order.kind == Order::Kind::Early ? queue.level : 0;
    return std::pair(level, ~queue.items[candidate.item].number);
  };
  return *std::min_element(ready.begin(), ready.end(),
                           [&](const Ready &a, const Ready &b) { return rank(a) < rank(b); });
}

void OutOfOrder::execute(Ready chosen) {
  Queue &queue = queues[unsigned(chosen.pipe)];
  Item item = std::move(queue.items[chosen.item]);
  queue.items.erase(queue.items.begin() + long(chosen.item));
  --waiting;
  std::swap(core.scalarFile(), item.scalars);
  std::swap(core.control, item.control);
  for (const Instruction *at = item.begin; at && at != item.end;)
    at = core.execute(at);
  std::swap(core.scalarFile(), item.scalars);
  std::swap(core.control, item.control);
  queue.highest = std::max(queue.highest, queue.level + 1);
  if (isInOrder(chosen.pipe))
    queue.level = queue.highest;
}

Stop OutOfOrder::blocked() {
  const Item *first = nullptr;
  for (const Queue &queue : queues)
    if (!queue.items.empty() && (!first || queue.items.front().number < first->number))
      first = &queue.items.front();
  const Instruction &waits = *first->begin;
  if (waits.code.role == Role::Wait)
    return Blocked{&waits, Flag::at(first->index)};
  if (waits.code.role == Role::WaitSemaphore)
    return Blocked{&waits, Signal{waits.carried<Signal>().pipe, first->index}};
  if (waits.code.role == Role::GetBuffer)
    return Blocked{&waits, waits.carried<BufferToken>()};
  core.fault(waits, Fault::Kind::Deadlock, "waits for unit flags of l0c, which nothing changes");
  return Faulted();
}

} // namespace pto::sim
