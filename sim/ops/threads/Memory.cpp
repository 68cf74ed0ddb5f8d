// Single elements between memory and the registers of threads, and atomics, which the scalar unit has as well. Lanes
// are looked at in ascending order; those that follow each other in memory are one range.
#include "sim/check/LaneStores.h"
#include "sim/check/ThreadRaces.h"
#include "sim/memory/Port.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/Pointers.h"
#include "sim/ops/Units.h"
#include "sim/ops/threads/Atomic.h"

namespace pto::sim {

namespace {

/// Where the lanes of a warp access a memory.
class LaneAddresses {
public:
  // Operands pointer and offset; a PointerStep is carried.
  LaneAddresses(Warp &warp, const Instruction &at) : step(at.carried<PointerStep>()) {
    pointer = warp.at(at.operand[0]);
    offset = warp.at(at.operand[1]);
    for (unsigned i = 0; i < warpSize; ++i)
      wrapped[i] = pointer[i] + offset[i] * step.elementBytes;
  }

  int64_t bytes() const { return step.elementBytes; }

  template <MemorySpace Space>
  Range range(unsigned lane, unsigned count) const {
    return {.space = Space,
            .base = pointer[lane],
            .offset = step.distance(offset[lane]),
            .bytes = int64_t(count) * step.elementBytes,
            .alignment = Space == MemorySpace::Gm ? 1 : step.elementBytes};
  }

