// Guard zones, poison and unchanged inputs: what a kernel must not do to its arguments is noticed.
#include "harness/run/Buffer.h"
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

struct BufferTest : testing::Test {
  std::vector<CaseArgument> args = {buffer("x", golden::DType::F32, {4}, Direction::In),
                                    buffer("out", golden::DType::F16, {2, 3}, Direction::Out)};
  std::vector<Buffer> buffers = {Buffer(args[0]), Buffer(args[1])};
  std::vector<LaunchArgument> launched;

  void SetUp() override {
    buffers[0].initial = golden::Tensor::zeros(golden::DType::F32, {4});
    launched.clear();
    for (Buffer &each : buffers) {
      each.layOut(Poison::First);
      launched.push_back(each.launchArgument());
    }
  }
};

} // namespace

TEST_F(BufferTest, AnUntouchedRunIsCleanAndItsOutputUnwritten) {
  EXPECT_EQ(firstFound(buffers, &Buffer::findGuardDamage), std::nullopt);
  EXPECT_EQ(firstFound(buffers, &Buffer::findChange), std::nullopt);
  EXPECT_EQ(buffers[1].findUnwritten().size(), 6u);
}

TEST_F(BufferTest, AWrittenElementIsNoLongerPoison) {
  launched[1].buffer[2] = launched[1].buffer[3] = 0;
  EXPECT_EQ(buffers[1].findUnwritten(), (std::vector<int64_t>{0, 2, 3, 4, 5}));
}

TEST_F(BufferTest, NoValueIsPoisonBothTimes) {
  Buffer second(args[1]);
  second.layOut(Poison::Second);
  std::copy(launched[1].buffer.begin(), launched[1].buffer.end(), second.launchArgument().buffer.begin());
  EXPECT_TRUE(second.findUnwritten().empty());
}

TEST_F(BufferTest, WritesPastEitherEndAreNoticed) {
  launched[0].buffer.data()[16] = 1;
  EXPECT_EQ(firstFound(buffers, &Buffer::findGuardDamage), "'x' was written 0 bytes past its end");
  SetUp();
  launched[1].buffer.data()[-1] = 1;
  launched[1].buffer.data()[-9] = 1;
  EXPECT_EQ(firstFound(buffers, &Buffer::findGuardDamage), "'out' was written 1 bytes before its start");
}

TEST_F(BufferTest, AnOverwrittenInputIsNoticed) {
  launched[0].buffer[9] = 1;
  EXPECT_EQ(firstFound(buffers, &Buffer::findChange), "input 'x' was overwritten, first at element 2; declare it "
                                                      "`direction: inout` if that is meant");
}

TEST(Buffer, ScalarsTravelAsTheirTypesBits) {
  CaseArgument alpha;
  alpha.name = "alpha";
  alpha.dtype = golden::DType::F16;
  alpha.isScalar = true;
  alpha.value = 1.5;
  EXPECT_EQ(Buffer(alpha).launchArgument().scalar, 0x3E00u);
}
