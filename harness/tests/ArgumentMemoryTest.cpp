// Guard zones, poison and unchanged inputs: what a kernel must not do to its arguments is noticed.
#include "harness/run/ArgumentMemory.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace pto;
using namespace pto::harness;

namespace {

CaseArgument buffer(std::string name, golden::DType dtype, std::vector<int64_t> shape, Direction direction) {
  CaseArgument argument;
  argument.name = std::move(name);
  argument.dtype = dtype;
  argument.shape = std::move(shape);
  argument.direction = direction;
  return argument;
}

struct ArgumentMemoryTest : testing::Test {
  std::vector<CaseArgument> args = {buffer("x", golden::DType::F32, {4}, Direction::In),
                                    buffer("out", golden::DType::F16, {2, 3}, Direction::Out)};
  std::vector<golden::Tensor> initial = {golden::Tensor::zeros(golden::DType::F32, {4}), {}};
  ArgumentMemory memory;
  std::vector<LaunchArgument> launched;

  void SetUp() override {
    memory.layOut(args, initial, ArgumentMemory::Poison::First);
    launched = memory.launchArguments();
  }
};

} // namespace

TEST_F(ArgumentMemoryTest, AnUntouchedRunIsCleanAndItsOutputUnwritten) {
  EXPECT_EQ(memory.findGuardDamage(), std::nullopt);
  EXPECT_EQ(memory.findChangedInput(initial), std::nullopt);
  EXPECT_EQ(memory.findUnwritten(1).size(), 6u);
}

TEST_F(ArgumentMemoryTest, AWrittenElementIsNoLongerPoison) {
  launched[1].buffer[2] = launched[1].buffer[3] = 0;
  EXPECT_EQ(memory.findUnwritten(1), (std::vector<int64_t>{0, 2, 3, 4, 5}));
}

TEST_F(ArgumentMemoryTest, NoValueIsPoisonBothTimes) {
  ArgumentMemory second;
  second.layOut(args, initial, ArgumentMemory::Poison::Second);
  std::vector<LaunchArgument> other = second.launchArguments();
  std::copy(launched[1].buffer.begin(), launched[1].buffer.end(), other[1].buffer.begin());
  EXPECT_TRUE(second.findUnwritten(1).empty());
}

TEST_F(ArgumentMemoryTest, WritesPastEitherEndAreNoticed) {
  launched[0].buffer.data()[16] = 1;
  EXPECT_EQ(memory.findGuardDamage(), "'x' was written 0 bytes past its end");
  SetUp();
  launched[1].buffer.data()[-1] = 1;
  launched[1].buffer.data()[-9] = 1;
  EXPECT_EQ(memory.findGuardDamage(), "'out' was written 1 bytes before its start");
}

TEST_F(ArgumentMemoryTest, AnOverwrittenInputIsNoticed) {
  launched[0].buffer[9] = 1;
  EXPECT_EQ(memory.findChangedInput(initial), "input 'x' was overwritten, first at element 2; declare it "
                                              "`direction: inout` if that is meant");
}

TEST(ArgumentMemory, ScalarsTravelAsTheirTypesBits) {
  CaseArgument alpha;
  alpha.name = "alpha";
  alpha.dtype = golden::DType::F16;
  alpha.isScalar = true;
  alpha.value = 1.5;
  std::vector<CaseArgument> args = {alpha};
  ArgumentMemory memory;
  memory.layOut(args, {{}}, ArgumentMemory::Poison::First);
  EXPECT_EQ(memory.launchArguments()[0].scalar, 0x3E00u);
}
