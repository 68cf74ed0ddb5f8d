// DMA between global memory and UB, and within UB.
#include "sim/memory/Port.h"
#include "sim/ops/Atomics.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/DmaTransfer.h"
#include "sim/ops/OpTable.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

namespace pto::sim {

namespace {

constexpr DmaField lenBurst = {"len_burst", 21}, lenBlocks = {"len_burst", 16};
constexpr DmaField gmStride = {"a stride in gm", 40}, ubStride = {"a stride in ub", 21}, ubGap = {"a gap in ub", 16};

// mte_gm_ub, mte_gm_l1: bursts from gm into rows of UB or L1. A row is the left pad, the burst, the right pad, and
// filler up to the next 32 bytes. Rows start at blocks; bursts that follow each other without a gap need to only at the
// first of them.
template <MemorySpace To>
struct GmToLocal {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    std::optional<DmaTransfer> transfer = DmaTransfer::read(core, at, {lenBurst, gmStride, ubStride});
    if (!transfer)
      return nullptr;
    const DmaTransfer::Padding &padding = transfer->padding;
    const DmaTransfer::Level &rows = transfer->levels[0];
    int64_t used = padding.left + transfer->burstBytes + padding.right;
    bool isGapless = rows.destinationStride == used && used == transfer->burstBytes;
    int64_t row = 0;
    Port<P> port(core, at);
    return transfer->run(core, at, MemorySpace::Gm, To, [&](const Range &source, Range destination) {
      const uint8_t *from = port.read(source);
      if (!from)
        return false;
      uint64_t end = uint64_t(localAddress(destination.base, destination.offset)) + uint64_t(used);
      destination.bytes = used + int64_t(llvm::alignTo(end, blockBytes) - end);
      if (isGapless && row++ % rows.count != 0)
        destination.alignment = 1;
      uint8_t *to = port.write(destination);
      if (!to)
        return false;
      padding.surround(to, from, source.bytes, destination.bytes);
      std::memcpy(to + padding.left, from, size_t(source.bytes));
      return true;
    });
  }
};

std::string whyNotAtomic(const Control &control, const AtomicStore *atomic, int64_t burstBytes) {
  if (!atomic)
    return llvm::formatv(
        "finds type {0} and operation {1} in CTRL's bits 8 to 6 and 10 to 9; there are the types 1 to 6 "
        "and the operations 0 to 2",
        control.atomicType(), control.atomicOperation());
  return llvm::formatv("has len_burst = {0}, which is no multiple of the {1} bytes of CTRL's atomic type", burstBytes,
                       atomic->elementBytes);
}

// mte_ub_gm: bursts from rows of UB into gm, combined with what is there if CTRL says so.
struct UbToGm {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    std::optional<DmaTransfer> transfer = DmaTransfer::read(core, at, {lenBurst, ubStride, gmStride});
    if (!transfer)
      return nullptr;
    const AtomicStore *atomic = nullptr;
    if (core.control.atomicType() != 0) {
      atomic = atomicStore(core.control);
      if (!atomic || transfer->burstBytes % atomic->elementBytes != 0)
        return core.fault(at, Fault::Kind::Illegal, whyNotAtomic(core.control, atomic, transfer->burstBytes));
    }
    Port<P> port(core, at);
    return transfer->run(core, at, MemorySpace::Ub, MemorySpace::Gm,
                         [&](const Range &source, const Range &destination) {
                           const uint8_t *from = port.read(source);
                           uint8_t *to = !from ? nullptr : atomic ? port.update(destination) : port.write(destination);
                           if (!to)
                             return false;
                           if (!atomic)
                             std::memcpy(to, from, size_t(source.bytes));
                           else
                             for (int64_t i = 0; i < source.bytes; i += atomic->elementBytes)
                               atomic->combine(to + i, from + i);
                           return true;
                         });
  }
};

// Another core of the cluster, or null after a fault: the kernel does not run on it.
Core *partner(Core &core, const Instruction &at, MemorySpace space, uint64_t index) {
  const Cluster &cluster = core.machine.cluster;
  bool isVector = space == MemorySpace::Ub;
  Core *found = !isVector ? cluster.cube.get() : index < cluster.vector.size() ? cluster.vector[index].get() : nullptr;
  if (!found)
    core.fault(at, Fault::Kind::Illegal,
               llvm::formatv("moves bytes to {0}, which the kernel does not run on",
                             isVector ? llvm::formatv("vector core {0}", int64_t(index)).str() : "a cube core"));
  return found;
}

