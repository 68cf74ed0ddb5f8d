// The table of costs. Latencies and bandwidths are those published for A2/A3 at 1.85 GHz, rates those of the vector
// pipe's documentation for A5; nothing is published of the rest.
#include "sim/ops/Costs.h"
#include "llvm/ADT/STLExtras.h"
#include <array>
#include <cmath>

namespace pto::sim {

namespace {

/// The kinds of lanes that costs tell apart.
enum Kind : unsigned { F32, F16, I8, I16, I32, kindCount };

/// Lanes per cycle, by kind.
using Rate = std::array<unsigned, kindCount>;
constexpr Rate twoRegisters = {128, 256, 512, 256, 128}, oneRegister = {64, 128, 256, 128, 64};
constexpr Rate arithmetic = {64, 128, 128, 64, 32}, special = {16, 16, 16, 16, 16}, conversion = {32, 64, 64, 64, 32};
constexpr Rate gather = {32, 64, 64, 64, 32}, scatter = {32, 64, 128, 64, 32}, select = {16, 32, 64, 32, 16},
               squeeze = {13, 26, 51, 26, 13};

/// What of a row is published.
enum Source { All, RateOnly, LatencyOnly, Nothing };

struct Row {
  llvm::StringLiteral ops; ///< without the dialect's name; those of a row share a unit
  unsigned f32, f16;       ///< latency
  Rate rate;
  Source source;
  double gigabytesPerSecond = 0;
};

// What is declared and in none of the others has one of these.
constexpr Row free = {"castptr vbitcast pbitcast", 0, 0, twoRegisters, Nothing},
              scalarOp = {"", 1, 1, oneRegister, Nothing}, vectorAccess = {"", 9, 9, oneRegister, Nothing},
              vectorOp = {"", 7, 7, oneRegister, Nothing},
              // As fast as the one transfer inside a core that is published; and the cube, by what it reads and writes.
    transfer = {"mte_ub_ub", 1, 1, oneRegister, Nothing, 441};

constexpr Row rows[] = {
    free,
    scalarOp,
    vectorAccess,
    vectorOp,
    transfer,
    {"vlds", 9, 9, twoRegisters, All},
    {"vsts", 9, 9, oneRegister, All},
    {"vldsx2 vstsx2", 12, 12, oneRegister, LatencyOnly},
    {"vsldb vsstb", 9, 9, oneRegister, RateOnly},
    {"vgather2 vgather2_bc", 27, 28, gather, All},
    {"vgatherb", 21, 21, gather, All},
    {"vscatter", 17, 17, scatter, All},
    {"vadd", 7, 7, arithmetic, All},
    {"vmul", 8, 8, arithmetic, All},
    {"vsub vadds vmuls vmadd vmula vaxpy", 8, 8, arithmetic, RateOnly},
    {"vmax vmin vmaxs vmins vand vor vxor vnot vcmp vcmps", 5, 5, twoRegisters, RateOnly},
    {"vabs vrelu", 5, 5, oneRegister, LatencyOnly},
    {"vdiv", 17, 22, special, All},
    {"vexp", 16, 21, special, All},
    {"vln", 18, 23, special, All},
    {"vsqrt", 17, 22, special, All},
    {"vcvt", 7, 7, conversion, All},
    {"vselr", 9, 9, select, RateOnly},
    {"vsqz", 9, 9, squeeze, RateOnly},
    {"vusqz", 9, 9, select, RateOnly},
    {"mte_gm_ub", 1, 1, oneRegister, All, 100.9},
    {"mte_gm_l1 mte_gm_l1_frac", 1, 1, oneRegister, Nothing, 100.9},
    {"mte_ub_gm", 1, 1, oneRegister, All, 188.5},
    {"mte_l0c_gm", 1, 1, oneRegister, Nothing, 188.5},
    {"mte_l1_l0a", 1, 1, oneRegister, All, 441},
};
constexpr unsigned scalarRow = 1, vectorAccessRow = 2, vectorRow = 3, transferRow = 4;
static_assert(std::size(rows) * kindCount <= 256, "a code has a byte for its cost");

Kind kindOf(LaneType lanes) {
  static constexpr Kind kinds[laneTypeCount] = {F32, I8, I16, I32, I32, I8, I16, I32, I32, F16, F16, F32};
  return kinds[unsigned(lanes)];
}

unsigned defaultRow(const Code &code) {
  switch (code.pipe) {
  case Pipe::S:
    return scalarRow;
  case Pipe::V:
    return code.accesses ? vectorAccessRow : vectorRow;
  default:
    return transferRow;
  }
}

Cost made(unsigned row, Kind kind) {
  constexpr Rate lanes = oneRegister; // of a register
  const Row &of = rows[row];
  // Latencies of integers are told of none; those of f32 stand for them.
  bool isFloat = kind == F32 || kind == F16;
  return {.latency = kind == F16 ? of.f16 : of.f32,
          .halfCycles = (2 * lanes[kind] + of.rate[kind] - 1) / of.rate[kind],
          .bytesPerCycle = of.gigabytesPerSecond * 1000 / megahertz,
          .unit = row,
          .isDocumented = of.source == All && isFloat};
}

} // namespace

uint64_t Cost::transferCycles(uint64_t bytes) const {
  return std::max<uint64_t>(latency, uint64_t(std::ceil(double(bytes) / bytesPerCycle)));
}

const Cost &costOf(const Code &code) {
  static const auto costs = [] {
    std::array<Cost, std::size(rows) * kindCount> all;
    for (unsigned i = 0; i < all.size(); ++i)
      all[i] = made(i / kindCount, Kind(i % kindCount));
    return all;
  }();
  return costs[code.cost];
}

uint8_t costOf(llvm::StringRef op, LaneType lanes, const Code &code) {
  op.consume_front("pto.");
  const Row *row = llvm::find_if(rows, [&](const Row &each) {
    llvm::SmallVector<llvm::StringRef, 8> names;
    each.ops.split(names, ' ');
    return llvm::is_contained(names, op);
  });
  unsigned index = row == std::end(rows) ? defaultRow(code) : unsigned(row - rows);
  return uint8_t(index * kindCount + kindOf(lanes));
}

} // namespace pto::sim
