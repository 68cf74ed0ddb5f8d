// Between UB and the vector registers. A distribution sees raw bytes; the width in its name need not be that of the
// register's lanes.
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/UbAccess.h"
#include <type_traits>

namespace pto::sim {

template <class T>
static T lane(const uint8_t *from, size_t i) {
  T value;
  std::memcpy(&value, from + i * sizeof(T), sizeof(T));
  return value;
}

template <class T>
static void setLane(uint8_t *to, size_t i, T value) {
  std::memcpy(to + i * sizeof(T), &value, sizeof(T));
}

template <class T>
static constexpr size_t lanesOf = registerBytes / sizeof(T);

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

// vlds: operands base, offset; results the register, and the advanced base in the post-update form, which accesses
// the base itself. The immediate is the size of the pointer's element, in which offsets count.
template <Policy P, class Distribution, bool PostUpdate>
static const Instruction *load(Core &core, const Instruction &at) {
  uint64_t base = core.scalar(at.operand[0]);
  int64_t moved = addressAt(base, int64_t(core.scalar(at.operand[1])), at.immediate);
  int64_t address = PostUpdate ? int64_t(base) : moved;
  if (!core.ub.contains(address, Distribution::footprint))
    return core.outsideOf(at, core.ub, Access::Read, address, Distribution::footprint);
  if (!isAligned<P>(core, at, address, Distribution::alignment))
    return nullptr;
  // The last register of a tail reaches past what was written, and a predicate hides it later: only a register
  // without a single written byte is worth a word.
  if (P == Policy::Checked && !core.ub.isPartlyWritten(address, Distribution::footprint))
    core.readOfUnwritten(at, core.ub, address, Distribution::footprint);
  Distribution::apply(core.wide(at.result[0]), core.ub.at(address));
  if (PostUpdate)
    core.scalar(at.result[1]) = uint64_t(moved);
  return &at + 1;
}

// Stores: the low `Stored` part of each `Lane` of the register, densely, where the lane's predicate is set.

template <class Lane, class Stored>
struct Masked {
  static constexpr int64_t lanes = lanesOf<Lane>, size = sizeof(Stored), footprint = lanes * size;
  static constexpr int64_t alignment = blockBytes;

  static bool isActive(const uint8_t *mask, size_t i) { return mask[i * sizeof(Lane)] & 1; }

