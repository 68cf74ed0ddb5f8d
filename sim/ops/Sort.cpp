// Sorting in UB.
#include "sim/ops/Sort.h"
#include "sim/check/Hazards.h"
#include "sim/machine/RegisterLanes.h"
#include "sim/memory/Port.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/Records.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <bit>

namespace pto::sim {

namespace {

Range ub(uint64_t base, int64_t offset, int64_t bytes, int64_t alignment) {
  return {.space = MemorySpace::Ub, .base = base, .offset = offset, .bytes = bytes, .alignment = alignment};
}

// vbitsort: operands destination, scores, indices, how often. Each time sorts the next 32 scores into records.
template <ScalarFloat Type>
struct SortScores {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    int64_t repeats = int64_t(core.scalar(at.operand[3]));
    if (repeats < 0 || repeats > 255)
      return core.fault(at, Fault::Kind::Illegal, llvm::formatv("sorts {0} times; its field holds 0 to 255", repeats));
    Port<P> port(core, at);
    for (int64_t k = 0; k < repeats; ++k) {
      auto reach = [&](unsigned operand, int64_t elementBytes) {
        return ub(core.scalar(at.operand[operand]), k * recordsAtOnce * elementBytes, recordsAtOnce * elementBytes,
                  blockBytes);
      };
      const uint8_t *scores = port.read(reach(1, scoreBytes(Type)));
      const uint8_t *indices = scores ? port.read(reach(2, 4)) : nullptr;
      if (!indices)
        return nullptr;
      uint8_t *to = port.write(reach(0, recordBytes));
      if (!to)
        return nullptr;
      sortRecords(Type, scores, indices, recordsAtOnce, to);
    }
    return core.charge(at, 8 * repeats) ? &at + 1 : nullptr;
  }
};

/// A merge out of its registers.
struct Merge {
  uint64_t destination;
  std::array<uint64_t, listCount> lists;
  std::array<int64_t, listCount> lengths;
  int64_t repeats;
  unsigned mask;
  bool stopsAtEnd; ///< of the first list that ends

  explicit Merge(const Core &core, const MergeOperands &operands) : destination(core.scalar(operands.destination)) {
    uint64_t counts = core.scalar(operands.lengths), config = core.scalar(operands.config);
    repeats = int64_t(config & 0xff), mask = unsigned(config >> 8 & 0xf), stopsAtEnd = config >> 12 & 1;
    for (unsigned list = 0; list < listCount; ++list) {
      lists[list] = core.scalar(operands.lists[list]);
      lengths[list] = isUsed(list) ? int64_t(counts >> 16 * list & 0xffff) : 0;
    }
  }

  bool isUsed(unsigned list) const { return mask >> list & 1; }
  int64_t records() const { return lengths[0] + lengths[1] + lengths[2] + lengths[3]; }

  /// What the instruction cannot do; empty if it can do this.
  std::string whyNot() const {
    if (mask != 3 && mask != 7 && mask != 15)
      return llvm::formatv("has the lists {0:x} in bits 11 to 8 of its config; there are 0x3, 0x7 and 0xf", mask);
    for (auto [list, length] : llvm::enumerate(lengths))
      if (length > 4095)
        return llvm::formatv("has {0} records in list {1}; a list has at most 4095", length, list);
    for (unsigned list = 0; list < listCount; ++list)
      if (int64_t apart = int64_t(lists[list]) - int64_t(destination), bytes = repeats * records() * recordBytes;
          lengths[list] != 0 && apart < bytes && -apart < repeats * lengths[list] * recordBytes)
        return llvm::formatv("merges list {0} into bytes that the list is in", list);
    if (repeats <= 1)
      return {};
    if (stopsAtEnd || mask != 15 || !llvm::all_equal(lengths))
      return llvm::formatv("repeats {0} times; that takes four lists of one length, and no stop at the end of one",
                           repeats);
    for (unsigned list = 1; list < listCount; ++list)
      if (lists[list] != lists[list - 1] + uint64_t(lengths[0] * recordBytes))
        return llvm::formatv("repeats {0} times; that takes lists that follow each other in memory", repeats);
    return {};
  }
};

// vmrgsort4: of equal scores the list with the lower number is first. How many records each list gave stays for
// get_vms4_sr.
template <ScalarFloat Type>
struct MergeLists {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    Merge merge(core, *at.carried<const MergeOperands *>());
    if (std::string reason = merge.whyNot(); !reason.empty())
      return core.fault(at, Fault::Kind::Illegal, reason);
    int64_t group = merge.records() * recordBytes;
    for (int64_t k = 0; k < merge.repeats; ++k)
      if (!mergeOnce<P>(core, at, merge, k * group))
        return nullptr;
    return core.charge(at, merge.repeats * merge.records() / recordsAtOnce) ? &at + 1 : nullptr;
  }

private:
  template <class P>
  static bool mergeOnce(Core &core, const Instruction &at, const Merge &merge, int64_t offset) {
    Port<P> port(core, at);
    std::array<const uint8_t *, listCount> next{};
    for (unsigned list = 0; list < listCount; ++list)
      if (merge.lengths[list] != 0 &&
          !(next[list] = port.read(ub(merge.lists[list], offset, merge.lengths[list] * recordBytes, recordBytes))))
        return false;
    std::array<int64_t, listCount> taken;
    std::vector<uint8_t> merged =
        mergeRecords(Type, next, merge.lengths, unsigned(llvm::popcount(merge.mask)), merge.stopsAtEnd, taken);
    for (unsigned list = 0; list < listCount; ++list)
      core.vector.mergedRecords[list] = uint16_t(taken[list]);
    if (Hazards *hazards = core.machine.hazards.get())
      hazards->seeMergeCounts(core, at, Access::Write);
    if (merged.empty())
      return true;
    uint8_t *to = port.write(ub(merge.destination, offset, int64_t(merged.size()), blockBytes));
    if (to)
      std::memcpy(to, merged.data(), merged.size());
    return to != nullptr;
  }
};

const Instruction *mergedRecords(Core &core, const Instruction &at) {
  if (Hazards *hazards = core.machine.hazards.get())
    hazards->seeMergeCounts(core, at, Access::Read);
  for (auto [slot, count] : llvm::zip_equal(at.carried<const MergeCounts *>()->slots, core.vector.mergedRecords))
    core.scalar(slot) = count;
  return &at + 1;
}

} // namespace

void declareSort(OpTable &table) {
  table.add("pto.vbitsort", "f32", Code::accessing<SortScores<ScalarFloat::F32>>(Pipe::V));
  table.add("pto.vbitsort", "f16", Code::accessing<SortScores<ScalarFloat::F16>>(Pipe::V));
  table.add("pto.vmrgsort4", "f32", Code::accessing<MergeLists<ScalarFloat::F32>>(Pipe::V));
  table.add("pto.vmrgsort4", "f16", Code::accessing<MergeLists<ScalarFloat::F16>>(Pipe::V));
  table.add("pto.get_vms4_sr", Code(Pipe::S, mergedRecords));
}

} // namespace pto::sim
