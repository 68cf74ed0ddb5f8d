// Whole predicates between UB and their registers. The 256 bits are stored lowest first. plds and psts count offsets in
// bytes, pldi and psti in units of what their distribution has to be aligned to.
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/UbAccess.h"

namespace pto::sim {

static uint8_t bitAt(const uint8_t *bytes, size_t bit) {
  return bytes[bit / 8] >> (bit % 8) & 1;
}

// Loads: bit i of the predicate from the bits in memory.

struct NormLoad {
  static constexpr int64_t footprint = 32, alignment = 32;
  static uint8_t bit(const uint8_t *m, size_t i) { return bitAt(m, i); }
};
/// Each bit twice.
struct Upsampled {
  static constexpr int64_t footprint = 16, alignment = 16;
  static uint8_t bit(const uint8_t *m, size_t i) { return bitAt(m, i / 2); }
};
/// Every other bit.
struct Downsampled {
  static constexpr int64_t footprint = 64, alignment = 32;
  static uint8_t bit(const uint8_t *m, size_t i) { return bitAt(m, 2 * i); }
};

// Stores: bit i in memory is bit i * step of the predicate.

struct NormStore {
  static constexpr int64_t footprint = 32, alignment = 32, step = 1;
};
struct Packed {
  static constexpr int64_t footprint = 16, alignment = 16, step = 2;
};

/// What a predicate access counts its offset in.
enum class Offset { Bytes, Units };

template <class Distribution, Offset Counts>
static int64_t addressOf(Core &core, uint32_t base, uint32_t offset) {
  return addressAt(core.scalar(base), int64_t(core.scalar(offset)),
                   Counts == Offset::Bytes ? 1 : Distribution::alignment);
}

// plds, pldi. Operands: base, offset.
template <Policy P, class Distribution, Offset Counts>
static const Instruction *loadPredicate(Core &core, const Instruction &at) {
  int64_t address = addressOf<Distribution, Counts>(core, at.operand[0], at.operand[1]);
  const uint8_t *from = readUb<P>(core, at, address, Distribution::footprint);
  if (!from || !isAligned<P>(core, at, address, Distribution::alignment))
    return nullptr;
  uint8_t *bits = core.wide(at.result[0]);
  for (size_t i = 0; i < registerBytes; ++i)
    bits[i] = Distribution::bit(from, i);
  return &at + 1;
}

// psts, psti. Operands: predicate, base, offset.
template <Policy P, class Distribution, Offset Counts>
static const Instruction *storePredicate(Core &core, const Instruction &at) {
  int64_t address = addressOf<Distribution, Counts>(core, at.operand[1], at.operand[2]);
  uint8_t *to = writeUb<P>(core, at, address, Distribution::footprint);
  if (!to || !isAligned<P>(core, at, address, Distribution::alignment))
    return nullptr;
  const uint8_t *bits = core.wide(at.operand[0]);
  for (int64_t byte = 0; byte < Distribution::footprint; ++byte) {
    to[byte] = 0;
    for (int64_t bit = 0; bit < 8; ++bit)
      to[byte] = uint8_t(to[byte] | bits[(8 * byte + bit) * Distribution::step] << bit);
  }
  return &at + 1;
}

template <class Distribution>
static void addLoad(OpTable &table, llvm::StringRef dist) {
  constexpr Policy fast = Policy::Fast, checked = Policy::Checked;
  table.add("pto.plds", dist, LaneType::None,
            {loadPredicate<fast, Distribution, Offset::Bytes>, loadPredicate<checked, Distribution, Offset::Bytes>});
  table.add("pto.pldi", dist, LaneType::None,
            {loadPredicate<fast, Distribution, Offset::Units>, loadPredicate<checked, Distribution, Offset::Units>});
}

template <class Distribution>
static void addStore(OpTable &table, llvm::StringRef dist) {
  constexpr Policy fast = Policy::Fast, checked = Policy::Checked;
  table.add("pto.psts", dist, LaneType::None,
            {storePredicate<fast, Distribution, Offset::Bytes>, storePredicate<checked, Distribution, Offset::Bytes>});
  table.add("pto.psti", dist, LaneType::None,
            {storePredicate<fast, Distribution, Offset::Units>, storePredicate<checked, Distribution, Offset::Units>});
}

void declarePredicateAccess(OpTable &table) {
  addLoad<NormLoad>(table, "NORM");
  addLoad<Upsampled>(table, "US");
  addLoad<Downsampled>(table, "DS");
  addStore<NormStore>(table, "NORM");
  addStore<Packed>(table, "PK");
}

} // namespace pto::sim
