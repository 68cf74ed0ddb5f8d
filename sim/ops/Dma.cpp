// DMA between global memory and UB, and within UB. Operand lists are in the pool, in the order of the manual.
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
constexpr Field lenBurst = {"len_burst", 16}, nBurst = {"n_burst", 16}, loopCount = {"a loop's count", 21};
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

DmaTransfer readTransfer(Operands &operands, Field sourceStride, Field destinationStride, unsigned loops) {
  DmaTransfer transfer;
  transfer.burstBytes = operands.number(lenBurst);
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

struct Padding {
  bool present = false;
  uint64_t value = 0;
  int64_t elementBytes = 1, left = 0, right = 0;

  void fill(uint8_t *to, int64_t bytes) const {
    for (int64_t i = 0; i < bytes; ++i)
      to[i] = uint8_t(value >> (8 * (i % elementBytes)));
  }
};

} // namespace

// mte_gm_ub: bursts from gm into rows of UB. With pad, a row is `left` elements of padding, the burst, `right`
// elements, and then padding up to the next row; where rows lie closer than that, up to the next 32 bytes.
// Instruction: operand[0] counts loops, operand[1] is the size of the pad value (0: no pad).
template <Policy P>
static const Instruction *gmToUb(Core &core, const Instruction &at) {
  Operands operands(core, at);
  uint64_t source = operands.pointer(), destination = operands.pointer();
  DmaTransfer transfer = readTransfer(operands, gmStride, ubStride, at.operand[0]);
  Padding pad;
  if (at.operand[1] != 0) {
    pad.present = true;
    pad.elementBytes = at.operand[1];
    pad.value = operands.raw();
    pad.left = operands.number(padCount) * pad.elementBytes;
    pad.right = operands.number(padCount) * pad.elementBytes;
  }
  if (!operands.valid)
    return nullptr;
  if (!mayRun(core, at, transfer))
    return core.report.fault ? nullptr : &at + 1;

  int64_t used = pad.left + transfer.burstBytes + pad.right;
  int64_t pitch = transfer.levels[0].destinationStride;
  int64_t row = !pad.present ? used : pitch >= used ? pitch : int64_t(llvm::alignTo(used, blockBytes));
  forEachBurst(transfer, [&](int64_t sourceOffset, int64_t destinationOffset) {
    std::optional<uint64_t> pointer = core.movedGm(at, source, sourceOffset);
    const uint8_t *from = pointer ? core.gm(at, Access::Read, *pointer, transfer.burstBytes) : nullptr;
    if (!from)
      return false;
    int64_t address = addressAt(destination, destinationOffset, 1);
    uint8_t *to = writeUb<P>(core, at, address, row);
    if (!to || !isAligned<P>(core, at, address, blockBytes))
      return false;
    pad.fill(to, pad.left);
    std::memcpy(to + pad.left, from, size_t(transfer.burstBytes));
    pad.fill(to + pad.left + transfer.burstBytes, row - pad.left - transfer.burstBytes);
    return true;
  });
  return core.report.fault ? nullptr : &at + 1;
}

// mte_ub_gm: bursts from rows of UB into gm. Instruction: operand[0] counts loops.
template <Policy P>
static const Instruction *ubToGm(Core &core, const Instruction &at) {
  Operands operands(core, at);
  uint64_t source = operands.pointer(), destination = operands.pointer();
  DmaTransfer transfer = readTransfer(operands, ubStride, gmStride, at.operand[0]);
  if (!operands.valid)
    return nullptr;
  if (!mayRun(core, at, transfer))
    return core.report.fault ? nullptr : &at + 1;

  forEachBurst(transfer, [&](int64_t sourceOffset, int64_t destinationOffset) {
    int64_t address = addressAt(source, sourceOffset, 1);
    const uint8_t *from = readUb<P>(core, at, address, transfer.burstBytes);
    if (!from || !isAligned<P>(core, at, address, blockBytes))
      return false;
    std::optional<uint64_t> pointer = core.movedGm(at, destination, destinationOffset);
    uint8_t *to = pointer ? core.gm(at, Access::Write, *pointer, transfer.burstBytes, address) : nullptr;
    if (!to)
      return false;
    std::memcpy(to, from, size_t(transfer.burstBytes));
    return true;
  });
  return core.report.fault ? nullptr : &at + 1;
}

// mte_ub_ub: lengths and gaps are in 32-byte units; the next burst starts a gap behind the end of this one.
template <Policy P>
static const Instruction *ubToUb(Core &core, const Instruction &at) {
  Operands operands(core, at);
  uint64_t source = operands.pointer(), destination = operands.pointer();
  DmaTransfer transfer = readTransfer(operands, ubGap, ubGap, 0);
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
