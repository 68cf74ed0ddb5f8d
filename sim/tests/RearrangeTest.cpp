// Lanes that move: each result's byte from its place, and what two moves make of each other.
#include "sim/machine/Choices.h"
#include "sim/tests/LaneOperands.h"
#include "llvm/ADT/APFloat.h"
#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

void drawBytes(Random &random, uint8_t *bytes) {
  for (unsigned i = 0; i < registerBytes; ++i)
    bytes[i] = uint8_t(random());
}

class Registers : public SingleInstruction {
public:
  void run(llvm::StringRef op, llvm::StringRef variant, std::array<uint32_t, 4> operands,
           std::array<uint32_t, 2> results) {
    Instruction instruction(*opTable().find(op, variant, LaneType::None));
    instruction.operand = operands;
    instruction.result = results;
    RC_ASSERT(SingleInstruction::run(instruction));
  }
  uint64_t lane(uint32_t wide, unsigned index, unsigned size) { return laneAt(core.wide(wide), index, size); }
};

RC_GTEST_PROP(Rearrange, InterleavingTakesTurnsAndDeinterleavingUndoesIt, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (unsigned size : {1u, 2u, 4u}) {
    Registers registers;
    std::string width = "b" + std::to_string(8 * size);
    drawBytes(random, registers.core.wide(0));
    drawBytes(random, registers.core.wide(1));
    registers.run("pto.vintlv", width, {0, 1, 0, 0}, {2, 3});
    unsigned lanes = registerBytes / size;
    for (unsigned i = 0; i < 2 * lanes; ++i)
      RC_ASSERT(registers.lane(2 + i / lanes, i % lanes, size) == registers.lane(i % 2, i / 2, size));
    registers.run("pto.vdintlv", width, {2, 3, 0, 0}, {4, 5});
    for (unsigned wide : {0, 1})
      RC_ASSERT(std::memcmp(registers.core.wide(wide), registers.core.wide(4 + wide), registerBytes) == 0);
  }
}

RC_GTEST_PROP(Histogram, CountsActiveBytesOnTopOfWhatIsThere, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (bool isCumulative : {false, true})
    for (unsigned bin : {0, 1}) {
      Registers registers;
      drawBytes(random, registers.core.wide(0));
      drawBytes(random, registers.core.wide(1));
      drawMask(random, registers.core.wide(2));
      registers.core.scalar(3) = bin;
      registers.run(isCumulative ? "pto.chistv2" : "pto.dhistv2", "", {0, 1, 2, 3}, {4, 5});
      for (unsigned i = 0; i < 128; ++i) {
        uint64_t wanted = registers.lane(0, i, 2);
        for (unsigned k = 0; k < registerBytes; ++k) {
          uint64_t value = registers.lane(1, k, 1), counted = 128 * bin + i;
          wanted += registers.core.wide(2)[k] && (isCumulative ? value <= counted : value == counted);
        }
        RC_ASSERT(registers.lane(4, i, 2) == wanted % 65536);
      }
    }
}

RC_GTEST_PROP(Rearrange, SelectedLanesComeFromTheirIndex, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (unsigned size : {1u, 2u, 4u}) {
    Registers registers;
    drawBytes(random, registers.core.wide(0));
    drawBytes(random, registers.core.wide(1));
    registers.run("pto.vselr", "b" + std::to_string(8 * size), {0, 1, 0, 0}, {4, 5});
    unsigned lanes = registerBytes / size;
    for (unsigned i = 0; i < lanes; ++i)
      RC_ASSERT(registers.lane(4, i, size) == registers.lane(0, unsigned(registers.lane(1, i, size) % lanes), size));
  }
}

RC_GTEST_PROP(Rearrange, UnpackingAndPackingIsTheSame, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (unsigned size : {1u, 2u, 4u})
    for (unsigned part : {0u, 1u})
      for (bool isSigned : {false, true}) {
        Registers registers;
        std::string width = "b" + std::to_string(8 * size);
        unsigned half = registerBytes / 2 / size;
        drawBytes(random, registers.core.wide(0));
        registers.core.scalar(1) = part;
        registers.run(isSigned ? "pto.vsunpack" : "pto.vzunpack", width, {0, 1, 0, 0}, {4, 5});
        for (unsigned i = 0; i < half; ++i) {
          uint64_t value = registers.lane(0, part * half + i, size);
          uint64_t extension = isSigned && value >> (8 * size - 1) ? ~uint64_t(0) << 8 * size : 0;
          uint64_t wide = size == 4 ? ~uint64_t(0) : (uint64_t(1) << 16 * size) - 1;
          RC_ASSERT(registers.lane(4, i, 2 * size) == ((value | extension) & wide));
        }
        if (size == 4)
          continue; // nothing packs 64-bit lanes
        registers.run("pto.vpack", width + (part ? " HIGHER" : " LOWER"), {4, 0, 0, 0}, {5, 0});
        for (unsigned i = 0; i < 2 * half; ++i)
          RC_ASSERT(registers.lane(5, i, size) == (i / half == part ? registers.lane(0, i, size) : 0));
      }
}

