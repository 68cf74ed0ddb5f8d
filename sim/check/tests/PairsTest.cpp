// The bug is found where it is, the fix is silent.
#include "sim/check/tests/Script.h"
#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pto::sim::testing {
namespace {

class Pairs : public ::testing::TestWithParam<Pair> {};

TEST_P(Pairs, TheBugIsFoundAndTheFixIsSilent) {
  const Pair &pair = GetParam();
  ScriptRun bug = runScript(bugOf(pair), pair.blocks), fix = runScript(fixOf(pair), pair.blocks);
  std::vector<unsigned> lines;
  for (const Finding &finding : bug.findings) {
    EXPECT_EQ(name(finding.check), name(pair.check)) << finding.message;
    if (!llvm::is_contained(lines, finding.location.line))
      lines.push_back(finding.location.line);
  }
  llvm::sort(lines);
  EXPECT_EQ(lines, linesOf(pair)) << kernelOf(bugOf(pair));
  for (const Finding &finding : fix.findings)
    ADD_FAILURE() << "in the fix, line " << finding.location.line << ": " << finding.message;
  EXPECT_FALSE(fix.fault) << fix.fault->message;
}

TEST_P(Pairs, TheFixGivesTheSameBitsInEveryOrder) {
  const Pair &pair = GetParam();
  std::vector<float> right = runScript(fixOf(pair), pair.blocks).out;
  std::vector<Order> orders = {{Order::Kind::Late}, {Order::Kind::Early}};
  for (uint64_t seed = 0; seed < 4; ++seed)
    orders.push_back({Order::Kind::Random, seed});
  for (const Order &order : orders) {
    ScriptRun run = runScript(fixOf(pair), pair.blocks, order);
    EXPECT_FALSE(run.fault) << run.fault->message;
    EXPECT_EQ(run.out, right) << order.text();
  }
}

INSTANTIATE_TEST_SUITE_P(All, Pairs, ::testing::ValuesIn(allPairs()), [](auto &info) { return info.param.name; });

// What is right without a barrier.
class Silent : public ::testing::TestWithParam<std::pair<const char *, const char *>> {};
TEST_P(Silent, NothingIsFound) {
  RunReport report = runScript(llvm::StringRef(GetParam().second).trim('\n'));
  EXPECT_FALSE(report.fault) << report.fault->message;
  for (const Finding &finding : report.findings)
    ADD_FAILURE() << "line " << finding.location.line << ": " << finding.message;
}
const std::pair<const char *, const char *> silent[] = {
    {"InPlace", R"(
      load a in
      barrier ALL
      scope {
      ld v a
      add w v
      st w a
      })"},
    {"ScalarsOfAScope", R"(
      scope {
      sst b
      sld b
      sst b
      })"},
    {"AnAccumulatorInMemory", R"(
      load a in
      load b in
      barrier ALL
      scope {
      loop 4 {
      ld v b
      add w v
      st w b
      bar VST_VLD
      }
      })"},
    {"PaddedThenCopiedOver", R"(
      load a in
      load b in
      barrier ALL
      scope {
      ld p a
      st p c
      bar VST_VLD
      ld v c
      add w v
      st w c
      })"},
    {"BackOverTheInput", R"(
      load a in
      barrier ALL
      scope {
      ld v a
      st v b
      bar VST_VLD
      ld w b
      st w a
      })"},
    {"OverWhatAnEarlierTurnLoaded", R"(
      load a in
      load a+256 in
      load a+512 in
      barrier ALL
      scope {
      loop 2 {
      ld v a*i
      ld w a+256*i
      st w a*i
      bar VST_VLD
      }
      })"},
    {"ASumOverTurns", R"(
      load a in
      load a+256 in
      load b in
      barrier ALL
      scope {
      ld v b
      carry 2 x v {
      ld w a*i
      add y w
      yield y
      })"},
    {"AScalarStoredAfterWhatAScalarWaitedFor", R"(
      load a in
      load b in
      barrier ALL
      scope {
      ld v a
      st v c
      bar VST_LD
      sld b
      sst c
      })"},
    {"ACopyBetweenScopes", R"(
      load a in
      barrier ALL
      use b a
      copy c b
      use d c)"},
    {"TwoScopes", R"(
      load a in
      barrier ALL
      use b a
      use c b
      use b c)"},
    {"TheTailOfARegisterThatAMaskHides", R"(
      load a in
      set MTE2 V 0
      wait MTE2 V 0
      barrier MTE2
      load a+128 in
      scope {
      mask m 32
      ld v a m
      st v b m
      })"},
    {"NeighboursOfABlock", R"(
      load a in
      load b in
      set MTE2 V 0
      wait MTE2 V 0
      scope {
      ld v a
      1pt v c
      1pt v c+4
      })"},
};
INSTANTIATE_TEST_SUITE_P(Scopes, Silent, ::testing::ValuesIn(silent), [](auto &info) { return info.param.first; });

TEST(VectorScatter, OfDifferentValuesAtOneIndexIsFound) {
  auto findings = [](llvm::StringRef value, llvm::StringRef index) {
    std::string text = kernelOf("");
    text.insert(text.rfind("return"), R"(
      %s0 = arith.constant 0 : i64
      %s1 = arith.constant 1 : i32
      %su = pto.castptr %s0 : i64 -> !pto.ptr<i32, ub>
      pto.vecscope {
        %all = pto.pset_b32 "PAT_ALL" : !pto.mask<b32>
        %counts = pto.vci %s1 {order = "ASC"} : i32 -> !pto.vreg<64xi32>
        %ones = pto.vbr %s1 : i32 -> !pto.vreg<64xi32>
        pto.vscatter )" + value.str() + ", %su, " +
                                          index.str() +
                                          ", %all : !pto.vreg<64xi32>, !pto.ptr<i32, ub>, !pto.vreg<64xi32>, "
                                          "!pto.mask<b32>\n}\n");
    RunReport report = runKernel(text);
    EXPECT_FALSE(report.fault) << report.fault->message;
    return report.findings;
  };
  EXPECT_TRUE(findings("%ones", "%ones").empty());
  EXPECT_TRUE(findings("%counts", "%counts").empty());
  std::vector<Finding> found = findings("%counts", "%ones");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(name(found[0].check), "lane-race");
  EXPECT_THAT(found[0].message,
              ::testing::HasSubstr("pto.vscatter stores different values of lane 0 and lane 63 at ub+0x4"));
}

TEST(MergeCounts, WaitForTheMerge) {
  auto findings = [](const char *between) {
    std::string text = kernelOf("");
    std::string flags = between;
    text.insert(text.rfind("return"), R"(
      %s0 = arith.constant 0 : i64
      %s1 = arith.constant 4096 : i64
      %lengths = arith.constant 65537 : i64
      %config = arith.constant 769 : i64
      %from = pto.castptr %s0 : i64 -> !pto.ptr<f32, ub>
      %to = pto.castptr %s1 : i64 -> !pto.ptr<f32, ub>
      %k = arith.constant 2 : index
      %second = pto.addptr %from, %k : !pto.ptr<f32, ub> -> !pto.ptr<f32, ub>
      pto.vmrgsort4 %to, %from, %second, %from, %from, %lengths, %config : !pto.ptr<f32, ub>, !pto.ptr<f32, ub>, !pto.ptr<f32, ub>, !pto.ptr<f32, ub>, !pto.ptr<f32, ub>, i64, i64
      )" + flags + R"(
      %n0, %n1, %n2, %n3 = pto.get_vms4_sr : i16, i16, i16, i16
      pto.vmrgsort4 %to, %from, %second, %from, %from, %lengths, %config : !pto.ptr<f32, ub>, !pto.ptr<f32, ub>, !pto.ptr<f32, ub>, !pto.ptr<f32, ub>, !pto.ptr<f32, ub>, i64, i64
    )");
    RunReport report = runKernel(text);
    EXPECT_FALSE(report.fault) << report.fault->message;
    return report.findings;
  };
  EXPECT_TRUE(
      findings(R"(pto.set_flag["PIPE_V", "PIPE_S", "EVENT_ID0"] pto.wait_flag["PIPE_V", "PIPE_S", "EVENT_ID0"])")
          .empty());
  std::vector<Finding> found = findings("");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].check, Check::ReadAfterWrite);
  EXPECT_THAT(found[0].message,
              ::testing::HasSubstr("pto.get_vms4_sr on PIPE_S reads VMS4_SR, which pto.vmrgsort4 on PIPE_V writes"));
}

