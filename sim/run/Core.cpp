// The engine's loop, and the words for what can go wrong in it.
#include "sim/run/Core.h"
#include "llvm/Support/FormatVariadic.h"
#include <new>

namespace pto::sim {

static constexpr size_t warningLimit = 32;

static std::string describe(const SourceLocation &location) {
  return location.file.empty() ? std::string("an unknown place")
                               : llvm::formatv("{0}:{1}:{2}", location.file, location.line, location.column).str();
}

static llvm::StringRef verb(Access access) {
  static constexpr llvm::StringLiteral verbs[] = {"reads", "writes", "updates"};
  return verbs[static_cast<size_t>(access)];
}

Core::Core(const Program &program, llvm::ArrayRef<Argument> arguments, const LaunchOptions &options)
    : ub(name(MemorySpace::Ub), program.arch->ub), blockCount(options.blockDim), firstReads(arguments.size()),
      program(program), arguments(arguments), scalars(program.scalarCount), wides(program.wideCount),
      lastSet(Flags::count), warnedUnwritten(program.code.size()), budget(options.instructionBudget),
      left(options.instructionBudget) {}

void Core::reset(uint32_t block) {
  blockIndex = block;
  control = Control();
  if (block != 0) {
    ub.clear();
    flags.clear();
  }
  for (auto [slot, value] : program.constants)
    scalars[slot] = value;
  for (auto [index, parameter] : llvm::enumerate(program.parameters)) {
    uint64_t mask = parameter.bits >= 64 ? ~uint64_t(0) : (uint64_t(1) << parameter.bits) - 1;
    scalars[parameter.slot] =
        parameter.isPointer ? GmPointer::pack(unsigned(index), 0) : arguments[index].scalar & mask;
  }
}

template <Policy P, class After>
void Core::execute(uint32_t block, After after) {
  reset(block);
  const Instruction *next = program.code.data();
  do {
    if (left == 0) {
      outOfBudget(*next);
      break;
    }
    --left;
    const Instruction &at = *next;
    next = at.handlers.by[unsigned(P)](*this, at);
    after(at);
  } while (next);
  report.instructionsExecuted = budget - left - charged;
  if (!report.fault)
    warnOfFlagsLeftSet();
}

template <Policy P>
void Core::run(uint32_t block) {
  execute<P>(block, [](const Instruction &) {});
}

void Core::runObserved(uint32_t block, llvm::function_ref<void(const Instruction &)> after) {
  execute<Policy::Checked>(block, after);
}

template void Core::run<Policy::Fast>(uint32_t);
template void Core::run<Policy::Checked>(uint32_t);

std::optional<uint64_t> Core::movedGm(const Instruction &at, uint64_t pointer, int64_t bytes) {
  std::optional<uint64_t> moved = GmPointer::advance(pointer, bytes);
  if (moved)
    return moved;
  std::optional<unsigned> owner = GmPointer::argument(pointer);
  fault(at, Fault::Kind::OutOfBounds,
        llvm::formatv("moves a pointer at byte {0} of {1} by {2} bytes, further than any buffer reaches",
                      GmPointer::offset(pointer),
                      owner && *owner < arguments.size() ? "argument '" + arguments[*owner].name + "'"
                                                         : std::string("no kernel argument"),
                      bytes));
  return std::nullopt;
}

uint8_t *Core::gm(const Instruction &at, Access access, uint64_t pointer, int64_t bytes, std::optional<int64_t> ub) {
  std::optional<unsigned> owner = GmPointer::argument(pointer);
  int64_t offset = GmPointer::offset(pointer);
  if (!owner || *owner >= arguments.size() || arguments[*owner].isScalar) {
    fault(at, Fault::Kind::OutOfBounds,
          llvm::formatv("{0} {1} bytes of global memory at {2:x}, an address that belongs to no kernel argument",
                        verb(access), bytes, pointer));
    return nullptr;
  }
  const Argument &argument = arguments[*owner];
  int64_t size = int64_t(argument.buffer.size());
  if (offset >= 0 && offset <= size && bytes <= size - offset) {
    if (access != Access::Write && !firstReads[*owner])
      firstReads[*owner] = &at;
    if (access != Access::Read && onGmWrite)
      onGmWrite(pointer, bytes, ub);
    return argument.buffer.data() + offset;
  }
  fault(at, Fault::Kind::OutOfBounds,
        llvm::formatv("{0} {1} bytes at byte {2} of argument '{3}', {4} ({5} bytes)", verb(access), bytes, offset,
                      argument.name, offset < 0 ? "before its start" : "past its end", size));
  return nullptr;
}

const Instruction *Core::setFlag(const Instruction &at, unsigned flag) {
  if (flags.set(flag) > 1)
    warn("sets the flag " + Flag::at(flag).describe() + " again before anything waited for it at " +
         describe(site(at).location));
  lastSet[flag] = &at;
  return &at + 1;
}

const Instruction *Core::waitFlag(const Instruction &at, unsigned flag) {
  if (flags.wait(flag))
    return &at + 1;
  return fault(at, Fault::Kind::Deadlock,
               "waits for the flag " + Flag::at(flag).describe() + ", which nothing before it has set");
}

bool Core::charge(const Instruction &at, int64_t work) {
  if (uint64_t(work) > left) {
    left = 0;
    outOfBudget(at);
    return false;
  }
  left -= uint64_t(work);
  charged += uint64_t(work);
  return true;
}

const Instruction *Core::fault(const Instruction &at, Fault::Kind kind, const llvm::Twine &what) {
  std::string where = blockCount > 1 ? llvm::formatv(" (block {0} of {1})", blockIndex, blockCount).str() : "";
  report.fault = Fault{kind, (opName(at) + " " + what + where).str(), site(at).location};
  return nullptr;
}

const Instruction *Core::outsideOf(const Instruction &at, LocalMemory &memory, Access access, int64_t address,
                                   int64_t bytes) {
  bool before = address < 0;
  // Negating as unsigned: the most negative address has no positive counterpart.
  uint64_t distance = before ? 0 - uint64_t(address) : uint64_t(address);
  return fault(at, Fault::Kind::OutOfBounds,
               llvm::formatv("{0} {1} bytes at {2}{3}{4:x}, {5} of {2} ({6} bytes)", verb(access), bytes, memory.name(),
                             before ? "-" : "+", distance, before ? "before the start" : "past the end",
                             memory.size()));
}

void Core::readOfUnwritten(const Instruction &at, LocalMemory &memory, int64_t address, int64_t bytes) {
  size_t index = &at - program.code.data();
  if (warnedUnwritten[index])
    return;
  warnedUnwritten[index] = true;
  int64_t first = address;
  while (memory.isWritten(first, 1))
    ++first;
  warn(llvm::formatv("{0} reads {1}+{2:x}, which nothing has written, at {3}", opName(at), memory.name(), first,
                     describe(site(at).location)));
}

const Instruction *Core::outOfBudget(const Instruction &at) {
  size_t index = &at - program.code.data();
  for (const Loop &loop : program.loops)
    if (loop.begin <= index && index < loop.end) {
      fault(at, Fault::Kind::Budget,
            llvm::formatv("is where the budget of {0} instructions ran out, in the loop at {1}", budget,
                          describe(loop.location)));
      report.fault->location = loop.location;
      return nullptr;
    }
  return fault(at, Fault::Kind::Budget, llvm::formatv("is where the budget of {0} instructions ran out", budget));
}

void Core::warn(const llvm::Twine &what) {
  if (report.warnings.size() < warningLimit)
    report.warnings.push_back(what.str());
}

void Core::warnOfFlagsLeftSet() {
  for (unsigned flag = 0; flag < Flags::count; ++flag)
    if (flags.pendingSets(flag) != 0)
      warn("the flag " + Flag::at(flag).describe() + " is still set at the end; it was set at " +
           describe(site(*lastSet[flag]).location));
}

} // namespace pto::sim
