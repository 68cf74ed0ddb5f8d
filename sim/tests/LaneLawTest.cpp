// Every lane-wise instruction agrees with the reference: for every lane type, mask and tail, in every build.
#include "sim/tests/LaneReference.h"
#include "sim/tests/SingleInstruction.h"
#include "llvm/ADT/StringExtras.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

constexpr llvm::StringRef builds[] = {"portable", "avx2", "avx512"};

// splitmix64: the contents of registers, from a seed that RapidCheck draws.
class Random {
public:
  explicit Random(uint64_t seed) : state(seed) {}
  uint64_t operator()() {
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
  }
  uint64_t below(uint64_t end) { return (*this)() % end; }

private:
  uint64_t state;
};

// Any bits, or a value at an edge of the type, or a float of moderate size, so that sums round and cancel.
uint64_t drawLane(Random &random, LaneType type) {
  unsigned bits = bitsOf(type);
  uint64_t all = bits == 64 ? ~uint64_t(0) : (uint64_t(1) << bits) - 1;
  uint64_t any = random() & all;
  switch (random.below(4)) {
  case 0: { // zeros, infinities, extremes, and their neighbours
    uint64_t exponents = type == LaneType::F16 ? 0x7c00 : type == LaneType::BF16 ? 0x7f80 : 0x7f800000;
    uint64_t edges[] = {0, isFloat(type) ? exponents : all >> 1, isFloat(type) ? exponents >> 1 : all, 1};
    uint64_t edge = edges[random.below(4)] ^ (random.below(2) ? (all >> 1) + 1 : 0);
    return (edge + random.below(3) - 1) & all;
  }
  case 1:
    if (type == LaneType::F16)
      return (any & 0x83ff) | (12 + random.below(7)) << 10;
    if (type == LaneType::BF16)
      return (any & 0x807f) | (124 + random.below(7)) << 7;
    if (type == LaneType::F32)
      return (any & 0x807fffff) | (124 + random.below(7)) << 23;
    return any % 100;
  default:
    return any;
  }
}

void drawVector(Random &random, LaneType type, uint8_t *bytes) {
  unsigned size = bitsOf(type) / 8;
  for (unsigned at = 0; at < registerBytes; at += size) {
    uint64_t lane = drawLane(random, type);
    std::memcpy(bytes + at, &lane, size);
  }
}

// All, none, a tail, or any 256 bits: those that belong to no lane must not matter.
void drawMask(Random &random, uint8_t *bits) {
  uint64_t kind = random.below(4), end = random.below(registerBytes + 1);
  for (unsigned i = 0; i < registerBytes; ++i)
    bits[i] = kind == 0 ? 1 : kind == 1 ? random.below(8) == 0 : kind == 2 ? i < end : random.below(2);
}

uint64_t laneAt(const uint8_t *bytes, unsigned lane, unsigned size) {
  uint64_t value = 0;
  std::memcpy(&value, bytes + lane * size, size);
  return value;
}

// An i16: within and around the widths, or any.
uint64_t drawCount(Random &random) {
  return random.below(2) ? random.below(70) : random() & 0xffff;
}

// Where the operands of an instruction sit: wide and scalar registers are numbered like its operands.
Instruction instructionFor(const LaneOp &op, const Code *code) {
  Instruction made(*code);
  made.result = {4, 5};
  for (uint32_t i = 0; i < op.operands.size(); ++i)
    made.operand[i] = i;
  return made;
}

void drawOperands(Random &random, const LaneOp &op, LaneType type, Core &core) {
  for (uint32_t i = 0; i < op.operands.size(); ++i)
    if (op.operands[i] == 'v')
      drawVector(random, type, core.wide(i));
    else if (op.operands[i] == 's')
      core.scalar(i) = op.shiftsByScalar ? drawCount(random) : drawLane(random, type);
    else
      drawMask(random, core.wide(i));
}

std::string describe(const LaneOp &op, LaneType type, llvm::ArrayRef<uint64_t> operands) {
  std::string words = op.name + " type " + std::to_string(unsigned(type));
  for (uint64_t operand : operands)
    words += " 0x" + llvm::utohexstr(operand);
  return words;
}