// mte_ub_ub, mte_ub_l1, mte_l1_ub and their older forms: lengths and gaps are in 32-byte units; the next burst starts a
// gap behind the end of this one. Loops around them count bytes. What lies in another core's memory is that of the
// vector core whose number is given, the first one without, or of the cube core.
template <MemorySpace From, MemorySpace To>
struct LocalCopy {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    std::optional<DmaTransfer> transfer = DmaTransfer::read(core, at, {lenBlocks, ubGap, ubGap});
    if (!transfer)
      return nullptr;
    Core *owner = nullptr;
    if constexpr (From != To) {
      auto index = at.carried<const DmaOperands *>()->partner;
      if (!(owner = partner(core, at, To, To == MemorySpace::Ub && index ? core.scalar(*index) : 0)))
        return nullptr;
    }
    transfer->burstBytes *= blockBytes;
    DmaTransfer::Level &bursts = transfer->levels[0];
    for (int64_t *stride : {&bursts.sourceStride, &bursts.destinationStride})
      *stride = transfer->burstBytes + *stride * int64_t(blockBytes);
    Port<P> port(core, at);
    return transfer->run(core, at, From, To, [&](const Range &source, Range destination) {
      const uint8_t *from = port.read(source);
      destination.owner = owner;
      uint8_t *to = from ? port.write(destination) : nullptr;
      if (to)
        std::memmove(to, from, size_t(source.bytes));
      return to != nullptr;
    });
  }
};

// set_loop_size_*, set_loop1_stride_*, set_loop2_stride_*, set_mov_pad_val: what the older copies read.
bool fits(Core &core, const Instruction &at, unsigned operand, DmaField field) {
  auto value = int64_t(core.scalar(at.operand[operand]));
  if (llvm::isUIntN(field.bits, uint64_t(value)))
    return true;
  core.fault(at, Fault::Kind::Illegal,
             llvm::formatv("has {0} = {1}; its field holds 0 to {2}", field.name, value, llvm::maxUIntN(field.bits)));
  return false;
}

template <CopyLoops CopyRegisters::*Way>
const Instruction *setLoopSizes(Core &core, const Instruction &at) {
  for (unsigned loop : {0, 1}) {
    if (!fits(core, at, loop, {"a loop's count", 21}))
      return nullptr;
    (core.control.copies.*Way).loops[loop].count = int64_t(core.scalar(at.operand[loop]));
  }
  return &at + 1;
}

template <CopyLoops CopyRegisters::*Way, unsigned Loop>
const Instruction *setLoopStrides(Core &core, const Instruction &at) {
  constexpr bool fromGm = Way == &CopyRegisters::gmToUb;
  if (!fits(core, at, 0, fromGm ? gmStride : ubStride) || !fits(core, at, 1, fromGm ? ubStride : gmStride))
    return nullptr;
  CopyLoops::Loop &loop = (core.control.copies.*Way).loops[Loop];
  loop.sourceStride = int64_t(core.scalar(at.operand[0]));
  loop.destinationStride = int64_t(core.scalar(at.operand[1]));
  return &at + 1;
}

const Instruction *setPadValue(Core &core, const Instruction &at) {
  core.control.copies.padValue = core.scalar(at.operand[0]);
  return &at + 1;
}

template <CopyLoops CopyRegisters::*Way>
void addLoops(OpTable &table, const std::string &way) {
  table.add("pto.set_loop_size_" + way, Code(Pipe::S, setLoopSizes<Way>));
  table.add("pto.set_loop1_stride_" + way, Code(Pipe::S, setLoopStrides<Way, 0>));
  table.add("pto.set_loop2_stride_" + way, Code(Pipe::S, setLoopStrides<Way, 1>));
}

} // namespace

void declareDma(OpTable &table) {
  constexpr MemorySpace Ub = MemorySpace::Ub, L1 = MemorySpace::L1;
  table.add("pto.copy_gm_to_ubuf", Code::accessing<GmToLocal<Ub>>(Pipe::Mte2));
  table.add("pto.copy_ubuf_to_gm", Code::accessing<UbToGm>(Pipe::Mte3));
  table.add("pto.copy_ubuf_to_ubuf", Code::accessing<LocalCopy<Ub, Ub>>(Pipe::V));
  addLoops<&CopyRegisters::gmToUb>(table, "outtoub");
  addLoops<&CopyRegisters::ubToGm>(table, "ubtoout");
  table.add("pto.set_mov_pad_val", Code(Pipe::S, setPadValue));
  table.add("pto.mte_gm_ub", Code::accessing<GmToLocal<Ub>>(Pipe::Mte2));
  for (llvm::StringRef op : {"pto.mte_gm_l1", "pto.copy_gm_to_cbuf"})
    table.add(op, Code::accessing<GmToLocal<L1>>(Pipe::Mte2));
  table.add("pto.mte_ub_gm", Code::accessing<UbToGm>(Pipe::Mte3));
  table.add("pto.mte_ub_ub", Code::accessing<LocalCopy<Ub, Ub>>(Pipe::V));
  for (llvm::StringRef op : {"pto.mte_ub_l1", "pto.copy_ubuf_to_cbuf"})
    table.add(op, Code::accessing<LocalCopy<Ub, L1>>(Pipe::Mte3));
  for (llvm::StringRef op : {"pto.mte_l1_ub", "pto.copy_cbuf_to_ubuf"})
    table.add(op, Code::accessing<LocalCopy<L1, Ub>>(Pipe::Mte1));
}

} // namespace pto::sim
