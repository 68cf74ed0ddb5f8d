// Between UB and the vector registers. A distribution sees raw bytes; the width in its name need not be that of the
// register's lanes.
#include "sim/machine/RegisterLanes.h"
#include "sim/memory/Port.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/Pointers.h"

namespace pto::sim {

// Loads: what a register gets from the bytes at the address, how many of them are read, and their alignment.

/// d[i] = m[i]
struct Norm {
  static constexpr int64_t footprint = registerBytes, alignment = blockBytes;
  static void apply(uint8_t *__restrict d, const uint8_t *__restrict m) { std::memcpy(d, m, registerBytes); }
};

/// d[i] = m[0]
template <class T>
struct Broadcast {
  static constexpr int64_t footprint = sizeof(T), alignment = sizeof(T);
  static void apply(uint8_t *__restrict d, const uint8_t *__restrict m) {
    T value = lane<T>(m, 0);
    for (size_t i = 0; i < lanesOf<T>; ++i)
      setLane(d, i, value);
  }
};

/// d[2i] = d[2i+1] = m[i]
template <class T>
struct Upsample {
  static constexpr int64_t footprint = registerBytes / 2, alignment = blockBytes;
  static void apply(uint8_t *__restrict d, const uint8_t *__restrict m) {
    for (size_t i = 0; i < lanesOf<T> / 2; ++i) {
      setLane(d, 2 * i, lane<T>(m, i));
      setLane(d, 2 * i + 1, lane<T>(m, i));
    }
  }
};

/// d[i] = m[2i]
template <class T>
struct Downsample {
  static constexpr int64_t footprint = 2 * registerBytes, alignment = blockBytes;
  static void apply(uint8_t *__restrict d, const uint8_t *__restrict m) {
    for (size_t i = 0; i < lanesOf<T>; ++i)
      setLane(d, i, lane<T>(m, 2 * i));
  }
};

/// d[i] = m[i], each element zero-extended to a wider lane
template <class From, class To>
struct Unpack {
  static constexpr int64_t footprint = lanesOf<To> * sizeof(From), alignment = blockBytes;
  static void apply(uint8_t *__restrict d, const uint8_t *__restrict m) {
    for (size_t i = 0; i < lanesOf<To>; ++i)
      setLane(d, i, To(lane<From>(m, i)));
  }
};

/// The same 32 bytes in each of the eight blocks.
struct BroadcastBlock {
  static constexpr int64_t footprint = blockBytes, alignment = blockBytes;
  static void apply(uint8_t *__restrict d, const uint8_t *__restrict m) {
    for (size_t block = 0; block < registerBytes; block += blockBytes)
      std::memcpy(d + block, m, blockBytes);
  }
};

/// Eight elements, each in all lanes of one 32-byte block: d[i] = m[i / (lanes of a block)]
template <class T>
struct ElementToBlock {
  static constexpr int64_t footprint = registerBytes / blockBytes * sizeof(T), alignment = footprint;
  static void apply(uint8_t *__restrict d, const uint8_t *__restrict m) {
    constexpr size_t lanesOfBlock = blockBytes / sizeof(T);
    for (size_t block = 0; block < registerBytes / blockBytes; ++block) {
      T value = lane<T>(m, block);
      for (size_t i = 0; i < lanesOfBlock; ++i)
        setLane(d, block * lanesOfBlock + i, value);
    }
  }
};

// The lanes of a load that matter.
static Lanes needed(Core &core, const Instruction &at, PointerStep step) {
  return {step.maskedLaneBytes ? core.wide(at.operand[2]) : nullptr, step.maskedLaneBytes, step.maskedLaneBytes};
}

// vlds: operands base, offset; results the register, and the moved base of the post-update form. The last register of
// a tail reaches past what was written, and a predicate hides it later.
template <class Distribution>
struct Load {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    auto step = at.carried<PointerStep>();
    uint64_t base = core.scalar(at.operand[0]);
    int64_t distance = step.distance(core.scalar(at.operand[1]));
    const uint8_t *from = Port<P>(core, at).read({.space = MemorySpace::Ub,
                                                  .base = base,
                                                  .offset = step.isPostUpdate ? 0 : distance,
                                                  .bytes = Distribution::footprint,
                                                  .alignment = Distribution::alignment,
                                                  .isTail = true,
                                                  .lanes = isSeen<P> ? needed(core, at, step) : Lanes()});
    if (!from)
      return nullptr;
    Distribution::apply(core.wide(at.result[0]), from);
    if (step.isPostUpdate)
      core.scalar(at.result[1]) = uint64_t(localAddress(base, distance));
    return &at + 1;
  }
};

// Stores: what goes from a register to the bytes at the address.

/// The low `Stored` part of each `Lane` of the register, densely, where the lane's predicate is set.
template <class Lane, class Stored>
struct Masked {
  static constexpr int64_t footprint = lanesOf<Lane> * sizeof(Stored), alignment = blockBytes;

  static Lanes lanes(const uint8_t *mask) { return Lanes::of<Lane, Stored>(mask); }

  static void apply(uint8_t *__restrict m, const uint8_t *__restrict value, const uint8_t *__restrict mask) {
    for (size_t i = 0; i < lanesOf<Lane>; ++i) {
      Stored active = Stored(0 - (lane<Lane>(mask, i) & 1));
      Stored kept = Stored(lane<Stored>(m, i) & Stored(~active));
      setLane(m, i, Stored(kept | (Stored(lane<Lane>(value, i)) & active)));
    }
  }
};