// Compares all lanes of the last run with the reference.
void checkLanes(Core &core, const LaneOp &op, LaneType type) {
  unsigned size = bitsOf(type) / 8;
  size_t maskAt = op.operands.find('m');
  for (unsigned lane = 0; lane < registerBytes / size; ++lane) {
    std::vector<uint64_t> operands;
    for (size_t i = 0; i < op.operands.size(); ++i)
      switch (op.operands[i]) {
      case 'v':
        operands.push_back(laneAt(core.wide(i), lane, size));
        break;
      case 's':
        operands.push_back(core.scalar(i));
        break;
      case 'c':
        operands.push_back(core.wide(i)[lane * size]);
        break;
      }
    bool active = core.wide(maskAt)[lane * size] != 0;
    uint64_t expected = active ? op.lane(type, operands) : 0;
    uint64_t found = laneAt(core.wide(4), lane, size);
    if (op.hasCarry)
      found |= laneAt(core.wide(5), lane, size) << 32;
    if (found != expected)
      RC_FAIL(describe(op, type, operands) + (active ? "" : " (inactive)") + " gives 0x" + llvm::utohexstr(found) +
              ", expected 0x" + llvm::utohexstr(expected));
  }
}

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

TEST(LaneLaw, CoversEveryLanewiseInstruction) {
  std::vector<std::string> covered = {"pto.vbr", "pto.vdup", "pto.vsel", "pto.vcmp", "pto.vcmps", "pto.vexpdif"};
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
  EXPECT_EQ(opTable().variants("pto.vdup"), (std::vector<std::string>{"LOWEST", "scalar"}));
}

// The exact results of what can overflow, worked out in 128 bits.
struct ExactOp {
  const char *name;
  __int128 (*of)(__int128, __int128, __int128);
};
constexpr ExactOp exactOps[] = {
    {"pto.vabs", [](__int128 a, __int128, __int128) { return a < 0 ? -a : a; }},
    {"pto.vneg", [](__int128 a, __int128, __int128) { return -a; }},
    {"pto.vadd", [](__int128 a, __int128 b, __int128) { return a + b; }},
    {"pto.vsub", [](__int128 a, __int128 b, __int128) { return a - b; }},
    {"pto.vmul", [](__int128 a, __int128 b, __int128) { return a * b; }},
    {"pto.vadds", [](__int128 a, __int128 b, __int128) { return a + b; }},
    {"pto.vmuls", [](__int128 a, __int128 b, __int128) { return a * b; }},
    {"pto.vmula", [](__int128 acc, __int128 a, __int128 b) { return acc + a * b; }},
};

// One lane when CTRL asks for saturation of integers and of f16.
uint64_t saturatedLane(const LaneOp &op, LaneType type, llvm::ArrayRef<uint64_t> operands) {
  uint64_t plain = op.lane(type, operands);
  bool moves = llvm::StringRef(op.name).starts_with("pto.vand") || op.name == "pto.vor" || op.name == "pto.vxor" ||
               op.name == "pto.vnot";
  if (type == LaneType::F16 && !moves)
    return (plain & 0x7fff) > 0x7c00 ? 0 : (plain & 0x7fff) == 0x7c00 ? plain - 1 : plain;
  const ExactOp *exact = llvm::find_if(exactOps, [&](const ExactOp &known) { return op.name == known.name; });
  if (isFloat(type) || exact == std::end(exactOps))
    return plain;
  unsigned bits = bitsOf(type);
  bool isSigned = type <= LaneType::S64;
  __int128 in[3] = {};
  for (size_t i = 0; i < operands.size(); ++i) {
    uint64_t raw = operands[i] << (64 - bits) >> (64 - bits);
    in[i] = isSigned && raw >> (bits - 1) ? __int128(raw) - (__int128(1) << bits) : __int128(raw);
  }
  __int128 low = isSigned ? -(__int128(1) << (bits - 1)) : 0;
  __int128 high = (__int128(1) << (isSigned ? bits - 1 : bits)) - 1;
  __int128 result = std::clamp(exact->of(in[0], in[1], in[2]), low, high);
  return uint64_t(result) << (64 - bits) >> (64 - bits);
}

RC_GTEST_PROP(LaneLaw, SaturatesWhereTheControlRegisterSaysSo, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  SingleInstruction single;
  single.core.control.bits = uint64_t(1) << 53; // bit 48 clear: f16 saturates; bit 53 set: integers do
  for (llvm::StringRef build : builds)
    if (const OpTable *table = opTable(build))
      for (const LaneOp &op : laneOps())
        for (LaneType type : table->laneTypes(op.name, "")) {
          drawOperands(random, op, type, single.core);
          RC_ASSERT(single.run(instructionFor(op, table->find(op.name, "", type))));
          LaneOp saturated = op;
          saturated.lane = [&](LaneType lanes, llvm::ArrayRef<uint64_t> operands) {
            return saturatedLane(op, lanes, operands);
          };
          checkLanes(single.core, saturated, type);
        }
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
