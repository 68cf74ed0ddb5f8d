// The bug is found where it is, the fix is silent.
#include "sim/check/tests/Script.h"
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

} // namespace
} // namespace pto::sim::testing
