// Reductions against a scalar reference: sums as a tree of neighbours, extrema with the lane they are in.
#include "sim/tests/LaneOperands.h"
#include "llvm/ADT/APFloat.h"
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

bool isSignedLane(LaneType type) {
  return type >= LaneType::S8 && type <= LaneType::S64;
}

struct Lane {
  uint64_t bits;
  bool isActive;
};

std::vector<Lane> lanesOfOperand(SingleInstruction &single, LaneType type) {
  unsigned size = bitsOf(type) / 8;
  std::vector<Lane> lanes;
  for (unsigned i = 0; i < registerBytes / size; ++i)
    lanes.push_back({laneAt(single.core.wide(0), i, size), single.core.wide(1)[i * size] != 0});
  return lanes;
}

int64_t integer(LaneType type, uint64_t bits) {
  unsigned unused = 64 - bitsOf(type);
  return isSignedLane(type) ? int64_t(bits << unused) >> unused : int64_t(bits);
}

llvm::APFloat number(LaneType type, uint64_t bits) {
  return {type == LaneType::F16 ? llvm::APFloat::IEEEhalf() : llvm::APFloat::IEEEsingle(),
          llvm::APInt(bitsOf(type), bits)};
}

// By halves: what comes first with what comes first, each sum rounded.
uint64_t sum(LaneType type, llvm::ArrayRef<Lane> lanes) {
  if (lanes.size() == 1)
    return lanes[0].isActive ? (isFloat(type) ? lanes[0].bits : uint64_t(integer(type, lanes[0].bits))) : 0;
  uint64_t first = sum(type, lanes.take_front(lanes.size() / 2)),
           second = sum(type, lanes.drop_front(lanes.size() / 2));
  if (!isFloat(type))
    return first + second;
  llvm::APFloat total = number(type, first) + number(type, second);
  if (total.isNaN())
    return type == LaneType::F16 ? 0x7e00 : 0x7fc00000;
  return total.bitcastToAPInt().getZExtValue();
}

struct Found {
  uint64_t bits;
  unsigned lane;
};

Found extremum(LaneType type, llvm::ArrayRef<Lane> lanes, bool largest) {
  bool isHalf = type == LaneType::F16;
  uint64_t infinity = isHalf ? 0x7c00 : 0x7f800000, sign = uint64_t(1) << (bitsOf(type) - 1);
  uint64_t all = (sign << 1) - 1, smallestInteger = isSignedLane(type) ? sign : 0;
  Found best{
      isFloat(type) ? (largest ? infinity | sign : infinity) : (largest ? smallestInteger : all - smallestInteger), 0};
  bool isAny = false;
  for (unsigned i = 0; i < lanes.size(); ++i) {
    if (!lanes[i].isActive)
      continue;
    bool isBetter;
    if (isFloat(type)) {
      llvm::APFloat value = number(type, lanes[i].bits), other = number(type, best.bits);
      if (value.isNaN())
        return {isHalf ? 0x7e00u : 0x7fc00000u, i};
      bool areZeros = value.isZero() && other.isZero();
      llvm::APFloat::cmpResult order = value.compare(other);
      isBetter = areZeros ? value.isNegative() != other.isNegative() && value.isNegative() != largest
                          : order == (largest ? llvm::APFloat::cmpGreaterThan : llvm::APFloat::cmpLessThan);
    } else {
      int64_t value = integer(type, lanes[i].bits), other = integer(type, best.bits);
      isBetter = largest ? value > other : value < other;
    }
    if (isBetter || !isAny)
      best = {lanes[i].bits, i};
    isAny = true;
  }
  return best;
}

void run(SingleInstruction &single, const OpTable &table, const char *op, LaneType type) {
  Instruction instruction(*table.find(op, "", type));
  instruction.operand = {0, 1, 0, 0};
  instruction.result = {4, 5};
  RC_ASSERT(single.run(instruction));
}

// The lanes from 0 on, `size` bytes each, and zeros behind them.
void expect(SingleInstruction &single, const std::string &what, unsigned size, llvm::ArrayRef<uint64_t> lanes) {
  for (unsigned i = 0; i < registerBytes / size; ++i) {
    uint64_t wanted = i < lanes.size() ? lanes[i] & (~uint64_t(0) >> (64 - 8 * size)) : 0;
    if (uint64_t found = laneAt(single.core.wide(4), i, size); found != wanted)
      RC_FAIL(what + ": lane " + std::to_string(i) + " is " + std::to_string(found) + ", expected " +
              std::to_string(wanted));
  }
}

