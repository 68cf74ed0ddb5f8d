// Between registers and places all over UB: blocks of 32 bytes at a stride or at offsets, and single elements at
// indices. Blocks and elements that a predicate leaves out are not touched, wherever they are, and are zero in a
// register.
#include "sim/ops/Indexed.h"
#include "sim/check/LaneStores.h"
#include "sim/machine/RegisterLanes.h"
#include "sim/memory/Port.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

namespace {

constexpr size_t blockCount = registerBytes / blockBytes;

bool isAnyActive(const uint8_t *mask) {
  return llvm::any_of(llvm::ArrayRef(mask, blockBytes), [](uint8_t bit) { return bit != 0; });
}

Range block(uint64_t base, int64_t offset) {
  return {.space = MemorySpace::Ub, .base = base, .offset = offset, .bytes = blockBytes, .alignment = blockBytes};
}

// Block k is at base + repeat + k · stride, both counted in blocks; the form of a store that moves its pointer starts
// at the base, and moves it by the repeat stride. Registers hold the numbers as i16; the hardware's fields have no
// sign.
struct Strides {
  int64_t block, repeat;

  Strides(const Core &core, const BlockStrides &slots)
      : block(field(core.scalar(slots.block))), repeat(field(core.scalar(slots.repeat))) {}

  static int64_t field(uint64_t value) { return int64_t(uint16_t(value)) * int64_t(blockBytes); }
};

// vsldb: operands base, mask. A block with any active lane is loaded whole.
struct LoadBlocks {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    Strides strides(core, at.carried<BlockStrides>());
    uint64_t first = uint64_t(localAddress(core.scalar(at.operand[0]), strides.repeat));
    const uint8_t *mask = core.wide(at.operand[1]);
    uint8_t *d = core.wide(at.result[0]);
    Port<P> port(core, at);
    for (size_t k = 0; k < blockCount; ++k, d += blockBytes, mask += blockBytes) {
      if (!isAnyActive(mask)) {
        std::memset(d, 0, blockBytes);
        continue;
      }
      const uint8_t *from = port.read(block(first, int64_t(k) * strides.block));
      if (!from)
        return nullptr;
      std::memcpy(d, from, blockBytes);
    }
    return &at + 1;
  }
};

// vsstb: operands value, base, mask; result the moved base. Single lanes of a block can be left out.
template <bool IsPostUpdate>
struct StoreBlocks {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    Strides strides(core, at.carried<BlockStrides>());
    uint64_t base = core.scalar(at.operand[1]), moved = uint64_t(localAddress(base, strides.repeat));
    const uint8_t *value = core.wide(at.operand[0]), *mask = core.wide(at.operand[2]);
    uint8_t width = at.carried<BlockStrides>().laneBytes;
    Port<P> port(core, at);
    for (size_t k = 0; k < blockCount; ++k, value += blockBytes, mask += blockBytes) {
      if (!isAnyActive(mask))
        continue;
      Range range = block(IsPostUpdate ? base : moved, int64_t(k) * strides.block);
      range.lanes = {mask, width, width};
      uint8_t *to = port.write(range);
      if (!to)
        return nullptr;
      for (size_t byte = 0; byte < blockBytes; ++byte)
        if (mask[byte & ~size_t(width - 1)])
          to[byte] = value[byte];
    }
    if (IsPostUpdate)
      core.scalar(at.result[0]) = moved;
    return &at + 1;
  }
};

// vgatherb: block k is at base + offset k in bytes, with lane k of 32 bits of the predicate.
struct GatherBlocks {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const uint8_t *offsets = core.wide(at.operand[1]), *mask = core.wide(at.operand[2]);
    uint8_t *d = core.wide(at.result[0]);
    Port<P> port(core, at);
    for (size_t k = 0; k < blockCount; ++k, d += blockBytes) {
      if (!(lane<uint32_t>(mask, k) & 1)) {
        std::memset(d, 0, blockBytes);
        continue;
      }
      const uint8_t *from = port.read(block(core.scalar(at.operand[0]), lane<uint32_t>(offsets, k)));
      if (!from)
        return nullptr;
      std::memcpy(d, from, blockBytes);
    }
    return &at + 1;
  }
};