TEST(Rearrange, ARegisterHasTwoParts) {
  SingleInstruction single;
  single.core.scalar(1) = 2;
  Instruction unpack(*opTable().find("pto.vsunpack", "b16", LaneType::None));
  unpack.operand = {0, 1, 0, 0};
  EXPECT_FALSE(single.run(unpack));
}

RC_GTEST_PROP(Rearrange, SqueezingKeepsActiveLanesInOrder, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (unsigned size : {1u, 2u, 4u}) {
    Registers registers;
    std::string width = "b" + std::to_string(8 * size);
    drawBytes(random, registers.core.wide(0));
    drawMask(random, registers.core.wide(1));
    registers.run("pto.vsqz", width, {0, 1, 0, 0}, {4, 5});
    registers.run("pto.vusqz", width, {0, 1, 0, 0}, {5, 4});
    unsigned kept = 0;
    for (unsigned i = 0; i < registerBytes / size; ++i) {
      RC_ASSERT(registers.lane(5, i, size) == (kept & (size == 1 ? 0xff : 0xffff)));
      if (registers.core.wide(1)[i * size]) {
        RC_ASSERT(registers.lane(4, kept, size) == registers.lane(0, i, size));
        ++kept;
      }
    }
    RC_ASSERT(registers.core.vector.squeezedBytes == kept * size);
    for (unsigned i = kept; i < registerBytes / size; ++i)
      RC_ASSERT(registers.lane(4, i, size) == 0);
  }
}

RC_GTEST_PROP(Rearrange, CountingIsRoundedOnceAndWraps, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (llvm::StringRef build : builds)
    if (const OpTable *table = opTable(build))
      for (llvm::StringRef order : {"ASC", "DESC"})
        for (LaneType type : table->laneTypes("pto.vci", order)) {
          SingleInstruction single;
          unsigned size = bitsOf(type) / 8, lanes = registerBytes / size;
          uint64_t base = single.core.scalar(0) = drawLane(random, type);
          Instruction instruction(*table->find("pto.vci", order, type));
          instruction.operand = {0, 0, 0, 0};
          instruction.result = {4, 0};
          RC_ASSERT(single.run(instruction));
          for (unsigned i = 0; i < lanes; ++i) {
            int64_t distance = order == "ASC" ? int(i) : (choices::vciEndsAtScalar ? int(lanes) - 1 : 0) - int(i);
            uint64_t expected = (base + uint64_t(distance)) & (~uint64_t(0) >> (64 - 8 * size));
            if (isFloat(type)) {
              const llvm::fltSemantics &own =
                  type == LaneType::F16 ? llvm::APFloat::IEEEhalf() : llvm::APFloat::IEEEsingle();
              llvm::APFloat value(own, llvm::APInt(8 * size, base)), added(llvm::APFloat::IEEEquad());
              bool losesInfo;
              value.convert(llvm::APFloat::IEEEquad(), llvm::APFloat::rmNearestTiesToEven, &losesInfo);
              added.convertFromAPInt(llvm::APInt(64, uint64_t(distance)), true, llvm::APFloat::rmNearestTiesToEven);
              value.add(added, llvm::APFloat::rmNearestTiesToEven);
              value.convert(own, llvm::APFloat::rmNearestTiesToEven, &losesInfo);
              expected = value.isNaN() ? (size == 2 ? 0x7e00 : 0x7fc00000) : value.bitcastToAPInt().getZExtValue();
            }
            if (uint64_t found = laneAt(single.core.wide(4), i, size); found != expected)
              RC_FAIL("lane " + std::to_string(i) + " from " + std::to_string(base) + " is " + std::to_string(found) +
                      ", expected " + std::to_string(expected));
          }
        }
}

} // namespace
} // namespace pto::sim::testing