  static void apply(uint8_t *__restrict m, const uint8_t *__restrict value, const uint8_t *__restrict mask) {
    for (size_t i = 0; i < size_t(lanes); ++i) {
      Stored active = Stored(0 - (lane<Lane>(mask, i) & 1));
      Stored kept = Stored(lane<Stored>(m, i) & Stored(~active));
      setLane(m, i, Stored(kept | (Stored(lane<Lane>(value, i)) & active)));
    }
  }
  static void markWritten(uint8_t *__restrict written, const uint8_t *__restrict mask) {
    for (size_t i = 0; i < size_t(lanes); ++i) {
      Stored active = Stored(0 - (lane<Lane>(mask, i) & 1));
      setLane(written, i, Stored(lane<Stored>(written, i) | (active & Stored(0x0101010101010101))));
    }
  }
};

// vsts: operands value, base, offset, mask; result the advanced base in the post-update form.
template <Policy P, class Distribution, bool PostUpdate>
static const Instruction *store(Core &core, const Instruction &at) {
  uint64_t base = core.scalar(at.operand[1]);
  int64_t moved = addressAt(base, int64_t(core.scalar(at.operand[2])), at.immediate);
  int64_t address = PostUpdate ? int64_t(base) : moved;
  const uint8_t *value = core.wide(at.operand[0]), *mask = core.wide(at.operand[3]);

  if (core.ub.contains(address, Distribution::footprint)) {
    if (!isAligned<P>(core, at, address, Distribution::alignment))
      return nullptr;
    Distribution::apply(core.ub.at(address), value, mask);
    if (P == Policy::Checked)
      Distribution::markWritten(core.ub.writtenAt(address), mask);
  } else {
    // Inactive lanes touch nothing: only what the active ones reach has to be inside.
    int64_t first = 0, end = Distribution::lanes;
    while (end > 0 && !Distribution::isActive(mask, end - 1))
      --end;
    while (first < end && !Distribution::isActive(mask, first))
      ++first;
    int64_t from = addressAt(uint64_t(address), first, Distribution::size);
    int64_t bytes = (end - first) * Distribution::size;
    if (bytes != 0 && !core.ub.contains(from, bytes))
      return core.outsideOf(at, core.ub, Access::Write, from, bytes);
    for (int64_t i = first; i < end; ++i)
      if (Distribution::isActive(mask, i)) {
        int64_t element = addressAt(uint64_t(address), i, Distribution::size);
        std::memcpy(core.ub.at(element), value + i * (registerBytes / Distribution::lanes), Distribution::size);
        core.ub.markWritten(element, Distribution::size);
      }
  }
  if (PostUpdate)
    core.scalar(at.result[0]) = uint64_t(moved);
  return &at + 1;
}

// vsts 1PT: lane 0, whatever the mask says.
template <Policy P, class T, bool PostUpdate>
static const Instruction *storePoint(Core &core, const Instruction &at) {
  uint64_t base = core.scalar(at.operand[1]);
  int64_t moved = addressAt(base, int64_t(core.scalar(at.operand[2])), at.immediate);
  int64_t address = PostUpdate ? int64_t(base) : moved;
  uint8_t *to = writeUb<P>(core, at, address, sizeof(T));
  if (!to || !isAligned<P>(core, at, address, sizeof(T)))
    return nullptr;
  std::memcpy(to, core.wide(at.operand[0]), sizeof(T));
  if (PostUpdate)
    core.scalar(at.result[0]) = uint64_t(moved);
  return &at + 1;
}

template <class Distribution>
static void addLoad(OpTable &table, llvm::StringRef dist) {
  constexpr Policy fast = Policy::Fast, checked = Policy::Checked;
  table.add("pto.vlds", dist, LaneType::None, {load<fast, Distribution, false>, load<checked, Distribution, false>});
  table.add("pto.vlds post-update", dist, LaneType::None,
            {load<fast, Distribution, true>, load<checked, Distribution, true>});
}

template <class Lane, class Stored>
static void addStore(OpTable &table, llvm::StringRef dist) {
  constexpr Policy fast = Policy::Fast, checked = Policy::Checked;
  using D = Masked<Lane, Stored>;
  table.add("pto.vsts", dist, LaneType::None, {store<fast, D, false>, store<checked, D, false>});
  table.add("pto.vsts post-update", dist, LaneType::None, {store<fast, D, true>, store<checked, D, true>});
}

template <class T>
static void addPointStore(OpTable &table, llvm::StringRef dist) {
  constexpr Policy fast = Policy::Fast, checked = Policy::Checked;
  table.add("pto.vsts", dist, LaneType::None, {storePoint<fast, T, false>, storePoint<checked, T, false>});
  table.add("pto.vsts post-update", dist, LaneType::None, {storePoint<fast, T, true>, storePoint<checked, T, true>});
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

  addStore<uint8_t, uint8_t>(table, "NORM_B8");
  addStore<uint16_t, uint16_t>(table, "NORM_B16");
  addStore<uint32_t, uint32_t>(table, "NORM_B32");
  addStore<uint16_t, uint8_t>(table, "PK_B16");
  addStore<uint32_t, uint16_t>(table, "PK_B32");
  addStore<uint64_t, uint32_t>(table, "PK_B64");
  addStore<uint32_t, uint8_t>(table, "PK4_B32");
  addPointStore<uint8_t>(table, "1PT_B8");
  addPointStore<uint16_t>(table, "1PT_B16");
  addPointStore<uint32_t>(table, "1PT_B32");
}

} // namespace pto::sim
