// Every lane-wise instruction agrees with the reference: for every lane type, mask and tail, in every build.
#include "sim/tests/LaneOperands.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

RC_GTEST_PROP(LaneLaw, EveryInstructionAgreesWithTheReference, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  SingleInstruction single;
  for (llvm::StringRef build : builds) {
    const OpTable *table = opTable(build);
    if (!table)
      continue;
    for (const LaneOp &op : laneOps())
      for (LaneType type : table->laneTypes(op.name, "")) {
        drawOperands(random, op, type, single.core);
        RC_ASSERT(single.run(instructionFor(op, table->find(op.name, "", type))));
        checkLanes(single.core, op, type);
      }
  }
}

// What a predicate leaves out is zero, so that both halves of any mask, put together, are the whole.
RC_GTEST_PROP(LaneLaw, AMaskSplitInTwoJoinsToTheWhole, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  SingleInstruction single;
  for (const LaneOp &op : laneOps()) {
    size_t maskAt = op.operands.find('m');
    const unsigned count = op.hasCarry ? 2 : 1;
    for (LaneType type : opTable().laneTypes(op.name, "")) {
      drawOperands(random, op, type, single.core);
      uint8_t whole[registerBytes], half[registerBytes], results[3][2][registerBytes] = {};
      uint8_t *mask = single.core.wide(uint32_t(maskAt));
      std::memcpy(whole, mask, registerBytes);
      drawMask(random, half);
      for (unsigned part : {0, 1, 2}) {
        for (unsigned i = 0; i < registerBytes; ++i)
          mask[i] = part == 0 ? whole[i] : whole[i] & (half[i] ^ (part - 1));
        RC_ASSERT(single.run(instructionFor(op, opTable().find(op.name, "", type))));
        for (unsigned result = 0; result < count; ++result)
          std::memcpy(results[part][result], single.core.wide(4 + result), registerBytes);
      }
      for (unsigned result = 0; result < count; ++result)
        for (unsigned i = 0; i < registerBytes; ++i)
          if (results[0][result][i] != (results[1][result][i] | results[2][result][i]))
            RC_FAIL(op.name + " on lanes of type " + std::to_string(unsigned(type)) + ": byte " + std::to_string(i));
    }
  }
}

TEST(LaneLaw, CoversEveryLanewiseInstruction) {
  std::vector<std::string> covered = {"pto.vbr", "pto.vdup", "pto.vsel", "pto.vcmp", "pto.vcmps", "pto.vexpdif"};
  // Those with tests of their own: conversions, reductions, rearrangement, streams, blocks and elements, sorting.
  for (const char *other :
       {"vcvt",     "vtrc",     "vci",         "vcadd",    "vcmax",    "vcmin",     "vcgadd",   "vcgmax",   "vcgmin",
        "vcpadd",   "vselr",    "vintlv",      "vdintlv",  "vpack",    "vsunpack",  "vzunpack", "vbitcast", "vsqz",
        "vusqz",    "vldas",    "vldus",       "vstus",    "vstas",    "vstur",     "vstar",    "vsldb",    "vsstb",
        "vgatherb", "vgather2", "vgather2_bc", "vscatter", "vbitsort", "vmrgsort4", "vcbmax",   "vcbmin"})
    covered.push_back(std::string("pto.") + other);
  for (const LaneOp &op : laneOps())
    covered.push_back(op.name);
  for (const std::string &name : opTable().names())
    if (llvm::StringRef(name).starts_with("pto.v") && name.find("vlds") == std::string::npos &&
        name.find("vsts") == std::string::npos) {
      EXPECT_TRUE(llvm::is_contained(covered, name)) << name;
    }
}

// What the maker's pages give hardware for; wider types are the toolkit's software. Unsigned vabs stands in a public
// kernel.
TEST(LaneLaw, LaneTypesAreThoseOfTheHardware) {
  using enum LaneType;
  using Types = std::vector<LaneType>;
  const Types integers = {S8, S16, S32, U8, U16, U32}, factors = {S16, S32, U16, U32}, floats = {F16, F32},
              reals = {F16, BF16, F32};
  auto both = [](Types a, const Types &b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  };
  const std::pair<std::vector<const char *>, Types> rows[] = {
      {{"pto.vadd", "pto.vsub", "pto.vadds", "pto.vmax", "pto.vmin", "pto.vmaxs", "pto.vmins"}, both(integers, reals)},
      {{"pto.vand", "pto.vor", "pto.vxor", "pto.vnot", "pto.vsel", "pto.vbr"}, both(integers, reals)},
      {{"pto.vmul", "pto.vmula"}, both(factors, reals)},
      {{"pto.vmuls"}, both(factors, floats)},
      {{"pto.vmadd"}, reals},
      {{"pto.vabs"}, both(integers, floats)},
      {{"pto.vneg"}, both({S8, S16, S32}, floats)},
      {{"pto.vrelu"}, both({S32}, floats)},
      {{"pto.vshl", "pto.vshr", "pto.vshls", "pto.vshrs"}, integers},
      {{"pto.vexp", "pto.vln", "pto.vsqrt", "pto.vdiv", "pto.vprelu", "pto.vlrelu", "pto.vaxpy"}, floats},
      {{"pto.vaddc", "pto.vsubc", "pto.vaddcs", "pto.vsubcs"}, {S32, U32}},
  };
  for (const auto &[ops, types] : rows)
    for (const char *op : ops)
      EXPECT_EQ(opTable().laneTypes(op, ""), types) << op;
  EXPECT_EQ(opTable().laneTypes("pto.vcmp", "lt"), both(integers, reals));
  EXPECT_EQ(opTable().variants("pto.vdup"), (std::vector<std::string>{"HIGHEST", "LOWEST", "scalar"}));
}