  /// How many lanes from there on, of those that are active, are next to each other.
  unsigned rowFrom(unsigned lane, uint32_t active) const {
    unsigned longest = unsigned(std::countr_one(active >> lane));
    // An offset that is out of every reach could come around to the same address.
    constexpr uint64_t reach = uint64_t(1) << 40;
    uint64_t differs = 0;
    for (unsigned i = 0; i < warpSize; ++i)
      differs |= (wrapped[i] ^ (wrapped[0] + i * step.elementBytes)) | (offset[i] + reach) >> 41;
    if (differs == 0 && longest == warpSize)
      return warpSize;
    unsigned count = 1;
    while (count < longest && wrapped[lane + count] == wrapped[lane] + count * step.elementBytes &&
           (offset[lane + count] + reach) >> 41 == 0 && (offset[lane] + reach) >> 41 == 0)
      ++count;
    return count;
  }
  /// Whether all lanes read one element.
  bool areOne() const {
    uint64_t differs = 0;
    for (unsigned i = 0; i < warpSize; ++i)
      differs |= (pointer[i] ^ pointer[0]) | (offset[i] ^ offset[0]);
    return differs == 0;
  }

private:
  PointerStep step;
  const uint64_t *pointer, *offset;
  uint64_t wrapped[warpSize];
};

/// Calls `run(bytes type)` for an element's size.
template <class Run>
void withSize(int64_t bytes, Run run) {
  switch (bytes) {
  case 1:
    return run(uint8_t());
  case 2:
    return run(uint16_t());
  case 4:
    return run(uint32_t());
  default:
    return run(uint64_t());
  }
}

/// What an update is told from others by: not 0, and none that a transfer makes.
uint16_t combinationOf(AtomicOperation operation, AtomicType type) {
  bool exchanges = operation == AtomicOperation::Exch || operation == AtomicOperation::Cas;
  return uint16_t(0x100 | (exchanges ? Range::exchanges : 0) | unsigned(type) << 4 | unsigned(operation));
}

/// Threads of other warps may access these bytes too.
template <class P, MemorySpace Space>
void noteAccess(Core &core, const Instruction &at, ThreadRaces::Kind kind, const Range &range) {
  if constexpr (isSeen<P>)
    if (ThreadRaces *races = core.machine.threadRaces.get(); races && core.warp->dims->count() > warpSize)
      races->see(core, at, kind,
                 Space == MemorySpace::Gm ? *GmPointer::advance(range.base, range.offset)
                                          : uint64_t(localAddress(range.base, range.offset)),
                 range);
}

/// Calls `access(range, lane, count)` for the active lanes in order, as far as it says true.
template <MemorySpace Space, class P, class Access>
bool forEachRow(Core &core, const Instruction &at, const LaneAddresses &addresses, Access access) {
  Warp &warp = *core.warp;
  Port<P> port(core, at);
  for (uint32_t left = warp.active; left;) {
    auto lane = unsigned(std::countr_zero(left));
    unsigned count = addresses.rowFrom(lane, left);
    warp.lane = int(lane);
    // One by one where the row leaves its memory, so that the fault is that of the thread that does.
    if (Range row = addresses.range<Space>(lane, count); count > 1 && !port.holds(row))
      count = 1;
    if (!access(port, addresses.range<Space>(lane, count), lane, count))
      return false;
    left = count == warpSize ? 0 : left & ~(((uint32_t(1) << count) - 1) << lane);
  }
  warp.lane = -1;
  return true;
}

/// Elements in a row, from memory to lanes.
template <class T>
void readRow(const uint8_t *from, uint64_t *__restrict to, unsigned count) {
  for (unsigned i = 0; i < count; ++i) {
    T value;
    std::memcpy(&value, from + i * sizeof(T), sizeof(T));
    to[i] = value;
  }
}

/// Elements in a row, from lanes to memory; where somebody asks, which of them change what is there, a bit for each.
template <class T, bool Asks>
uint32_t writeRow(const uint64_t *__restrict from, uint8_t *__restrict to, unsigned count) {
  uint32_t changed = 0;
  for (unsigned i = 0; i < count; ++i) {
    T value = T(from[i]), old = 0;
    if constexpr (Asks)
      std::memcpy(&old, to + i * sizeof(T), sizeof(T));
    changed |= uint32_t(value != old) << i;
    std::memcpy(to + i * sizeof(T), &value, sizeof(T));
  }
  return changed;
}

// load, ldg: operands pointer, offset.
template <MemorySpace Space>
struct LoadLanes {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    Warp &warp = *core.warp;
    LaneAddresses addresses(warp, at);
    uint64_t *to = warp.at(at.result[0]);
    auto load = [&](Port<P> &port, const Range &range, unsigned lane, unsigned count) {
      const uint8_t *from = port.read(range);
      if (!from)
        return false;
      withSize(addresses.bytes(), [&]<class T>(T) { readRow<T>(from, to + lane, count); });
      noteAccess<P, Space>(core, at, ThreadRaces::Kind::Read, range);
      return true;
    };
    if (!addresses.areOne())
      return forEachRow<Space, P>(core, at, addresses, load) ? &at + 1 : nullptr;
    warp.lane = std::countr_zero(warp.active);
    Port<P> port(core, at);
    if (!load(port, addresses.range<Space>(unsigned(warp.lane), 1), 0, 1))
      return nullptr;
    std::fill_n(to, warpSize, to[0]);
    warp.lane = -1;
    return &at + 1;
  }
};

// store, stg: operands pointer, offset, value. Where lanes write to one place, the last one stays.
template <MemorySpace Space>
struct StoreLanes {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    LaneAddresses addresses(*core.warp, at);
    const uint64_t *from = core.warp->at(at.operand[2]);
    [[maybe_unused]] std::conditional_t<isSeen<P>, LaneStores<warpSize>, std::monostate> stores;
    auto store = [&](Port<P> &port, const Range &range, unsigned lane, unsigned count) {
      uint32_t changed = isSeen<P> ? firstWrites(core, range, count) : 0;
      uint8_t *to = port.write(range);
      if (!to)
        return false;
      withSize(addresses.bytes(), [&]<class T>(T) { changed |= writeRow<T, isSeen<P>>(from + lane, to, count); });
      if constexpr (isSeen<P>) {
        noteStores<P>(core, at, range, count, changed);
        for (unsigned i = 0; i < count; ++i)
          stores.add(lane + i, to + i * addresses.bytes(), from[lane + i]);
      }
      return true;
    };
    if (!forEachRow<Space, P>(core, at, addresses, store))
      return nullptr;
    if constexpr (isSeen<P>)
      stores.check(
          core, at, addresses.bytes(), [&](size_t lane) { return core.warp->describe(unsigned(lane)); },
          [&](size_t lane) { return place(core, addresses.range<Space>(unsigned(lane), 1)); });
    return &at + 1;
  }

  static std::string place(const Core &core, const Range &range) {
    if constexpr (Space != MemorySpace::Gm)
      return llvm::formatv("{0}+{1:x}", name(Space), localAddress(range.base, range.offset));
    uint64_t pointer = *GmPointer::advance(range.base, range.offset);
    return llvm::formatv("byte {0} of '{1}'", GmPointer::offset(pointer),
                         core.machine.gm.nameOf(*GmPointer::argument(pointer)));
  }