template <class Check>
void forEachDrawn(const char *op, Check check) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (llvm::StringRef build : builds)
    if (const OpTable *table = opTable(build))
      for (LaneType type : table->laneTypes(op, "")) {
        SingleInstruction single;
        drawVector(random, type, single.core.wide(0));
        drawMask(random, single.core.wide(1));
        // Equal lanes and zeros of both signs, so that it matters which comes first.
        if (random.below(2))
          for (unsigned byte = 0; byte < registerBytes; byte += bitsOf(type) / 8) {
            uint64_t value = isFloat(type) ? random.below(2) << (bitsOf(type) - 1) : random.below(3);
            if (random.below(2))
              std::memcpy(single.core.wide(0) + byte, &value, bitsOf(type) / 8);
          }
        run(single, *table, op, type);
        check(single, type, lanesOfOperand(single, type));
      }
}

unsigned sumBytes(LaneType type) {
  unsigned bytes = bitsOf(type) / 8;
  return isFloat(type) || bytes == 4 ? bytes : 2 * bytes;
}

RC_GTEST_PROP(Reduction, SumsOfAllLanesOfBlocksAndOfPairs, ()) {
  for (auto [op, results] : {std::pair("pto.vcadd", 1), std::pair("pto.vcgadd", 8), std::pair("pto.vcpadd", 0)})
    forEachDrawn(op,
                 [&, op = op, results = results](SingleInstruction &single, LaneType type, std::vector<Lane> lanes) {
                   size_t count = results ? results : lanes.size() / 2, each = lanes.size() / count;
                   std::vector<uint64_t> sums;
                   for (size_t k = 0; k < count; ++k)
                     sums.push_back(sum(type, llvm::ArrayRef(lanes).slice(k * each, each)));
                   expect(single, op, sumBytes(type), sums);
                 });
}

RC_GTEST_PROP(Reduction, ExtremaOfAllLanesWithTheirLane, ()) {
  for (auto [op, largest] : {std::pair("pto.vcmax", true), std::pair("pto.vcmin", false)})
    forEachDrawn(op,
                 [&, op = op, largest = largest](SingleInstruction &single, LaneType type, std::vector<Lane> lanes) {
                   Found found = extremum(type, lanes, largest);
                   expect(single, op, bitsOf(type) / 8, {found.bits, found.lane});
                 });
}

RC_GTEST_PROP(Reduction, ExtremaWithEveryLaneThatEqualsThem, ()) {
  for (auto [op, largest] : {std::pair("pto.vcbmax", true), std::pair("pto.vcbmin", false)})
    forEachDrawn(
        op, [&, op = op, largest = largest](SingleInstruction &single, LaneType type, std::vector<Lane> lanes) {
          uint64_t found = extremum(type, lanes, largest).bits;
          unsigned size = bitsOf(type) / 8;
          expect(single, op, size, {found});
          for (unsigned i = 0; i < lanes.size(); ++i) {
            bool isEqual = isFloat(type)
                               ? number(type, lanes[i].bits).compare(number(type, found)) == llvm::APFloat::cmpEqual
                               : lanes[i].bits == found;
            RC_ASSERT(laneAt(single.core.wide(5), i, size) == uint64_t(lanes[i].isActive && isEqual));
          }
        });
}

RC_GTEST_PROP(Reduction, ExtremaOfBlocks, ()) {
  for (auto [op, largest] : {std::pair("pto.vcgmax", true), std::pair("pto.vcgmin", false)})
    forEachDrawn(op,
                 [&, op = op, largest = largest](SingleInstruction &single, LaneType type, std::vector<Lane> lanes) {
                   size_t each = lanes.size() / 8;
                   std::vector<uint64_t> extrema;
                   for (size_t k = 0; k < 8; ++k)
                     extrema.push_back(extremum(type, llvm::ArrayRef(lanes).slice(k * each, each), largest).bits);
                   expect(single, op, bitsOf(type) / 8, extrema);
                 });
}

// Any mask split in two: the larger of both maxima is the maximum of the whole, and integer sums add up.
RC_GTEST_PROP(Reduction, AMaskSplitInTwoJoinsToTheWhole, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  SingleInstruction single;
  drawVector(random, LaneType::S32, single.core.wide(0));
  uint8_t whole[registerBytes], half[registerBytes];
  drawMask(random, whole);
  drawMask(random, half);
  auto reduce = [&](const char *op, bool first, bool second) {
    for (size_t i = 0; i < registerBytes; ++i)
      single.core.wide(1)[i] = uint8_t(whole[i] & ((first & half[i]) | (second & (half[i] ^ 1))));
    run(single, opTable(), op, LaneType::S32);
    return int32_t(laneAt(single.core.wide(4), 0, 4));
  };
  RC_ASSERT(reduce("pto.vcmax", true, true) ==
            std::max(reduce("pto.vcmax", true, false), reduce("pto.vcmax", false, true)));
  RC_ASSERT(uint32_t(reduce("pto.vcadd", true, true)) ==
            uint32_t(reduce("pto.vcadd", true, false)) + uint32_t(reduce("pto.vcadd", false, true)));
}

} // namespace
} // namespace pto::sim::testing
