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
  explicit StandIn(Effect effect) : effect(std::move(effect)) {}

  LaunchReport launch(const Launch &launch) const override {
    effect(launch.arguments);
    return {};
  }
  std::optional<Place> findWriter(const Launch &, ArgumentBytes) const override { return std::nullopt; }

private:
  Effect effect;
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

  reports::Result resultOf(StandIn::Effect effect) {
    Workshop workshop{Settings()};
    harness::Run run(spec, workshop);
    for (const CaseArgument &argument : spec.args)
      run.buffers.emplace_back(argument);
    run.buffers[0].initial = golden::Tensor::zeros(golden::DType::F32, {4});
    run.executable = std::make_unique<StandIn>(std::move(effect));
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

TEST_F(RunStage, FailsAKernelThatWritesToAnInput) {
  reports::Result result = resultOf([](auto arguments) { arguments[0].buffer[4] = 1; });
  EXPECT_EQ(result.state, reports::State::FailCheck);
  EXPECT_EQ(result.message.find("input 'x' was overwritten, first at element 1"), 0u) << result.message;
}