/// Lane 0, whatever the mask says.
template <class T>
struct Point {
  static constexpr int64_t footprint = sizeof(T), alignment = sizeof(T);

  static Lanes lanes(const uint8_t *) { return {}; }

  static void apply(uint8_t *m, const uint8_t *value, const uint8_t *) { std::memcpy(m, value, sizeof(T)); }
};

// vsts: operands value, base, offset, mask; result the moved base of the post-update form.
template <class Distribution>
struct Store {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    auto step = at.carried<PointerStep>();
    uint64_t base = core.scalar(at.operand[1]);
    int64_t distance = step.distance(core.scalar(at.operand[2]));
    const uint8_t *mask = core.wide(at.operand[3]);
    uint8_t *to = Port<P>(core, at).write({.space = MemorySpace::Ub,
                                           .base = base,
                                           .offset = step.isPostUpdate ? 0 : distance,
                                           .bytes = Distribution::footprint,
                                           .alignment = Distribution::alignment,
                                           .lanes = Distribution::lanes(mask)});
    if (!to)
      return nullptr;
    Distribution::apply(to, core.wide(at.operand[0]), mask);
    if (step.isPostUpdate)
      core.scalar(at.result[0]) = uint64_t(localAddress(base, distance));
    return &at + 1;
  }
};

// Two registers at once; their elements take turns in memory.

// vldsx2: operands base, offset; results the elements with even and with odd numbers.
template <class T>
struct LoadPair {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const uint8_t *from =
        Port<P>(core, at).read({.space = MemorySpace::Ub,
                                .base = core.scalar(at.operand[0]),
                                .offset = at.carried<PointerStep>().distance(core.scalar(at.operand[1])),
                                .bytes = 2 * registerBytes,
                                .alignment = blockBytes,
                                .isTail = true});
    if (!from)
      return nullptr;
    deinterleave<T>(core.wide(at.result[0]), core.wide(at.result[1]), from, from + registerBytes);
    return &at + 1;
  }
};

// vstsx2: operands low, high, base, offset. There is a mask in its text, which the instruction ignores.
template <class T>
struct StorePair {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    uint8_t *to = Port<P>(core, at).write({.space = MemorySpace::Ub,
                                           .base = core.scalar(at.operand[2]),
                                           .offset = at.carried<PointerStep>().distance(core.scalar(at.operand[3])),
                                           .bytes = 2 * registerBytes,
                                           .alignment = blockBytes});
    if (!to)
      return nullptr;
    interleave<T>(to, to + registerBytes, core.wide(at.operand[0]), core.wide(at.operand[1]));
    return &at + 1;
  }
};

template <class T>
static void addPairs(OpTable &table, const std::string &width) {
  table.add("pto.vldsx2", "DINTLV_" + width, Code::accessing<LoadPair<T>>(Pipe::V));
  table.add("pto.vstsx2", "INTLV_" + width, Code::accessing<StorePair<T>>(Pipe::V));
}

template <class Distribution>
static void addLoad(OpTable &table, llvm::StringRef dist) {
  table.add("pto.vlds", dist, Code::accessing<Load<Distribution>>(Pipe::V));
}

template <class Distribution>
static void addStore(OpTable &table, llvm::StringRef dist) {
  table.add("pto.vsts", dist, Code::accessing<Store<Distribution>>(Pipe::V));
}

void declareLoadStore(OpTable &table) {
  addLoad<Norm>(table, "NORM");
  addLoad<Broadcast<uint8_t>>(table, "BRC_B8");
  addLoad<Broadcast<uint16_t>>(table, "BRC_B16");
  addLoad<Broadcast<uint32_t>>(table, "BRC_B32");
  addLoad<Upsample<uint8_t>>(table, "US_B8");
  addLoad<Upsample<uint16_t>>(table, "US_B16");
  addLoad<Downsample<uint8_t>>(table, "DS_B8");
  addLoad<Downsample<uint16_t>>(table, "DS_B16");
  addLoad<Unpack<uint8_t, uint16_t>>(table, "UNPK_B8");
  addLoad<Unpack<uint16_t, uint32_t>>(table, "UNPK_B16");
  addLoad<Unpack<uint32_t, uint64_t>>(table, "UNPK_B32");
  addLoad<Unpack<uint8_t, uint32_t>>(table, "UNPK4");
  addLoad<BroadcastBlock>(table, "BRC_BLK");
  addLoad<ElementToBlock<uint16_t>>(table, "E2B_B16");
  addLoad<ElementToBlock<uint32_t>>(table, "E2B_B32");

  addStore<Masked<uint8_t, uint8_t>>(table, "NORM_B8");
  addStore<Masked<uint16_t, uint16_t>>(table, "NORM_B16");
  addStore<Masked<uint32_t, uint32_t>>(table, "NORM_B32");
  addStore<Masked<uint16_t, uint8_t>>(table, "PK_B16");
  addStore<Masked<uint32_t, uint16_t>>(table, "PK_B32");
  addStore<Masked<uint64_t, uint32_t>>(table, "PK_B64");
  addStore<Masked<uint32_t, uint8_t>>(table, "PK4_B32");
  addStore<Point<uint8_t>>(table, "1PT_B8");
  addStore<Point<uint16_t>>(table, "1PT_B16");
  addStore<Point<uint32_t>>(table, "1PT_B32");

  addPairs<uint8_t>(table, "B8");
  addPairs<uint16_t>(table, "B16");
  addPairs<uint32_t>(table, "B32");
}

} // namespace pto::sim