  // Whatever is stored then is new: the elements of a row that nothing has written, a bit for each.
  static uint32_t firstWrites(Core &core, const Range &range, unsigned count) {
    if constexpr (Space == MemorySpace::Gm)
      return 0;
    LocalMemory &memory = core.memory(Space);
    int64_t address = localAddress(range.base, range.offset), bytes = range.bytes / count;
    if (!memory.contains(address, range.bytes) || memory.isWritten(address, range.bytes))
      return 0;
    uint32_t first = 0;
    for (unsigned i = 0; i < count; ++i)
      first |= uint32_t(!memory.isWritten(address + i * bytes, bytes)) << i;
    return first;
  }

  template <class P>
  static void noteStores(Core &core, const Instruction &at, const Range &row, unsigned count, uint32_t changed) {
    int64_t bytes = row.bytes / count;
    for (unsigned from = 0, run; from < count; from += run) {
      bool changes = changed >> from & 1;
      run = unsigned(changes ? std::countr_one(changed >> from) : std::countr_zero(changed >> from));
      run = std::min(run, count - from);
      Range part = row;
      part.offset += from * bytes, part.bytes = run * bytes;
      noteAccess<P, Space>(core, at, changes ? ThreadRaces::Kind::Change : ThreadRaces::Kind::Repeat, part);
    }
  }
};

// atomic_*: operands pointer, value; of cas pointer, compare, value. An AtomicOperands is carried.
template <class Unit, MemorySpace Space>
struct AtomicLanes {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    auto [operation, type, bytes] = at.carried<AtomicOperands>();
    bool isCas = operation == AtomicOperation::Cas;
    AtomicFunction update = atomicFunction(operation, type);
    bool isDone = Unit::forEach(core, [&, operation = operation, type = type, bytes = bytes](unsigned lane) {
      Range element{.space = Space,
                    .base = Unit::lane(core, at.operand[0], lane),
                    .bytes = bytes,
                    .alignment = Space == MemorySpace::Gm ? 1 : bytes,
                    .atomic = combinationOf(operation, type)};
      uint8_t *to = Port<P>(core, at).update(element);
      if (!to)
        return false;
      if constexpr (std::is_same_v<Unit, EachThread>)
        noteAccess<P, Space>(core, at, ThreadRaces::Kind::Atomic, element);
      uint64_t old = 0;
      std::memcpy(&old, to, bytes);
      uint64_t value = Unit::lane(core, at.operand[isCas ? 2 : 1], lane);
      uint64_t made = !isCas ? update(old, value) : old == Unit::lane(core, at.operand[1], lane) ? value : old;
      std::memcpy(to, &made, bytes);
      Unit::lane(core, at.result[0], lane) = old;
      return true;
    });
    return isDone ? &at + 1 : nullptr;
  }
};

// addptr: operands pointer, offset; carries a PointerStep.
template <MemorySpace Space>
const Instruction *advance(Core &core, const Instruction &at) {
  auto step = at.carried<PointerStep>();
  bool isDone = EachThread::forEach(core, [&](unsigned lane) {
    uint64_t pointer = EachThread::lane(core, at.operand[0], lane);
    int64_t distance = step.distance(EachThread::lane(core, at.operand[1], lane));
    std::optional<uint64_t> moved = Space == MemorySpace::Gm ? core.movedGm(at, pointer, distance)
                                                             : std::optional(uint64_t(localAddress(pointer, distance)));
    EachThread::lane(core, at.result[0], lane) = moved.value_or(0);
    return moved.has_value();
  });
  return isDone ? &at + 1 : nullptr;
}

template <MemorySpace Space>
void declareSpace(OpTables &tables) {
  llvm::StringRef space = name(Space);
  for (llvm::StringRef op : {"pto.load", "pto.load_scalar", "pto.ldg"})
    tables.threads.add(op, space, Code::accessing<LoadLanes<Space>>(Pipe::V));
  for (llvm::StringRef op : {"pto.store", "pto.store_scalar", "pto.stg"})
    tables.threads.add(op, space, Code::accessing<StoreLanes<Space>>(Pipe::V));
  for (llvm::StringRef op : atomicNames) {
    tables.core.add(op, space, Code::accessing<AtomicLanes<OneScalar, Space>>(Pipe::S));
    tables.threads.add(op, space, Code::accessing<AtomicLanes<EachThread, Space>>(Pipe::V));
  }
  tables.threads.add("pto.addptr", Space == MemorySpace::Gm ? "gm" : "local", Code(Pipe::V, advance<Space>));
}

} // namespace

void declareThreadMemory(OpTables &tables) {
  declareSpace<MemorySpace::Ub>(tables);
  declareSpace<MemorySpace::Gm>(tables);
}

} // namespace pto::sim
