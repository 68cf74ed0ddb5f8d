// Lane-wise instructions whose operands are no plain lanes: comparisons, selection, broadcasts, the halves of vexpdif.
#include "sim/tests/LaneOperands.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

RC_GTEST_PROP(LaneLaw, ComparisonsAgreeWithTheReference, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  using Holds = bool (*)(long double, long double);
  const std::pair<const char *, Holds> modes[] = {
      {"eq", [](long double a, long double b) { return a == b; }},
      {"ne", [](long double a, long double b) { return a != b; }},
      {"lt", [](long double a, long double b) { return a < b; }},
      {"le", [](long double a, long double b) { return a <= b; }},
      {"gt", [](long double a, long double b) { return a > b; }},
      {"ge", [](long double a, long double b) { return a >= b; }},
  };
  for (auto [mode, holds] : modes)
    for (LaneType type : opTable().laneTypes("pto.vcmp", mode)) {
      unsigned size = bitsOf(type) / 8;
      // A long double holds every 64-bit integer.
      auto value = [&](uint64_t bits) -> long double {
        if (isFloat(type))
          return toLongDouble(type, bits);
        bool isSigned = type <= LaneType::S64;
        return isSigned ? (long double)(int64_t(bits << (64 - 8 * size)) >> (64 - 8 * size)) : (long double)bits;
      };
      SingleInstruction single;
      drawVector(random, type, single.core.wide(0));
      drawVector(random, type, single.core.wide(1));
      drawMask(random, single.core.wide(2));
      single.core.scalar(1) = drawLane(random, type);
      for (bool withScalar : {false, true}) {
        Instruction compare(*opTable().find(withScalar ? "pto.vcmps" : "pto.vcmp", mode, type));
        compare.operand = {0, 1, 2, 0};
        compare.result = {4, 0};
        RC_ASSERT(single.run(compare));
        for (unsigned bit = 0; bit < registerBytes; ++bit) {
          bool expected = false;
          if (bit % size == 0 && single.core.wide(2)[bit]) {
            uint64_t b = withScalar ? single.core.scalar(1) : laneAt(single.core.wide(1), bit / size, size);
            expected = holds(value(laneAt(single.core.wide(0), bit / size, size)), value(b));
          }
          RC_ASSERT(single.core.wide(4)[bit] == expected);
        }
      }
    }
}

RC_GTEST_PROP(LaneLaw, SelectionsAndBroadcastsMoveBits, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (LaneType type : opTable().laneTypes("pto.vsel", "")) {
    unsigned size = bitsOf(type) / 8, lanes = registerBytes / size;
    SingleInstruction single;
    drawVector(random, type, single.core.wide(0));
    drawVector(random, type, single.core.wide(1));
    drawMask(random, single.core.wide(2));
    single.core.scalar(0) = random();
    auto run = [&](llvm::StringRef op, llvm::StringRef variant, uint32_t second) {
      Instruction instruction(*opTable().find(op, variant, type));
      instruction.operand = {0, second, 2, 0};
      instruction.result = {4, 0};
      RC_ASSERT(single.run(instruction));
    };
    auto check = [&](auto expected) {
      for (unsigned lane = 0; lane < lanes; ++lane)
        RC_ASSERT(laneAt(single.core.wide(4), lane, size) == expected(lane, single.core.wide(2)[lane * size] != 0));
    };
    uint64_t ones = size == 8 ? ~uint64_t(0) : (uint64_t(1) << (8 * size)) - 1;
    run("pto.vsel", "", 1);
    check([&](unsigned lane, bool active) { return laneAt(single.core.wide(active ? 0 : 1), lane, size); });
    run("pto.vbr", "", 0);
    check([&](unsigned, bool) { return single.core.scalar(0) & ones; });
    run("pto.vdup", "scalar", 2);
    check([&](unsigned, bool active) { return active ? single.core.scalar(0) & ones : 0; });
    run("pto.vdup", "HIGHEST", 2);
    check([&](unsigned, bool active) { return active ? laneAt(single.core.wide(0), lanes - 1, size) : 0; });
    run("pto.vdup", "LOWEST", 2);
    check([&](unsigned, bool active) { return active ? laneAt(single.core.wide(0), 0, size) : 0; });
  }
}

RC_GTEST_PROP(LaneLaw, ExpdifTakesTheRoundedDifferenceOfEvenOrOddLanes, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (llvm::StringRef part : {"EVEN", "ODD"})
    for (LaneType type : {LaneType::F16, LaneType::F32}) {
      unsigned size = bitsOf(type) / 8;
      SingleInstruction single;
      drawVector(random, type, single.core.wide(0));
      drawVector(random, type, single.core.wide(1));
      drawMask(random, single.core.wide(2));
      Instruction instruction(*opTable().find("pto.vexpdif", part, type));
      instruction.operand = {0, 1, 2, 0};
      instruction.result = {4, 0};
      RC_ASSERT(single.run(instruction));
      for (unsigned lane = 0; lane < 64; ++lane) {
        unsigned source = type == LaneType::F32 ? lane : 2 * lane + (part == "ODD");
        float difference = float(toLongDouble(type, laneAt(single.core.wide(0), source, size)) -
                                 toLongDouble(type, laneAt(single.core.wide(1), source, size)));
        uint64_t expected =
            single.core.wide(2)[source * size] ? expReference(LaneType::F32, std::bit_cast<uint32_t>(difference)) : 0;
        RC_ASSERT(laneAt(single.core.wide(4), lane, 4) == expected);
      }
    }
}

} // namespace
} // namespace pto::sim::testing