template <class Element>
Range element(uint64_t base, uint64_t index) {
  return {.space = MemorySpace::Ub,
          .base = base,
          .offset = int64_t(index * sizeof(Element)),
          .bytes = sizeof(Element),
          .alignment = sizeof(Element)};
}

// vgather2: operands base, indices, mask. A lane has the width of its index; bytes are extended with zeros.
template <class Element, class Index>
struct Gather {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    uint64_t base = core.scalar(at.operand[0]);
    if (isSeen<P> && base % blockBytes != 0)
      return core.fault(at, Fault::Kind::Misaligned,
                        llvm::formatv("gathers from ub+{0:x}, which is not a multiple of {1} bytes", base, blockBytes));
    const uint8_t *indices = core.wide(at.operand[1]), *mask = core.wide(at.operand[2]);
    uint8_t *d = core.wide(at.result[0]);
    Port<P> port(core, at);
    for (size_t i = 0; i < lanesOf<Index>; ++i) {
      Element value = 0;
      if (lane<Index>(mask, i) & 1) {
        const uint8_t *from = port.read(element<Element>(base, lane<Index>(indices, i)));
        if (!from)
          return nullptr;
        std::memcpy(&value, from, sizeof(Element));
      }
      setLane<Index>(d, i, value);
    }
    return &at + 1;
  }
};

// vscatter: operands value, base, indices, mask. Of 8-bit lanes, those with even numbers. Where two lanes have the same
// index the hardware promises one of them; here it is the last.
template <class Element, class Index>
struct Scatter {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    uint64_t base = core.scalar(at.operand[1]);
    const uint8_t *value = core.wide(at.operand[0]), *indices = core.wide(at.operand[2]);
    const uint8_t *mask = core.wide(at.operand[3]);
    Port<P> port(core, at);
    [[maybe_unused]] std::conditional_t<isSeen<P>, LaneStores<lanesOf<Index>>, std::monostate> stores;
    for (size_t i = 0; i < lanesOf<Index>; ++i) {
      if (!(lane<Index>(mask, i) & 1))
        continue;
      uint8_t *to = port.write(element<Element>(base, lane<Index>(indices, i)));
      if (!to)
        return nullptr;
      std::memcpy(to, value + i * sizeof(Index), sizeof(Element));
      if constexpr (isSeen<P>)
        stores.add(i, to, Element(lane<Index>(value, i)));
    }
    if constexpr (isSeen<P>)
      stores.check(
          core, at, sizeof(Element), [](size_t i) { return "lane " + std::to_string(i); },
          [&](size_t i) { return llvm::formatv("ub+{0:x}", base + lane<Index>(indices, i) * sizeof(Element)).str(); });
    return &at + 1;
  }
};

template <class Element, class Index>
void addElements(OpTable &table, llvm::StringRef width) {
  table.add("pto.vgather2", width, Code::accessing<Gather<Element, Index>>(Pipe::V));
  table.add("pto.vscatter", width, Code::accessing<Scatter<Element, Index>>(Pipe::V));
}

} // namespace

void declareIndexed(OpTable &table) {
  table.add("pto.vsldb", Code::accessing<LoadBlocks>(Pipe::V));
  table.add("pto.vsstb", Code::accessing<StoreBlocks<false>>(Pipe::V));
  table.add("pto.vsstb", "post-update", Code::accessing<StoreBlocks<true>>(Pipe::V));
  table.add("pto.vgatherb", Code::accessing<GatherBlocks>(Pipe::V));
  addElements<uint8_t, uint16_t>(table, "b8");
  addElements<uint16_t, uint16_t>(table, "b16");
  addElements<uint32_t, uint32_t>(table, "b32");
  // The older gather, whose indices have 32 bits.
  table.add("pto.vgather2_bc", "b32", Code::accessing<Gather<uint32_t, uint32_t>>(Pipe::V));
}

} // namespace pto::sim
