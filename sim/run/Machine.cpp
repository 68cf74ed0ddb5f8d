// Whose turn it is, and what a run has to tell.
#include "sim/run/Machine.h"
#include "sim/check/Hazards.h"
#include "sim/check/ThreadRaces.h"
#include "sim/run/OutOfOrder.h"
#include "sim/run/ThreadUnit.h"
#include "llvm/Support/FormatVariadic.h"
#include <numeric>
#include <random>

namespace pto::sim {

static constexpr size_t warningLimit = 32;
static constexpr size_t noteLimit = 100;

static std::string described(const Place &place) {
  return place.file.empty() ? "an unknown place" : toString(place);
}

llvm::SmallVector<Core *, 3> Cluster::cores() const {
  llvm::SmallVector<Core *, 3> all;
  for (const std::unique_ptr<Core> *core : {&cube, &vector[0], &vector[1]})
    if (*core)
      all.push_back(core->get());
  return all;
}

bool Budget::charge(uint64_t work) {
  if (work > left) {
    left = 0;
    return false;
  }
  left -= work;
  charged += work;
  return true;
}

std::pair<Core *, unsigned> Cluster::receiver(const Core &setter, unsigned id) const {
  constexpr unsigned each = Semaphores::perVectorCore;
  if (setter.kind == CoreKind::Vector)
    return {cube.get(), setter.index * each + id};
  return {vector[id / each].get(), id % each};
}

Machine::Machine(const Program &program, llvm::ArrayRef<Argument> arguments, const LaunchOptions &options)
    : program(program), gm(arguments), blockCount(options.blockDim), order(options.order),
      budget(options.instructionBudget), isWarnedOf(program.code.size()), firstReads(arguments.size()) {
  if (program.participants.cube)
    cluster.cube = std::make_unique<Core>(*this, CoreKind::Cube, 0);
  for (unsigned index = 0; index < program.participants.vectors; ++index)
    cluster.vector[index] = std::make_unique<Core>(*this, CoreKind::Vector, index);
}

Machine::~Machine() = default;

template <class Policy>
void Machine::run() {
  if constexpr (std::is_same_v<Policy, Checked>) {
    hazards = std::make_unique<Hazards>(*this);
    threadRaces = std::make_unique<ThreadRaces>(*this);
  }
  for (uint32_t block : blocks()) {
    if (report.fault)
      break;
    for (Core *core : cluster.cores())
      core->start(block);
    if (hazards)
      hazards->startBlock();
    runBlock<Policy>();
    if (!report.fault)
      for (Core *core : cluster.cores())
        core->noteLeftSemaphores();
    if (hazards && !report.fault)
      hazards->finishBlock();
  }
  if (hazards)
    hazards->finish();
  report.instructionsExecuted = budget.executed();
  for (auto [argument, instruction] : llvm::enumerate(firstReads))
    if (instruction)
      report.reads.push_back({argument, program.locationOf(*instruction)});
}

// In the order in which they run: nothing orders them.
std::vector<uint32_t> Machine::blocks() const {
  std::vector<uint32_t> all(blockCount);
  std::iota(all.begin(), all.end(), 0);
  if (order.kind == Order::Kind::Late)
    std::reverse(all.begin(), all.end());
  if (order.kind == Order::Kind::Random)
    std::shuffle(all.begin(), all.end(), std::mt19937_64(order.seed));
  return all;
}

template void Machine::run<Fast>();
template void Machine::run<Checked>();
template void Machine::run<Traced>();

// Every core goes as far as it can. When all that are left wait, and none of them came any further than the last time,
// they would wait for ever.
void Machine::takeTurns(llvm::function_ref<Stop(Core &)> resume) {
  llvm::SmallVector<Core *, 3> live = cluster.cores();
  while (!live.empty()) {
    llvm::SmallVector<Core *, 3> waiting;
    llvm::SmallVector<Blocked, 3> waits;
    uint64_t before = budget.left;
    for (Core *core : live) {
      Stop stop = resume(*core);
      if (std::holds_alternative<Faulted>(stop))
        return;
      if (const auto *blocked = std::get_if<Blocked>(&stop)) {
        waiting.push_back(core);
        waits.push_back(*blocked);
      }
    }
    if (budget.left == before)
      return deadlock(waits, waiting);
    live = std::move(waiting);
  }
}

template <class Policy>
void Machine::runBlock() {
  if (order.kind == Order::Kind::Program)
    return takeTurns([](Core &core) { return core.resume<Policy>(); });
  std::array<std::optional<OutOfOrder>, Agent::coreCount> running;
  takeTurns([&](Core &core) {
    std::optional<OutOfOrder> &its = running[core.ordinal()];
    return (its ? *its : its.emplace(core, order)).resume();
  });
}

static std::string described(const std::variant<Flag, Signal, BufferToken> &on) {
  if (const auto *flag = std::get_if<Flag>(&on))
    return "the flag " + flag->describe();
  if (const auto *signal = std::get_if<Signal>(&on))
    return "semaphore " + std::to_string(signal->id);
  return "buffer " + std::to_string(std::get<BufferToken>(on).id);
}

void Machine::deadlock(llvm::ArrayRef<Blocked> waits, llvm::ArrayRef<Core *> cores) {
  const auto &first = waits.front().on;
  bool isProgramOrder = order.kind == Order::Kind::Program && std::holds_alternative<Flag>(first);
  std::string words = "waits for " + described(first) +
                      (std::holds_alternative<BufferToken>(first) ? ", which nothing gives back"
                       : isProgramOrder                           ? ", which nothing before it has set"
                                                                  : ", which nothing sets");
  for (auto [wait, core] : llvm::drop_begin(llvm::zip_equal(waits, cores)))
    words += "; " + core->describe() + " waits for " + described(wait.on) + " at " + placeOf(*wait.at);
  noteFault(*cores.front(), *waits.front().at, Fault::Kind::Deadlock, words);
}

void Machine::noteFault(const Core &core, const Instruction &at, Fault::Kind kind, const llvm::Twine &what) {
  std::string where;
  if (cluster.cores().size() > 1)
    where = core.describe();
  if (blockCount > 1)
    where += (where.empty() ? "" : ", ") + llvm::formatv("block {0} of {1}", core.blockIndex, blockCount).str();
  if (core.warp && core.warp->lane >= 0)
    where = core.warp->describe(unsigned(core.warp->lane)) + (where.empty() ? "" : ", ") + where;
  if (!where.empty())
    where = " (" + where + ")";
  report.fault = Fault{kind, (program.nameOf(at) + " " + what + where).str(), program.locationOf(at)};
}

void Machine::noteRead(const Instruction &at, uint64_t pointer) {
  const Instruction *&first = firstReads[*GmPointer::argument(pointer)];
  if (!first)
    first = &at;
}

void Machine::outOfBudget(Core &core, const Instruction &at) {
  std::string words = llvm::formatv("is where the budget of {0} instructions ran out", budget.all);
  size_t index = program.indexOf(at);
  auto loop = llvm::find_if(program.loops, [&](const Span &loop) { return loop.contains(index); });
  if (loop == program.loops.end()) {
    core.fault(at, Fault::Kind::Budget, words);
    return;
  }
  core.fault(at, Fault::Kind::Budget, words + ", in the loop at " + described(loop->location));
  report.fault->location = loop->location;
}

void Machine::warn(const llvm::Twine &what) {
  if (report.warnings.size() < warningLimit)
    report.warnings.push_back(what.str());
}

void Machine::warnOnce(const Instruction &at, const llvm::Twine &what) {
  size_t index = program.indexOf(at);
  if (!isWarnedOf[index])
    warn(program.nameOf(at) + " " + what + ", at " + placeOf(at));
  isWarnedOf[index] = true;
}

void Machine::note(const Core &core, const Instruction &at, const llvm::Twine &what) {
  if (report.notes.size() >= noteLimit)
    return;
  if (report.notes.size() == noteLimit - 1)
    return report.notes.push_back("and more, which is left out");
  std::string where = cluster.cores().size() > 1 ? core.describe() : "";
  if (blockCount > 1)
    where += (where.empty() ? "" : ", ") + llvm::formatv("block {0}", core.blockIndex).str();
  report.notes.push_back(
      (described(program.locationOf(at)) + (where.empty() ? "" : " (" + where + ")") + ": " + what).str());
}

std::string Machine::placeOf(const Instruction &at) const {
  return described(program.locationOf(at));
}

} // namespace pto::sim
