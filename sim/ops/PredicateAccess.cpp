// Whole predicates between UB and their registers. The 256 bits are stored lowest first. plds and psts count offsets in
// bytes, pldi and psti in units of what their distribution has to be aligned to.
#include "sim/memory/Port.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"

namespace pto::sim {

namespace {

uint8_t bitAt(const uint8_t *bytes, size_t bit) {
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
Range bytesOf(Core &core, uint32_t base, uint32_t offset) {
  constexpr int64_t unit = Counts == Offset::Bytes ? 1 : Distribution::alignment;
  return {.space = MemorySpace::Ub,
          .base = core.scalar(base),
          .offset = saturatedProduct(int64_t(core.scalar(offset)), unit),
          .bytes = Distribution::footprint,
          .alignment = Distribution::alignment};
}

// plds, pldi. Operands: base, offset.
template <class Distribution, Offset Counts>
struct Load {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const uint8_t *from = Port<P>(core, at).read(bytesOf<Distribution, Counts>(core, at.operand[0], at.operand[1]));
    if (!from)
      return nullptr;
    uint8_t *bits = core.wide(at.result[0]);
    for (size_t i = 0; i < registerBytes; ++i)
      bits[i] = Distribution::bit(from, i);
    return &at + 1;
  }
};

// psts, psti. Operands: predicate, base, offset.
template <class Distribution, Offset Counts>
struct Store {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    uint8_t *to = Port<P>(core, at).write(bytesOf<Distribution, Counts>(core, at.operand[1], at.operand[2]));
    if (!to)
      return nullptr;
    const uint8_t *bits = core.wide(at.operand[0]);
    for (int64_t byte = 0; byte < Distribution::footprint; ++byte) {
      to[byte] = 0;
      for (int64_t bit = 0; bit < 8; ++bit)
        to[byte] = uint8_t(to[byte] | bits[(8 * byte + bit) * Distribution::step] << bit);
    }
    return &at + 1;
  }
};

// The two ops of a distribution, whose names differ in what the offset counts.
template <template <class, Offset> class Way, class Distribution>
void add(OpTable &table, const std::string &stem, llvm::StringRef dist) {
  table.add(stem + "s", dist, Code::accessing<Way<Distribution, Offset::Bytes>>(Pipe::V));
  table.add(stem + "i", dist, Code::accessing<Way<Distribution, Offset::Units>>(Pipe::V));
}

} // namespace

void declarePredicateAccess(OpTable &table) {
  add<Load, NormLoad>(table, "pto.pld", "NORM");
  add<Load, Upsampled>(table, "pto.pld", "US");
  add<Load, Downsampled>(table, "pto.pld", "DS");
  add<Store, NormStore>(table, "pto.pst", "NORM");
  add<Store, Packed>(table, "pto.pst", "PK");
}

} // namespace pto::sim
