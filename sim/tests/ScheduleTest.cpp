// Several cores of a cluster: whose turn it is, who waits for whom, and when that is for ever.
#include "sim/memory/Port.h"
#include "sim/run/Control.h"
#include "sim/run/Machine.h"
#include <gtest/gtest.h>

namespace pto::sim::testing {
namespace {

constexpr Flag first{Pipe::Mte2, Pipe::V, 0}, second{Pipe::V, Pipe::Mte3, 1};

// No simulated instruction lets one core wait for another yet; these do, with the flags of one core that another sets.
std::vector<unsigned> turns; ///< the cores, each time that one of them sets a flag

const Instruction *setOfOther(Core &core, const Instruction &at) {
  turns.push_back(core.index);
  core.machine.cluster.vector[1 - core.index]->setFlag(at, at.carried<Flag>());
  return &at + 1;
}
const Instruction *await(Core &core, const Instruction &at) {
  return core.waitFlag(at, at.carried<Flag>());
}
/// Core 0 goes on with the next instruction, core 1 with the carried distance.
const Instruction *fork(Core &core, const Instruction &at) {
  return &at + (core.index == 0 ? 1 : at.carried<int>());
}
struct ReadL1 {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    return Port<P>(core, at).read({.space = MemorySpace::L1, .base = 0, .bytes = 32}) ? &at + 1 : nullptr;
  }
};

class Schedule : public ::testing::Test {
protected:
  Schedule() {
    turns.clear();
    program.arch = &defaultArch();
    program.names = {"test"};
  }

  template <class T = int>
  void emit(Code code, T carried = {}) {
    program.code.emplace_back(code).carry(carried);
    program.sites.push_back({0, {"kernel.pto", unsigned(program.code.size()), 1}});
  }

  RunReport run(Participants participants) {
    LaunchOptions options;
    program.participants = participants;
    Machine machine(program, {}, options);
    machine.run<Checked>();
    return std::move(machine.report);
  }

  Program program;
};

TEST_F(Schedule, LetsACoreGoOnWhenAnotherHasDoneItsPart) {
  emit(Code(Pipe::S, fork), 4);
  emit(Code(Pipe::S, await), first);
  emit(Code(Pipe::S, setOfOther), second);
  emit(control::finish);
  emit(Code(Pipe::S, setOfOther), first);
  emit(Code(Pipe::S, await), second);
  emit(control::finish);
  RunReport report = run({.vectors = 2});
  EXPECT_FALSE(report.fault);
  EXPECT_TRUE(report.warnings.empty());
  EXPECT_EQ(turns, (std::vector<unsigned>{1, 0}));
  EXPECT_EQ(report.instructionsExecuted, 8u) << "waiting costs nothing";
}

TEST_F(Schedule, SaysWhoWaitsForWhatWhenNobodyCanGoOn) {
  emit(Code(Pipe::S, fork), 3);
  emit(Code(Pipe::S, await), first);
  emit(control::finish);
  emit(Code(Pipe::S, await), second);
  emit(control::finish);
  RunReport report = run({.vectors = 2});
  ASSERT_TRUE(report.fault);
  EXPECT_EQ(report.fault->kind, Fault::Kind::Deadlock);
  EXPECT_EQ(report.fault->message,
            "test waits for the flag PIPE_MTE2 -> PIPE_V, EVENT_ID0, which nothing before it has set; vector core 1 "
            "waits for the flag PIPE_V -> PIPE_MTE3, EVENT_ID1 at kernel.pto:4:1 (vector core 0)");
  EXPECT_EQ(report.fault->location.line, 2u);
}

TEST_F(Schedule, ACoreHasItsOwnMemoriesOnly) {
  emit(Code::accessing<ReadL1>(Pipe::Mte1));
  emit(control::finish);
  EXPECT_FALSE(run({.cube = true, .vectors = 0}).fault);
  RunReport report = run({.vectors = 1});
  ASSERT_TRUE(report.fault);
  EXPECT_EQ(report.fault->message, "test reads l1, which a vector core does not have");
}

} // namespace
} // namespace pto::sim::testing