// 6.5002 - 1 in units of the smallest half: LLVM's fused operation makes 5 of it.
TEST(LaneLaw, TheReferenceRoundsFusedSubnormals) {
  const LaneOp &vmadd = *llvm::find_if(laneOps(), [](const LaneOp &op) { return op.name == "pto.vmadd"; });
  EXPECT_EQ(vmadd.lane(LaneType::F16, {0x0baa, 0x16c9, 0x8001}), 6u);
}

TEST(LaneLaw, TheDocumentedExamples) {
  SingleInstruction single;
  auto lane = [&](llvm::StringRef op, LaneType type, uint64_t a, uint64_t b) {
    std::memcpy(single.core.wide(0), &a, 4);
    std::memcpy(single.core.wide(1), &b, 4);
    std::memset(single.core.wide(2), 1, registerBytes);
    single.core.scalar(1) = b;
    Instruction instruction(*opTable().find(op, "", type));
    instruction.operand = {0, 1, 2, 0};
    instruction.result = {4, 5};
    EXPECT_TRUE(single.run(instruction));
    return laneAt(single.core.wide(4), 0, bitsOf(type) / 8);
  };
  EXPECT_EQ(lane("pto.vshl", LaneType::S16, 0xaaaa, 1), 0xd554u);
  EXPECT_EQ(lane("pto.vshls", LaneType::S16, 0xaaaa, 3), 0xd550u);
  EXPECT_EQ(lane("pto.vshls", LaneType::U16, 0xaaaa, 1), 0x5554u);
  EXPECT_EQ(lane("pto.vshr", LaneType::S16, 0x8000, 99), 0xffffu);
  EXPECT_EQ(lane("pto.vdiv", LaneType::F32, 1, 1), 0x7fffffffu);                     // subnormal / subnormal
  EXPECT_EQ(lane("pto.vdiv", LaneType::F32, 0xbf800000, 1), 0xff800000u);            // -1 / subnormal
  EXPECT_EQ(lane("pto.vprelu", LaneType::F32, 0x80000000, 0xc0000000), 0u);          // -0 * -2
  EXPECT_EQ(lane("pto.vlrelu", LaneType::F32, 0x80000000, 0x7f800000), 0x7fc00000u); // -0 * inf
  EXPECT_EQ(lane("pto.vprelu", LaneType::F32, 0x3f800000, 0x7f800000), 0x3f800000u); // 1, whatever the slope
}

TEST(LaneLaw, UnaryInstructionsAgreeOnEvery8And16BitInput) {
  for (llvm::StringRef build : builds) {
    const OpTable *table = opTable(build);
    if (!table)
      continue;
    for (const LaneOp &op : laneOps()) {
      if (op.operands != "vm")
        continue;
      for (LaneType type : table->laneTypes(op.name, "")) {
        unsigned bits = bitsOf(type), lanes = registerBytes * 8 / bits;
        if (bits > 16)
          continue;
        SingleInstruction single;
        std::memset(single.core.wide(1), 1, registerBytes);
        for (uint32_t first = 0; first < 1u << bits; first += lanes) {
          for (uint32_t lane = 0; lane < lanes; ++lane) {
            uint32_t value = first + lane;
            std::memcpy(single.core.wide(0) + lane * bits / 8, &value, bits / 8);
          }
          ASSERT_TRUE(single.run(instructionFor(op, table->find(op.name, "", type))));
          for (uint32_t lane = 0; lane < lanes; ++lane)
            ASSERT_EQ(laneAt(single.core.wide(4), lane, bits / 8), op.lane(type, {uint64_t(first + lane)}))
                << describe(op, type, {uint64_t(first + lane)}) << " in build " << build.str();
        }
      }
    }
  }
}

} // namespace
} // namespace pto::sim::testing
