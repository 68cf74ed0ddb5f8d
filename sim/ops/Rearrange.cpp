// Lanes that move between and inside of registers. All of it works on bits: only the width of a lane counts.
#include "sim/machine/RegisterLanes.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/run/Core.h"
#include "llvm/ADT/Twine.h"

namespace pto::sim {

namespace {

// vselr: d[i] = s[index[i]]; an index counts modulo the number of lanes
template <class T>
const Instruction *selectLanes(Core &core, const Instruction &at) {
  uint8_t *__restrict d = core.wide(at.result[0]);
  const uint8_t *__restrict s = core.wide(at.operand[0]), *__restrict index = core.wide(at.operand[1]);
  for (size_t i = 0; i < lanesOf<T>; ++i)
    setLane(d, i, lane<T>(s, lane<T>(index, i) % lanesOf<T>));
  return &at + 1;
}

// vintlv, vdintlv
template <auto Reorder>
const Instruction *reorderPair(Core &core, const Instruction &at) {
  Reorder(core.wide(at.result[0]), core.wide(at.result[1]), core.wide(at.operand[0]), core.wide(at.operand[1]));
  return &at + 1;
}

// vpack: d[i] = the low half of s[i], in one half of the register; the other one is zero
template <class Narrow, class Wide, bool Higher>
const Instruction *pack(Core &core, const Instruction &at) {
  uint8_t *d = core.wide(at.result[0]);
  const uint8_t *__restrict s = core.wide(at.operand[0]);
  constexpr size_t half = registerBytes / 2;
  std::memset(d + (Higher ? 0 : half), 0, half);
  uint8_t *__restrict to = d + (Higher ? half : 0);
  for (size_t i = 0; i < lanesOf<Wide>; ++i)
    setLane(to, i, Narrow(lane<Wide>(s, i)));
  return &at + 1;
}

// vsunpack, vzunpack: d[i] = s[part · N/2 + i], extended with its sign or with zeros
template <class Narrow, class Wide>
const Instruction *unpack(Core &core, const Instruction &at) {
  uint64_t part = core.scalar(at.operand[1]);
  if (part > 1)
    return core.fault(at, Fault::Kind::Illegal,
                      "unpacks part " + llvm::Twine(int64_t(part)) + "; a register has the parts 0 and 1");
  uint8_t *__restrict d = core.wide(at.result[0]);
  const uint8_t *__restrict s = core.wide(at.operand[0]) + part * (registerBytes / 2);
  for (size_t i = 0; i < lanesOf<Wide>; ++i)
    setLane(d, i, Wide(lane<Narrow>(s, i)));
  return &at + 1;
}

const Instruction *copy(Core &core, const Instruction &at) {
  std::memcpy(core.wide(at.result[0]), core.wide(at.operand[0]), registerBytes);
  return &at + 1;
}

// vsqz: the active lanes one after the other, then zeros. How many bytes they are stays for vstur.
template <class T>
const Instruction *squeeze(Core &core, const Instruction &at) {
  uint8_t *d = core.wide(at.result[0]);
  const uint8_t *s = core.wide(at.operand[0]), *mask = core.wide(at.operand[1]);
  size_t kept = 0;
  // Every lane is put where the next one that is kept belongs; what is not kept is overwritten.
  for (size_t i = 0; i < lanesOf<T>; ++i) {
    setLane(d, kept, lane<T>(s, i));
    kept += lane<T>(mask, i) & 1;
  }
  std::memset(d + kept * sizeof(T), 0, registerBytes - kept * sizeof(T));
  core.vector.squeezedBytes = uint32_t(kept * sizeof(T));
  core.vector.isSqueezeStored = false;
  return &at + 1;
}

template <class T>
const Instruction *countBefore(Core &core, const Instruction &at) {
  uint8_t *d = core.wide(at.result[0]);
  const uint8_t *mask = core.wide(at.operand[1]);
  // A word of lanes at a time: multiplied by ones, each lane has the sum of those up to it.
  constexpr unsigned bits = 8 * sizeof(T);
  constexpr uint64_t ones = ~uint64_t(0) / ((uint64_t(1) << bits) - 1);
  uint64_t before = 0;
  for (size_t word = 0; word < lanesOf<uint64_t>; ++word) {
    uint64_t upTo = (lane<uint64_t>(mask, word) & ones) * ones;
    setLane(d, word, (upTo << bits) + before * ones);
    before += upTo >> (64 - bits);
  }
  return &at + 1;
}

template <class T>
void addWidth(OpTable &table, llvm::StringRef width) {
  auto add = [&](llvm::StringRef op, Handler handler) { table.add(op, width, Code(Pipe::V, handler)); };
  add("pto.vselr", selectLanes<T>);
  add("pto.vintlv", reorderPair<interleave<T>>);
  add("pto.vdintlv", reorderPair<deinterleave<T>>);
  add("pto.vsqz", squeeze<T>);
  add("pto.vusqz", countBefore<T>);
}

/// By the width of the narrow lanes.
template <class Narrow, class Wide>
void addPacking(OpTable &table, const std::string &width) {
  using std::make_signed_t;
  table.add("pto.vsunpack", width, Code(Pipe::V, unpack<make_signed_t<Narrow>, make_signed_t<Wide>>));
  table.add("pto.vzunpack", width, Code(Pipe::V, unpack<Narrow, Wide>));
  if constexpr (sizeof(Wide) <= sizeof(uint32_t)) {
    table.add("pto.vpack", width + " LOWER", Code(Pipe::V, pack<Narrow, Wide, false>));
    table.add("pto.vpack", width + " HIGHER", Code(Pipe::V, pack<Narrow, Wide, true>));
  }
}

} // namespace

void declareRearrange(OpTable &table) {
  addWidth<uint8_t>(table, "b8");
  addWidth<uint16_t>(table, "b16");
  addWidth<uint32_t>(table, "b32");
  addPacking<uint8_t, uint16_t>(table, "b8");
  addPacking<uint16_t, uint32_t>(table, "b16");
  addPacking<uint32_t, uint64_t>(table, "b32");
  table.add("pto.vbitcast", Code(Pipe::V, copy));
}

} // namespace pto::sim
