// What the run stage looks for after a launch, on a target that the simulator's own checks do not guard.
#include "harness/run/Run.h"
#include "harness/run/stages/Stages.h"
#include <gtest/gtest.h>

using namespace pto;
using namespace pto::harness;

namespace {

class StandIn : public Executable {
public:
  using Effect = std::function<void(llvm::ArrayRef<LaunchArgument>)>;
  StandIn(Effect effect, std::vector<Finding> findings) : effect(std::move(effect)), findings(std::move(findings)) {}

  LaunchReport launch(const Launch &launch) const override {
    effect(launch.arguments);
    LaunchReport report;
    report.findings = findings;
    return report;
  }
  std::optional<Place> findWriter(const Launch &, ArgumentBytes) const override { return std::nullopt; }

private:
  Effect effect;
  std::vector<Finding> findings;
};

class RunStage : public testing::Test {
protected:
  RunStage() {
    spec.args.resize(2);
    spec.args[0].name = "x";
    spec.args[1].name = "out";
    spec.args[1].direction = Direction::Out;
    for (CaseArgument &argument : spec.args)
      argument.shape = {4};
  }

  reports::Result resultOf(StandIn::Effect effect, std::vector<Finding> findings = {}) {
    Workshop workshop{Settings()};
    harness::Run run(spec, workshop);
    for (const CaseArgument &argument : spec.args)
      run.buffers.emplace_back(argument);
    run.buffers[0].initial = golden::Tensor::zeros(golden::DType::F32, {4});
    run.executable = std::make_unique<StandIn>(std::move(effect), std::move(findings));
    bool goesOn = harness::run(run);
    EXPECT_EQ(goesOn, run.result.state == reports::State::Pass);
    return run.result;
  }

  Case spec;
};

} // namespace

TEST_F(RunStage, PassesWhereNothingButOutputsIsWritten) {
  EXPECT_EQ(resultOf([](auto arguments) { arguments[1].buffer[15] = 1; }).state, reports::State::Pass);
}

TEST_F(RunStage, FailsAKernelThatWritesBesideABuffer) {
  reports::Result result = resultOf([](auto arguments) { arguments[1].buffer.data()[16] = 1; });
  EXPECT_EQ(result.state, reports::State::FailCheck);
  EXPECT_EQ(result.message, "'out' was written 0 bytes past its end");
}

TEST_F(RunStage, TellsWhatTheChecksFoundBesideADamage) {
  Finding race{Check::BlockRace, "a race", {}, {}, false};
  reports::Result result = resultOf([](auto arguments) { arguments[1].buffer.data()[16] = 1; }, {race});
  EXPECT_EQ(result.state, reports::State::FailCheck);
  EXPECT_EQ(result.message, "'out' was written 0 bytes past its end");
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].check, "block-race");
  ASSERT_FALSE(result.details.empty());
  EXPECT_EQ(result.details[0], "before that, block-race: a race");
}

TEST_F(RunStage, FailsAKernelThatWritesToAnInput) {
  reports::Result result = resultOf([](auto arguments) { arguments[0].buffer[4] = 1; });
  EXPECT_EQ(result.state, reports::State::FailCheck);
  EXPECT_EQ(result.message.find("input 'x' was overwritten, first at element 1"), 0u) << result.message;
}
