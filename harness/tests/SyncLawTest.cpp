// What sync proposes for a kernel that has no synchronization: enough, and not more than its author had.
#include "harness/sync/Search.h"
#include "sim/check/tests/RandomSteps.h"
#include "sim/check/tests/Script.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace pto;
using namespace pto::harness;
using sim::testing::Pair;

namespace {

/// The arguments of the scripts' kernels.
Case caseOf(std::string kernel, unsigned blocks = 1) {
  Case spec;
  spec.name = "sample";
  spec.kernelFile = "kernel.pto";
  spec.kernelText = std::move(kernel);
  spec.blocks = blocks;
  for (const char *name : {"in", "out"}) {
    CaseArgument &argument = spec.args.emplace_back();
    argument.name = name;
    argument.dtype = golden::DType::F32;
    argument.dtypeText = "f32";
    argument.shape = {4096};
    argument.direction = Direction::InOut;
  }
  return spec;
}

Proposal proposeFor(const Case &spec, SearchOptions options) {
  static Workshop workshop{Settings()};
  return propose(spec, workshop, options);
}

constexpr SearchOptions fromScratch{.isFromScratch = true};

/// The same numbers in every order, and nothing found.
std::string troubleOf(llvm::StringRef kernel, const std::vector<float> &right, unsigned blocks = 1) {
  sim::testing::ScriptRun run = sim::testing::runKernel(kernel, blocks);
  if (run.fault)
    return run.fault->message;
  if (!run.findings.empty())
    return run.findings.front().message;
  for (Order order : {Order{}, Order{Order::Kind::Late}, Order{Order::Kind::Early}, Order{Order::Kind::Random, 1},
                      Order{Order::Kind::Random, 2}}) {
    run = sim::testing::runKernel(kernel, blocks, order);
    if (run.fault || run.out != right)
      return "wrong with --order " + order.text() + (run.fault ? ": " + run.fault->message : "");
  }
  return "";
}

class SyncPairs : public ::testing::TestWithParam<Pair> {
protected:
  void SetUp() override {
    if (GetParam().check == Check::BlockRace)
      GTEST_SKIP() << "nothing orders blocks";
    right = sim::testing::runScript(fixOf(GetParam()), GetParam().blocks).out;
  }
  std::vector<float> right;
};

TEST_P(SyncPairs, TheStrippedFixNeedsNoMoreThanItHad) {
  Case spec = caseOf(sim::testing::kernelOf(fixOf(GetParam())), GetParam().blocks);
  Proposal proposal = proposeFor(spec, fromScratch);
  ASSERT_EQ(proposal.failure, "") << spec.kernelText;
  // A flag is better than a barrier of all pipes, though it has two sides.
  size_t barriers = llvm::StringRef(fixOf(GetParam())).count("barrier ALL");
  EXPECT_LE(proposal.added, proposal.removed + barriers)
      << spec.kernelText << ::testing::PrintToString(proposal.additions);
  std::string patched = applyEdits(spec.kernelText, proposal.edits);
  EXPECT_EQ(troubleOf(patched, right, spec.blocks), "") << patched;
}

TEST_P(SyncPairs, TheBugIsMended) {
  if (GetParam().check == Check::BufferId)
    GTEST_SKIP() << "a buffer that is taken and kept is not mended by adding to it";
  Case spec = caseOf(sim::testing::kernelOf(bugOf(GetParam())), GetParam().blocks);
  Proposal proposal = proposeFor(spec, {});
  ASSERT_EQ(proposal.failure, "") << spec.kernelText;
  std::string patched = applyEdits(spec.kernelText, proposal.edits);
  std::vector<float> numbers = sim::testing::runKernel(spec.kernelText, spec.blocks).out;
  EXPECT_EQ(troubleOf(patched, numbers, spec.blocks), "") << patched;
}

INSTANTIATE_TEST_SUITE_P(All, SyncPairs, ::testing::ValuesIn(sim::testing::allPairs()),
                         [](auto &info) { return info.param.name; });

TEST(SyncRefusal, NothingOrdersBlocks) {
  Proposal proposal = proposeFor(caseOf(sim::testing::kernelOf("sst out"), 2), {});
  EXPECT_THAT(proposal.failure, ::testing::HasSubstr("fail-check: block-race: pto.store_scalar writes"));
  EXPECT_EQ(proposal.failurePlace.line, sim::testing::firstScriptLine);
}

RC_GTEST_PROP(SyncLaw, WhatIsProposedIsEnoughAndSmall, ()) {
  std::vector<sim::testing::Step> steps = sim::testing::randomSteps();
  std::string full = sim::testing::write(steps, neededEdges(steps)).script;
  Case spec = caseOf(sim::testing::kernelOf(sim::testing::write(steps, {}).script));
  Proposal proposal = proposeFor(spec, {});
  RC_LOG() << spec.kernelText << "\n" << proposal.failure;
  RC_ASSERT(proposal.failure.empty());
  std::string patched = applyEdits(spec.kernelText, proposal.edits);
  RC_LOG() << patched;
  RC_ASSERT(troubleOf(patched, sim::testing::runScript(full).out) == "");
  size_t had = 0;
  for (const sim::testing::Edge &edge : neededEdges(steps))
    had += steps[edge.from].kind == steps[edge.to].kind ? 1 : 2;
  RC_ASSERT(proposal.added <= had);
}

} // namespace
