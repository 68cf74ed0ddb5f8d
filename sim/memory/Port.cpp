// The words for what goes wrong on the way to a memory.
#include "sim/memory/Port.h"
#include "sim/check/Hazards.h"
#include "llvm/Support/FormatVariadic.h"
#include <limits>

namespace pto::sim {

int64_t furthest(bool isNegative) {
  return isNegative ? std::numeric_limits<int64_t>::min() : std::numeric_limits<int64_t>::max();
}

static llvm::StringRef verb(Access access) {
  static constexpr llvm::StringLiteral verbs[] = {"reads", "writes", "updates"};
  return verbs[static_cast<size_t>(access)];
}

static std::string outside(const LocalMemory &memory, Access access, int64_t address, int64_t bytes) {
  bool before = address < 0;
  // Negating as unsigned: the most negative address has no positive counterpart.
  uint64_t distance = before ? 0 - uint64_t(address) : uint64_t(address);
  return llvm::formatv("{0} {1} bytes at {2}{3}{4:x}, {5} of {2} ({6} bytes)", verb(access), bytes, memory.name(),
                       before ? "-" : "+", distance, before ? "before the start" : "past the end", memory.capacity());
}

bool edge::isInside(Core &core, const Instruction &at, Access access, Core *owner, MemorySpace space, int64_t address,
                    int64_t bytes) {
  LocalMemory &memory = (owner ? *owner : core).memory(space);
  memory.open();
  if (memory.contains(address, bytes))
    return true;
  if (memory.capacity() == 0)
    core.fault(at, Fault::Kind::Illegal,
               llvm::formatv("{0} {1}, which a {2} core does not have", verb(access), name(space),
                             core.kind == CoreKind::Cube ? "cube" : "vector"));
  else
    core.fault(at, Fault::Kind::OutOfBounds, outside(memory, access, address, bytes));
  return false;
}

std::optional<bool> edge::isInside(Core &core, const Instruction &at, Core *owner, MemorySpace space, int64_t address,
                                   int64_t bytes, Lanes lanes) {
  int64_t first = 0, end = bytes / lanes.bytes;
  while (end > 0 && !lanes.isActive(end - 1))
    --end;
  while (first < end && !lanes.isActive(first))
    ++first;
  if (first == end)
    return std::nullopt;
  return isInside(core, at, Access::Write, owner, space, localAddress(uint64_t(address), first * lanes.bytes),
                  (end - first) * lanes.bytes);
}

std::nullptr_t edge::outsideOfGlobal(Core &core, const Instruction &at, Access access, uint64_t pointer,
                                     int64_t bytes) {
  const Argument *argument = core.machine.gm.owner(pointer);
  int64_t offset = GmPointer::offset(pointer);
  core.fault(at, Fault::Kind::OutOfBounds,
             argument ? llvm::formatv("{0} {1} bytes at byte {2} of argument '{3}', {4} ({5} bytes)", verb(access),
                                      bytes, offset, argument->name, offset < 0 ? "before its start" : "past its end",
                                      argument->buffer.size())
                            .str()
                      : llvm::formatv("{0} {1} bytes of global memory at {2:x}, an address that belongs to no kernel "
                                      "argument",
                                      verb(access), bytes, pointer)
                            .str());
  return nullptr;
}

bool Lanes::areAllActive(int64_t elements) const {
  // Eight bytes of the predicate at a time, of which a lane's first one counts.
  uint64_t all = ~uint64_t(0), first = width == 1   ? 0x0101010101010101
                                       : width == 2 ? 0x0001000100010001
                                       : width == 4 ? 0x0000000100000001
                                                    : 1;
  for (int64_t at = 0; at < elements * width; at += int64_t(sizeof(uint64_t))) {
    uint64_t bytes;
    std::memcpy(&bytes, mask + at, sizeof(bytes));
    all &= bytes;
  }
  return (all & first) == first;
}

bool checks::misaligned(Core &core, const Instruction &at, MemorySpace space, int64_t address, int64_t alignment) {
  core.fault(
      at, Fault::Kind::Misaligned,
      llvm::formatv("accesses {0}+{1:x}, which is not a multiple of {2} bytes", name(space), address, alignment));
  return false;
}

void checks::seeRuns(Core &core, const Touch &touch) {
  MemorySpace space = touch.range.space;
  LocalMemory *written =
      space == MemorySpace::Gm || touch.access == Access::Read ? nullptr : &touch.range.ownerOr(core).memory(space);
  Hazards *hazards = core.machine.hazards.get();
  touch.forEachRun([&](uint64_t address, int64_t bytes) {
    if (written)
      written->markWritten(int64_t(address), bytes);
    if (hazards)
      hazards->see(core, touch, address, bytes);
  });
}

void checks::readOfUnwritten(Core &core, const Touch &touch) {
  const LocalMemory &memory = touch.range.ownerOr(core).memory(touch.range.space);
  auto address = int64_t(touch.address);
  while (memory.isWritten(address, 1))
    ++address;
  core.machine.warnOnce(touch.instruction,
                        llvm::formatv("reads {0}+{1:x}, which nothing has written", memory.name(), address));
}

} // namespace pto::sim
