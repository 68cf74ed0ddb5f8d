// DMA between global memory and UB, and within UB. Operand lists are in the pool, in the order of the manual.
#include "sim/ops/Atomics.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/DmaTransfer.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/UbAccess.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

namespace pto::sim {

int64_t DmaTransfer::bursts() const {
  int64_t total = 1;
  for (const DmaLevel &level : levels)
    if (__builtin_mul_overflow(total, level.count, &total))
      return std::numeric_limits<int64_t>::max();
  return total;
}

bool DmaTransfer::leavesEverything() const {
  constexpr __int128 limit = GmPointer::offsetLimit;
  __int128 source = 0, destination = 0;
  for (const DmaLevel &level : levels) {
    source += __int128(level.count - 1) * level.sourceStride;
    destination += __int128(level.count - 1) * level.destinationStride;
  }
  return source >= limit || destination >= limit;
}

namespace {

/// The widths of the instructions' fields; what does not fit cannot be encoded.
struct Field {
  const char *name;
  unsigned bits;
};
constexpr Field lenBurst = {"len_burst", 21}, nBurst = {"n_burst", 12}, loopCount = {"a loop's count", 21};
constexpr Field lenBlocks = {"len_burst", 16};
constexpr Field gmStride = {"a stride in gm", 40}, ubStride = {"a stride in ub", 21}, ubGap = {"a gap in ub", 16};
constexpr Field padCount = {"a padding count", 8};

// Reads an instruction's operands in order, and notes the first that is not in its field's range.
class Operands {
public:
  Operands(Core &core, const Instruction &at) : core(core), at(at), next(core.pool(at.immediate)) {}

  uint64_t pointer() { return core.scalar(*next++); }
  uint64_t raw() { return core.scalar(*next++); }
  int64_t number(Field field) {
    int64_t value = int64_t(core.scalar(*next++));
    if (valid && !llvm::isUIntN(field.bits, uint64_t(value))) {
      valid = false;
      core.fault(
          at, Fault::Kind::Illegal,
          llvm::formatv("has {0} = {1}; its field holds 0 to {2}", field.name, value, llvm::maxUIntN(field.bits)));
    }
    return value;
  }
  bool valid = true;

private:
  Core &core;
  const Instruction &at;
  const uint32_t *next;
};

DmaTransfer readTransfer(Operands &operands, Field length, Field sourceStride, Field destinationStride,
                         unsigned loops) {
  DmaTransfer transfer;
  transfer.burstBytes = operands.number(length);
  for (unsigned level = 0; level <= loops; ++level) {
    int64_t count = operands.number(level == 0 ? nBurst : loopCount);
    int64_t source = operands.number(sourceStride);
    transfer.levels.push_back({count, source, operands.number(destinationStride)});
  }
  return transfer;
}

// Whether the transfer has anything to do and may do it.
bool mayRun(Core &core, const Instruction &at, const DmaTransfer &transfer) {
  int64_t bursts = transfer.bursts();
  if (bursts == 0 || transfer.burstBytes == 0)
    return false;
  if (transfer.leavesEverything()) {
    core.fault(at, Fault::Kind::OutOfBounds, "reaches further than any memory with its counts and strides");
    return false;
  }
  int64_t work;
  if (__builtin_mul_overflow(bursts, 1 + transfer.burstBytes / int64_t(registerBytes), &work))
    work = std::numeric_limits<int64_t>::max();
  return core.charge(at, work);
}

// What stands around a burst in its row of UB.
struct Padding {
  static constexpr int64_t limit = blockBytes; ///< of bytes on each side

  int64_t elementBytes = 1, left = 0, right = 0;
  std::optional<uint64_t> value;

