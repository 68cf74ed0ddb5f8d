// Who wrote an element: the store behind the DMA, in the round and block that did it last.
#include "sim/tests/Kernel.h"
#include <gtest/gtest.h>

namespace pto::sim::testing {
namespace {

// Line 16 stores ones into elements 0 to 63, line 17 zeros into 64 to 127, line 18 twos into 0 to 7
// once more, line 19 zeros into 64 to 71 once more.
// The next block's output lies behind this one's.
constexpr const char *body = R"(%z = arith.constant 0 : index
%c0 = arith.constant 0 : i64
%c1 = arith.constant 1 : i64
%n64 = arith.constant 64 : index
%bytes = arith.constant 512 : i64
%ub = pto.castptr %c0 : i64 -> !pto.ptr<f32, ub>
pto.vecscope {
%zero = arith.constant 0.0 : f32
%one = arith.constant 1.0 : f32
%two = arith.constant 2.0 : f32
%all = pto.pset_b32 "PAT_ALL" : !pto.mask<b32>
%some = pto.pset_b32 "PAT_VL8" : !pto.mask<b32>
%v0 = pto.vbr %zero : f32 -> !pto.vreg<64xf32>
%v1 = pto.vbr %one : f32 -> !pto.vreg<64xf32>
%v2 = pto.vbr %two : f32 -> !pto.vreg<64xf32>
pto.vsts %v1, %ub[%z], %all : !pto.vreg<64xf32>, !pto.ptr<f32, ub>, !pto.mask<b32>
pto.vsts %v0, %ub[%n64], %all : !pto.vreg<64xf32>, !pto.ptr<f32, ub>, !pto.mask<b32>
pto.vsts %v2, %ub[%z], %some : !pto.vreg<64xf32>, !pto.ptr<f32, ub>, !pto.mask<b32>
pto.vsts %v0, %ub[%n64], %some : !pto.vreg<64xf32>, !pto.ptr<f32, ub>, !pto.mask<b32>
}
%block = pto.get_block_idx
%n128 = arith.constant 128 : i64
%first = arith.muli %block, %n128 : i64
%at = arith.index_cast %first : i64 to index
%to = pto.addptr %out, %at : !pto.ptr<f32> -> !pto.ptr<f32>
pto.mte_ub_gm %ub, %to, %bytes nburst(%c1, %bytes, %bytes) : !pto.ptr<f32, ub>, !pto.ptr<f32>, i64, i64, i64, i64)";

class Writer : public ::testing::Test {
protected:
  /// The line within the body that wrote element `index`, or 0.
  unsigned lineOf(size_t index, uint32_t blocks = 1) {
    std::vector<float> out(256, -1.0F);
    llvm::Expected<ProgramPtr> program = kernel.decode();
    EXPECT_TRUE(static_cast<bool>(program));
    LaunchOptions options;
    options.blockDim = blocks;
    std::optional<Place> found = findWriter(**program, {buffer("out", out)}, options, {0, index * 4, 4});
    EXPECT_EQ(out[index], -1.0F) << "the caller's buffers stay as they are";
    return found ? found->line - 2 : 0;
  }

  Kernel kernel{kernelText("%out: !pto.ptr<f32>", body)};
};

TEST_F(Writer, IsTheStoreIntoUbThatCameLast) {
  EXPECT_EQ(lineOf(0), 18u);
  EXPECT_EQ(lineOf(8), 16u);
}

TEST_F(Writer, IsSeenWhereItStoresWhatWasThereAlready) {
  EXPECT_EQ(lineOf(72), 17u);
  EXPECT_EQ(lineOf(70), 19u);
}

TEST_F(Writer, IsNobodyWhereNothingIsWritten) {
  EXPECT_EQ(lineOf(128), 0u);
}

TEST_F(Writer, IsFoundInTheBlockThatWroteIt) {
  EXPECT_EQ(lineOf(128, 2), 18u);
  EXPECT_EQ(lineOf(140, 2), 16u);
}

TEST(WriterOfAScalar, IsItsStore) {
  Kernel kernel(kernelText("%out: !pto.ptr<f32>", R"(%i = arith.constant 3 : index
%v = arith.constant 1.0 : f32
pto.store %v, %out[%i] : !pto.ptr<f32>, f32)"));
  std::vector<float> out(8, -1.0F);
  llvm::Expected<ProgramPtr> program = kernel.decode();
  ASSERT_TRUE(static_cast<bool>(program));
  std::optional<Place> found = findWriter(**program, {buffer("out", out)}, {}, {0, 12, 4});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->line - 2, 3u);
}

TEST(WriterOfUbThatNobodyWrote, IsTheTransfer) {
  Kernel kernel(kernelText("%out: !pto.ptr<f32>", R"(%c0 = arith.constant 0 : i64
%c1 = arith.constant 1 : i64
%bytes = arith.constant 32 : i64
%ub = pto.castptr %c0 : i64 -> !pto.ptr<f32, ub>
pto.mte_ub_gm %ub, %out, %bytes nburst(%c1, %bytes, %bytes) : !pto.ptr<f32, ub>, !pto.ptr<f32>, i64, i64, i64, i64)"));
  std::vector<float> out(8, -1.0F);
  llvm::Expected<ProgramPtr> program = kernel.decode();
  ASSERT_TRUE(static_cast<bool>(program));
  std::optional<Place> found = findWriter(**program, {buffer("out", out)}, {}, {0, 4, 4});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->line - 2, 5u);
}

} // namespace
} // namespace pto::sim::testing
