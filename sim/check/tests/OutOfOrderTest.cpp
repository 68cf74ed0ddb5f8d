// What nothing orders, in other orders: a kernel that is right gives the same bits in all of them, one that is not
// shows it.
#include "sim/check/tests/Script.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pto::sim::testing {
namespace {

using Kind = Order::Kind;

std::vector<Order> otherOrders() {
  std::vector<Order> orders = {{Kind::Late}, {Kind::Early}};
  for (uint64_t seed = 0; seed < 6; ++seed)
    orders.push_back({Kind::Random, seed});
  return orders;
}

TEST(Orders, AreReadAndWritten) {
  for (const char *text : {"program", "late", "early", "random:7", "random:18446744073709551615"}) {
    ASSERT_TRUE(Order::parse(text)) << text;
    EXPECT_EQ(Order::parse(text)->text(), text);
  }
  for (const char *text : {"", "Late", "random", "random:", "random:x", "random:-1", "late:1", "early:", "random:1:2"})
    EXPECT_FALSE(Order::parse(text)) << text;
}

// A kernel whose load is not waited for, and so on: the orders in which it goes wrong.
struct Damage {
  const char *name, *script;
  std::vector<Kind> shownBy;
};
class Damages : public ::testing::TestWithParam<Damage> {};
TEST_P(Damages, AreShown) {
  std::vector<float> right = runScript(GetParam().script).out;
  for (Kind kind : GetParam().shownBy) {
    ScriptRun run = runScript(GetParam().script, 1, {kind});
    EXPECT_FALSE(run.fault) << run.fault->message;
    EXPECT_NE(run.out, right) << Order{kind}.text();
  }
}
const Damage damages[] = {
    {"ALoadThatNobodyWaitsFor",
     "load a in\nuse b a\nset V MTE3 0\nwait V MTE3 0\nstore b out",
     {Kind::Late, Kind::Early}},
    {"AStoreThatDoesNotWait",
     "load a in\nset MTE2 V 0\nwait MTE2 V 0\nuse b a\nstore b out",
     {Kind::Late, Kind::Early}},
    {"OneBufferForAllTurns",
     "loop 4 {\nload a in*i\nset MTE2 MTE3 0\nwait MTE2 MTE3 0\nstore a out*i\n}",
     {Kind::Late}},
    {"TwoStoresToOneRow",
     "load a in\nload b in+256\nset MTE2 MTE3 0\nwait MTE2 MTE3 0\nstore a out\nstore b out",
     {Kind::Late, Kind::Early}},
};
INSTANTIATE_TEST_SUITE_P(, Damages, ::testing::ValuesIn(damages), [](auto &info) { return info.param.name; });

TEST(OutOfOrder, BlocksRunInOtherOrdersToo) {
  const char *script = "load a in*b\nset MTE2 MTE3 0\nwait MTE2 MTE3 0\nstore a out";
  EXPECT_NE(runScript(script, 4).out, runScript(script, 4, {Kind::Late}).out);
}

TEST(OutOfOrder, AWaitThatComesBeforeItsSetIsNoDeadlockOfThePipes) {
  const char *script = "wait MTE2 V 0\nload a in\nset MTE2 V 0\nuse b a\nset V MTE3 0\nwait V MTE3 0\nstore b out";
  EXPECT_TRUE(runScript(script).fault) << "in program order it is";
  ScriptRun run = runScript(script, 1, {Kind::Late});
  EXPECT_FALSE(run.fault);
  EXPECT_EQ(run.out[0], 1);
}

TEST(OutOfOrder, AWaitThatNothingSetsIsADeadlock) {
  for (const Order &order : otherOrders()) {
    ScriptRun run = runScript("load a in\nwait MTE2 V 3\nuse b a\nset V S 0\nwait V S 0", 1, order);
    ASSERT_TRUE(run.fault);
    EXPECT_EQ(run.fault->message,
              "pto.wait_flag waits for the flag PIPE_MTE2 -> PIPE_V, EVENT_ID3, which nothing sets");
    EXPECT_EQ(run.fault->location.line, firstScriptLine + 1);
  }
}

TEST(OutOfOrder, PipesWaitForEachOtherInACycle) {
  ScriptRun run = runScript("wait MTE2 V 0\nset V MTE2 0\nwait V MTE2 0\nset MTE2 V 0\nuse b a", 1, {Kind::Early});
  ASSERT_TRUE(run.fault);
  EXPECT_EQ(run.fault->kind, Fault::Kind::Deadlock);
}

TEST(OutOfOrder, ALoopWithoutEndEndsWithItsBudget) {
  ScriptRun run = runScript("loop 1000000000 {\nload a in\nbarrier ALL\n}", 1, {Kind::Random, 1});
  ASSERT_TRUE(run.fault);
  EXPECT_EQ(run.fault->kind, Fault::Kind::Budget);
}

} // namespace
} // namespace pto::sim::testing