  /// Left pad, right pad and filler up to the next block: all with the value, or, without one, with the first element
  /// of the burst.
  void surround(uint8_t *row, const uint8_t *burst, int64_t burstBytes, int64_t rowBytes) const {
    const uint8_t *element = value ? reinterpret_cast<const uint8_t *>(&*value) : burst;
    int64_t size = value ? elementBytes : std::min(elementBytes, burstBytes);
    fill(row, left, element, size);
    fill(row + left + burstBytes, rowBytes - left - burstBytes, element, size);
  }

private:
  static void fill(uint8_t *to, int64_t bytes, const uint8_t *element, int64_t size) {
    for (int64_t i = 0; i < bytes; ++i)
      to[i] = element[i % size];
  }
};

// The operands behind a transfer that has a pad. Operand[1] is the size of the pad value (0: no pad), operand[2] that
// of the pointers' elements.
Padding readPadding(Operands &operands, const Instruction &at) {
  Padding pad;
  pad.elementBytes = at.operand[2];
  if (at.operand[1] == 0)
    return pad;
  int64_t valueBytes = at.operand[1];
  uint64_t value = operands.raw();
  pad.left = operands.number(padCount) * valueBytes;
  pad.right = operands.number(padCount) * valueBytes;
  if (pad.left + pad.right != 0 || !choices::padValueNeedsCounts) {
    pad.value = value;
    pad.elementBytes = valueBytes;
  }
  return pad;
}

bool isLegal(Core &core, const Instruction &at, const Padding &pad) {
  for (auto [side, bytes] : {std::pair("left", pad.left), std::pair("right", pad.right)})
    if (bytes > Padding::limit) {
      core.fault(at, Fault::Kind::Illegal,
                 llvm::formatv("pads {0} bytes on the {1}; a pad has at most {2}", bytes, side, Padding::limit));
      return false;
    }
  return true;
}

} // namespace

// mte_gm_ub: bursts from gm into rows of UB. A row is the left pad, the burst, the right pad, and filler up to the next
// 32 bytes. Rows start at blocks; bursts that follow each other without a gap need to only at the first of them.
// Instruction: operand[0] counts loops; the others are those of readPadding.
template <Policy P>
static const Instruction *gmToUb(Core &core, const Instruction &at) {
  Operands operands(core, at);
  uint64_t source = operands.pointer(), destination = operands.pointer();
  DmaTransfer transfer = readTransfer(operands, lenBurst, gmStride, ubStride, at.operand[0]);
  Padding pad = readPadding(operands, at);
  if (!operands.valid || !isLegal(core, at, pad))
    return nullptr;
  if (!mayRun(core, at, transfer))
    return core.report.fault ? nullptr : &at + 1;

  int64_t used = pad.left + transfer.burstBytes + pad.right;
  const DmaLevel &rows = transfer.levels[0];
  bool isGapless = rows.destinationStride == used && used == transfer.burstBytes;
  int64_t row = 0;
  forEachBurst(transfer, [&](int64_t sourceOffset, int64_t destinationOffset) {
    std::optional<uint64_t> pointer = core.movedGm(at, source, sourceOffset);
    const uint8_t *from = pointer ? core.gm(at, Access::Read, *pointer, transfer.burstBytes) : nullptr;
    if (!from)
      return false;
    int64_t address = addressAt(destination, destinationOffset, 1);
    int64_t tail = llvm::alignTo(uint64_t(address) + uint64_t(used), blockBytes) - (uint64_t(address) + uint64_t(used));
    uint8_t *to = writeUb<P>(core, at, address, used + tail);
    bool mayBeAnywhere = isGapless && row++ % rows.count != 0;
    if (!to || !(mayBeAnywhere || isAligned<P>(core, at, address, blockBytes)))
      return false;
    pad.surround(to, from, transfer.burstBytes, used + tail);
    std::memcpy(to + pad.left, from, size_t(transfer.burstBytes));
    return true;
  });
  return core.report.fault ? nullptr : &at + 1;
}

static std::string whyNotAtomic(const Control &control, const AtomicStore *atomic, int64_t burstBytes) {
  if (!atomic)
    return llvm::formatv(
        "finds type {0} and operation {1} in CTRL's bits 8 to 6 and 10 to 9; there are the types 1 to 6 "
        "and the operations 0 to 2",
        control.atomicType(), control.atomicOperation());
  return llvm::formatv("has len_burst = {0}, which is no multiple of the {1} bytes of CTRL's atomic type", burstBytes,
                       atomic->elementBytes);
}

// mte_ub_gm: bursts from rows of UB into gm, combined with what is there if CTRL says so. Instruction: operand[0]
// counts loops.
template <Policy P>
static const Instruction *ubToGm(Core &core, const Instruction &at) {
  Operands operands(core, at);
  uint64_t source = operands.pointer(), destination = operands.pointer();
  DmaTransfer transfer = readTransfer(operands, lenBurst, ubStride, gmStride, at.operand[0]);
  if (!operands.valid)
    return nullptr;
  const AtomicStore *atomic = nullptr;
  if (core.control.atomicType() != 0) {
    atomic = atomicStore(core.control);
    if (!atomic || transfer.burstBytes % atomic->elementBytes != 0)
      return core.fault(at, Fault::Kind::Illegal, whyNotAtomic(core.control, atomic, transfer.burstBytes));
  }
  if (!mayRun(core, at, transfer))
    return core.report.fault ? nullptr : &at + 1;

  forEachBurst(transfer, [&](int64_t sourceOffset, int64_t destinationOffset) {
    int64_t address = addressAt(source, sourceOffset, 1);
    const uint8_t *from = readUb<P>(core, at, address, transfer.burstBytes);
    if (!from || !isAligned<P>(core, at, address, blockBytes))
      return false;
    std::optional<uint64_t> pointer = core.movedGm(at, destination, destinationOffset);
    Access access = atomic ? Access::Update : Access::Write;
    uint8_t *to = pointer ? core.gm(at, access, *pointer, transfer.burstBytes, address) : nullptr;
    if (!to)
      return false;
    if (!atomic)
      std::memcpy(to, from, size_t(transfer.burstBytes));
    else
      for (int64_t i = 0; i < transfer.burstBytes; i += atomic->elementBytes)
        atomic->combine(to + i, from + i);
    return true;
  });
  return core.report.fault ? nullptr : &at + 1;
}

// mte_ub_ub: lengths and gaps are in 32-byte units; the next burst starts a gap behind the end of this one.
template <Policy P>
static const Instruction *ubToUb(Core &core, const Instruction &at) {
  Operands operands(core, at);
  uint64_t source = operands.pointer(), destination = operands.pointer();
  DmaTransfer transfer = readTransfer(operands, lenBlocks, ubGap, ubGap, 0);
  if (!operands.valid)
    return nullptr;
  constexpr int64_t unit = blockBytes;
  transfer.burstBytes *= unit;
  DmaLevel &bursts = transfer.levels[0];
  bursts.sourceStride = transfer.burstBytes + bursts.sourceStride * unit;
  bursts.destinationStride = transfer.burstBytes + bursts.destinationStride * unit;
  if (!mayRun(core, at, transfer))
    return core.report.fault ? nullptr : &at + 1;

  forEachBurst(transfer, [&](int64_t sourceOffset, int64_t destinationOffset) {
    int64_t from = addressAt(source, sourceOffset, 1), to = addressAt(destination, destinationOffset, 1);
    const uint8_t *bytes = readUb<P>(core, at, from, transfer.burstBytes);
    if (!bytes || !isAligned<P>(core, at, from, blockBytes))
      return false;
    uint8_t *target = writeUb<P>(core, at, to, transfer.burstBytes);
    if (!target || !isAligned<P>(core, at, to, blockBytes))
      return false;
    std::memmove(target, bytes, size_t(transfer.burstBytes));
    return true;
  });
  return core.report.fault ? nullptr : &at + 1;
}

void declareDma(OpTable &table) {
  constexpr Policy fast = Policy::Fast, checked = Policy::Checked;
  table.add("pto.mte_gm_ub", "", LaneType::None, {gmToUb<fast>, gmToUb<checked>});
  table.add("pto.mte_ub_gm", "", LaneType::None, {ubToGm<fast>, ubToGm<checked>});
  table.add("pto.mte_ub_ub", "", LaneType::None, {ubToUb<fast>, ubToUb<checked>});
}

} // namespace pto::sim