// Registers that a loop carries round in a ring, each made of two others: there are more ways from a load to the store
// than anyone can walk.
TEST(StoreSources, AreFoundInTimeWhereManyRegistersAreCarried) {
  constexpr unsigned count = 64;
  std::string inits, types, yields, sums;
  for (unsigned i = 0; i < count; ++i) {
    std::string n = std::to_string(i), comma = i ? ", " : "";
    inits += comma + "%x" + n + " = %v";
    types += comma + "!pto.vreg<64xf32>";
    yields += comma + "%y" + n;
    sums += "%y" + n + " = pto.vadd %x" + std::to_string((i + count - 1) % count) + ", " +
            (i == 0 ? "%w" : "%x" + std::to_string((i + count - 2) % count)) +
            ", %all : !pto.vreg<64xf32>, !pto.vreg<64xf32>, !pto.mask<b32> -> !pto.vreg<64xf32>\n";
  }
  std::string text = kernelOf("load a in\nbarrier ALL");
  text.insert(text.rfind("return"), R"(
      %s0 = arith.constant 0 : i64
      %lb = arith.constant 0 : index
      %lone = arith.constant 1 : index
      %ltwo = arith.constant 70 : index
      %su = pto.castptr %s0 : i64 -> !pto.ptr<f32, ub>
      pto.vecscope {
        %all = pto.pset_b32 "PAT_ALL" : !pto.mask<b32>
        %v = pto.vlds %su[%lb] : !pto.ptr<f32, ub> -> !pto.vreg<64xf32>
        %r:)" + std::to_string(count) + " = scf.for %i = %lb to %ltwo step %lone iter_args(" +
                                        inits + ") -> (" + types + ") {\n" +
                                        "%w = pto.vlds %su[%lb] : !pto.ptr<f32, ub> -> !pto.vreg<64xf32>\n" + sums +
                                        "pto.vsts %y1, %su[%lb], %all : !pto.vreg<64xf32>, !pto.ptr<f32, ub>, "
                                        "!pto.mask<b32>\nscf.yield " +
                                        yields + " : " + types + "\n}\n}\n");
  auto start = std::chrono::steady_clock::now();
  RunReport report = runKernel(text);
  EXPECT_FALSE(report.fault) << report.fault->message;
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

} // namespace
} // namespace pto::sim::testing
