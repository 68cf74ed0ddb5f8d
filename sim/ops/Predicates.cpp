// Predicates: made from patterns and counts, combined, repacked. Logic and packing work on all 256 bits.
#include "sim/ops/Predicates.h"
#include "sim/machine/RegisterLanes.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/run/Core.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

namespace pto::sim {

// The manual calls PAT_H and PAT_Q the high half and quarter; the public references make them the first ones.
std::optional<PredicatePattern> parsePattern(llvm::StringRef word, unsigned lanes) {
  struct Named {
    llvm::StringRef word;
    PredicatePattern pattern;
  };
  const Named named[] = {
      {"PAT_ALL", {lanes, 1}},   {"PAT_ALLF", {0, 1}},   {"PAT_H", {lanes / 2, 1}},
      {"PAT_Q", {lanes / 4, 1}}, {"PAT_M3", {lanes, 3}}, {"PAT_M4", {lanes, 4}},
  };
  for (const Named &known : named)
    if (known.word == word)
      return known.pattern;
  // No other count can be encoded.
  static constexpr unsigned counts[] = {1, 2, 3, 4, 8, 16, 32, 64, 128};
  unsigned count;
  if (word.consume_front("PAT_VL") && !word.getAsInteger(10, count) && llvm::is_contained(counts, count))
    return PredicatePattern{std::min(count, lanes), 1};
  return std::nullopt;
}

/// Lane i is active when i < count.
template <class Lane>
static void setFirstLanes(uint8_t *bits, uint32_t count) {
  constexpr int32_t lanes = registerBytes / sizeof(Lane);
  // Bounded, so that the comparison has signs: vector instructions for others are rare.
  int32_t active = int32_t(std::min<uint32_t>(count, lanes));
  std::array<Lane, lanes> made;
  for (int32_t lane = 0; lane < lanes; ++lane)
    made[lane] = lane < active;
  std::memcpy(bits, made.data(), registerBytes);
}

// pset, pge: the pattern is carried.
template <class Lane>
static const Instruction *fromPattern(Core &core, const Instruction &at) {
  uint8_t *bits = core.wide(at.result[0]);
  auto pattern = at.carried<PredicatePattern>();
  setFirstLanes<Lane>(bits, pattern.count);
  if (pattern.modulus != 1)
    for (uint32_t lane = 0; lane < registerBytes / sizeof(Lane); ++lane)
      bits[lane * sizeof(Lane)] &= lane % pattern.modulus == 0;
  return &at + 1;
}

// plt: lane i is active when i < count; the count left for the next register. The count has no sign: a negative one
// is large, and leaves every lane active.
template <class Lane>
static const Instruction *tail(Core &core, const Instruction &at) {
  constexpr uint32_t lanes = registerBytes / sizeof(Lane);
  uint32_t count = uint32_t(core.scalar(at.operand[0]));
  setFirstLanes<Lane>(core.wide(at.result[0]), count);
  core.scalar(at.result[1]) = count < lanes ? 0 : count - lanes;
  return &at + 1;
}

/// d[i] = bit(a[i], b[i], mask[i])
template <class Bit>
static const Instruction *logic(Core &core, const Instruction &at) {
  uint8_t *__restrict d = core.wide(at.result[0]);
  const uint8_t *__restrict a = core.wide(at.operand[0]), *__restrict b = core.wide(at.operand[1]);
  const uint8_t *__restrict mask = core.wide(at.operand[2]);
  for (size_t i = 0; i < registerBytes; ++i)
    d[i] = uint8_t(Bit()(a[i], b[i], mask[i]));
  return &at + 1;
}

template <class Bit>
static void addLogic(OpTable &table, llvm::StringRef op, Bit) {
  table.add(op, Code(Pipe::V, logic<Bit>));
}

static const Instruction *invert(Core &core, const Instruction &at) {
  uint8_t *__restrict d = core.wide(at.result[0]);
  const uint8_t *__restrict s = core.wide(at.operand[0]), *__restrict mask = core.wide(at.operand[1]);
  for (size_t i = 0; i < registerBytes; ++i)
    d[i] = uint8_t((s[i] ^ 1) & mask[i]);
  return &at + 1;
}

// ppack: every other bit, packed into one half of the result; the other half is zero.
template <bool Higher>
static const Instruction *pack(Core &core, const Instruction &at) {
  uint8_t *d = core.wide(at.result[0]);
  const uint8_t *s = core.wide(at.operand[0]);
  std::memset(d, 0, registerBytes);
  for (size_t i = 0; i < registerBytes / 2; ++i)
    d[i + (Higher ? registerBytes / 2 : 0)] = s[2 * i];
  return &at + 1;
}

// punpack: one half, a zero bit after each of its bits.
template <bool Higher>
static const Instruction *unpack(Core &core, const Instruction &at) {
  uint8_t *d = core.wide(at.result[0]);
  const uint8_t *s = core.wide(at.operand[0]);
  for (size_t i = 0; i < registerBytes / 2; ++i) {
    d[2 * i] = s[i + (Higher ? registerBytes / 2 : 0)];
    d[2 * i + 1] = 0;
  }
  return &at + 1;
}

static const Instruction *copy(Core &core, const Instruction &at) {
  std::memcpy(core.wide(at.result[0]), core.wide(at.operand[0]), registerBytes);
  return &at + 1;
}

// pintlv, pdintlv: the same reordering as of vectors.
template <auto Reorder>
static const Instruction *reorderPair(Core &core, const Instruction &at) {
  Reorder(core.wide(at.result[0]), core.wide(at.result[1]), core.wide(at.operand[0]), core.wide(at.operand[1]));
  return &at + 1;
}

template <class Lane>
static void addWidth(OpTable &table, const std::string &suffix) {
  table.add("pto.pset_" + suffix, Code(Pipe::V, fromPattern<Lane>));
  table.add("pto.pge_" + suffix, Code(Pipe::V, fromPattern<Lane>));
  table.add("pto.plt_" + suffix, Code(Pipe::V, tail<Lane>));
  table.add("pto.pintlv_" + suffix, Code(Pipe::V, reorderPair<interleave<Lane>>));
  table.add("pto.pdintlv_" + suffix, Code(Pipe::V, reorderPair<deinterleave<Lane>>));
}

void declarePredicates(OpTable &table) {
  addWidth<uint8_t>(table, "b8");
  addWidth<uint16_t>(table, "b16");
  addWidth<uint32_t>(table, "b32");
  addLogic(table, "pto.pand", [](uint8_t a, uint8_t b, uint8_t mask) { return a & b & mask; });
  addLogic(table, "pto.por", [](uint8_t a, uint8_t b, uint8_t mask) { return (a | b) & mask; });
  addLogic(table, "pto.pxor", [](uint8_t a, uint8_t b, uint8_t mask) { return (a ^ b) & mask; });
  addLogic(table, "pto.psel", [](uint8_t a, uint8_t b, uint8_t sel) { return (a & sel) | (b & (sel ^ 1)); });
  table.add("pto.pnot", Code(Pipe::V, invert));
  table.add("pto.ppack", "LOWER", Code(Pipe::V, pack<false>));
  table.add("pto.ppack", "HIGHER", Code(Pipe::V, pack<true>));
  table.add("pto.punpack", "LOWER", Code(Pipe::V, unpack<false>));
  table.add("pto.punpack", "HIGHER", Code(Pipe::V, unpack<true>));
  table.add("pto.pbitcast", Code(Pipe::V, copy));
}

} // namespace pto::sim
