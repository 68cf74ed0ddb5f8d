// Unaligned streams: what they read and write, when, and what is no stream.
#include "sim/ops/OpTable.h"
#include "sim/ops/Pointers.h"
#include "sim/tests/Kernel.h"
#include "sim/tests/LaneOperands.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

// Wide register 5 is the align state; scalars 0 and 1 are base and count.
class Streams : public SingleInstruction {
public:
  bool run(llvm::StringRef op, llvm::StringRef variant, std::array<uint32_t, 4> operands,
           std::array<uint32_t, 2> results, uint32_t elementBytes = 1) {
    Instruction instruction(*opTable().find(op, variant, LaneType::None));
    instruction.operand = operands;
    instruction.result = results;
    instruction.carry(PointerStep{elementBytes});
    return SingleInstruction::run(instruction);
  }
  bool init() { return run("pto.init_align", "", {}, {5, 0}); }
  bool store(int64_t base, int64_t count, uint32_t value, uint32_t elementBytes = 1) {
    core.scalar(0) = uint64_t(base);
    core.scalar(1) = uint64_t(count);
    return run("pto.vstus", "", {5, 1, value, 0}, {5, 0}, elementBytes);
  }
  bool flush(int64_t base, int64_t count = 0, uint32_t elementBytes = 1) {
    core.scalar(0) = uint64_t(base);
    core.scalar(1) = uint64_t(count);
    return run("pto.vstas", "", {5, 0, 1, 0}, {}, elementBytes);
  }
};

RC_GTEST_PROP(Streams, LoadsTakeTheBytesAtTheirAddress, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  std::vector<uint8_t> memory(1024);
  for (uint8_t &byte : memory)
    byte = uint8_t(random());
  Streams streams;
  streams.poke(4096, memory);
  streams.ub.markWritten(4096, 1024);
  uint64_t offset = random.below(64);
  streams.core.scalar(0) = 4096 + offset;
  RC_ASSERT(streams.run("pto.vldas", "", {0, 0, 0, 0}, {5, 0}));
  for (unsigned step = 0; step < 2; ++step, offset += registerBytes) {
    streams.core.scalar(0) = 4096 + offset;
    RC_ASSERT(streams.run("pto.vldus", "", {0, 5, 0, 0}, {4, 5}));
    RC_ASSERT(std::memcmp(streams.core.wide(4), memory.data() + offset, registerBytes) == 0);
  }
}

RC_GTEST_PROP(Streams, StoresWriteTheirBytesAndNoOthers, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  std::vector<uint8_t> memory(2048), expected;
  for (uint8_t &byte : memory)
    byte = uint8_t(random());
  expected = memory;
  Streams streams;
  streams.poke(4096, memory);
  int64_t at = int64_t(random.below(64));
  streams.init();
  for (unsigned step = 0; step < 5; ++step) {
    drawVector(random, LaneType::U8, streams.core.wide(step % 2));
    auto count = int64_t(random.below(257));
    RC_ASSERT(streams.store(4096 + at, count, step % 2));
    std::memcpy(expected.data() + at, streams.core.wide(step % 2), size_t(count));
    at += count;
  }
  RC_ASSERT(streams.flush(4096 + at));
  for (size_t i = 0; i < memory.size(); ++i)
    RC_ASSERT(streams.peek(int64_t(4096 + i)) == expected[i]);
}

TEST(Streams, TheLastBytesWaitForTheFlush) {
  Streams streams;
  std::memset(streams.core.wide(0), 7, registerBytes);
  ASSERT_TRUE(streams.init() && streams.store(0, 10, 0, 4));
  EXPECT_EQ(streams.peek(31), 7);
  EXPECT_EQ(streams.peek(32), 0);
  ASSERT_TRUE(streams.flush(0, 10, 4));
  EXPECT_EQ(streams.peek(39), 7);
  EXPECT_EQ(streams.peek(40), 0);
}

TEST(Streams, SqueezedLanesFollowEachOther) {
  Streams streams;
  std::vector<uint8_t> expected;
  streams.core.scalar(0) = 100;
  streams.init();
  for (unsigned step = 0; step < 3; ++step) {
    std::memset(streams.core.wide(0), int(step + 1), registerBytes);
    std::memset(streams.core.wide(1), 0, registerBytes);
    for (unsigned lane = 0; lane < 5 + step; ++lane)
      streams.core.wide(1)[lane * 8] = 1;
    ASSERT_TRUE(streams.run("pto.vsqz", "b32", {0, 1, 0, 0}, {2, 0}));
    ASSERT_TRUE(streams.run("pto.vstur", "POST_UPDATE", {5, 2, 0, 0}, {5, 0}));
    expected.insert(expected.end(), 4 * (5 + step), uint8_t(step + 1));
  }
  EXPECT_EQ(streams.core.vector.streamOffset, expected.size());
  ASSERT_TRUE(streams.run("pto.vstar", "", {5, 0, 0, 0}, {}));
  for (size_t i = 0; i < expected.size(); ++i)
    ASSERT_EQ(streams.peek(int64_t(100 + i)), expected[i]) << i;
  EXPECT_EQ(streams.peek(int64_t(100 + expected.size())), 0);
  ASSERT_TRUE(streams.run("pto.sprclr", "", {}, {}));
  EXPECT_EQ(streams.core.vector.streamOffset, 0u);
}

TEST(Streams, WithoutAnUpdateTheNextStoreIsAtTheSamePlace) {
  Streams streams;
  streams.core.scalar(0) = 64;
  std::memset(streams.core.wide(1), 1, registerBytes);
  streams.init();
  for (uint8_t value : {1, 2}) {
    std::memset(streams.core.wide(0), value, registerBytes);
    ASSERT_TRUE(streams.run("pto.vsqz", "b32", {0, 1, 0, 0}, {2, 0}));
    ASSERT_TRUE(streams.run("pto.vstur", "NO_POST_UPDATE", {5, 2, 0, 0}, {5, 0}));
  }
  EXPECT_EQ(streams.peek(64), 2);
  EXPECT_EQ(streams.peek(64 + 255), 2);
}

TEST(Streams, PredicatesAreOneBitForEachLane) {
  for (unsigned size : {2u, 4u}) {
    Streams streams;
    unsigned bytes = registerBytes / size / 8;
    streams.core.scalar(0) = bytes;
    streams.init();
    for (unsigned lane : {0u, 9u, 13u})
      streams.core.wide(0)[lane * size] = 1;
    streams.core.wide(0)[1] = 1; // belongs to no lane
    ASSERT_TRUE(streams.run("pto.pstu", size == 2 ? "b16" : "b32", {5, 0, 0, 0}, {5, 2}));
    EXPECT_EQ(streams.core.scalar(2), 2 * bytes);
    ASSERT_TRUE(streams.flush(2 * bytes));
    EXPECT_EQ(streams.peek(bytes), 0x01);
    EXPECT_EQ(streams.peek(bytes + 1), 0x22);
    streams.core.scalar(0) = 4;
    streams.init();
    EXPECT_FALSE(streams.run("pto.pstu", size == 2 ? "b16" : "b32", {5, 0, 0, 0}, {5, 2}));
    EXPECT_EQ(streams.why(), "accesses ub+0x4, which is not a multiple of " + std::to_string(bytes) + " bytes");
  }
}

// What a flush writes was loaded before, as with any store: no barrier has to say that it comes after that load.
TEST(Streams, WhatIsStoredWaitsForItsLoadUntilTheFlush) {
  Kernel kernel(kernelText("%in: !pto.ptr<i32>", R"(
%z = arith.constant 0 : i64 %one = arith.constant 1 : i64 %size = arith.constant 256 : i64
%i = arith.constant 0 : index %n = arith.constant 9 : i32
%ub = pto.castptr %z : i64 -> !pto.ptr<i32, ub>
pto.mte_gm_ub %in, %ub, %z, %size nburst(%one, %size, %size) : !pto.ptr<i32>, !pto.ptr<i32, ub>, i64, i64, i64, i64, i64
pto.set_flag["PIPE_MTE2", "PIPE_V", "EVENT_ID0"]
pto.wait_flag["PIPE_MTE2", "PIPE_V", "EVENT_ID0"]
pto.vecscope {
  %v = pto.vlds %ub[%i] : !pto.ptr<i32, ub> -> !pto.vreg<64xi32>
  %a = pto.init_align : !pto.align
  %b = pto.vstus %a, %n, %v, %ub : !pto.align, i32, !pto.vreg<64xi32>, !pto.ptr<i32, ub> -> !pto.align
  pto.vstas %b, %ub, %n : !pto.align, !pto.ptr<i32, ub>, i32
})"));
  std::vector<int32_t> in(64, 1);
  RunReport report = kernel.run({buffer("in", in)});
  EXPECT_FALSE(report.fault);
  EXPECT_TRUE(report.findings.empty()) << report.findings.front().message;
}

TEST(Streams, WhatIsNoStreamIsAFault) {
  struct Wrong {
    std::function<bool(Streams &)> run;
    const char *message;
  };
  const Wrong wrongs[] = {
      {[](Streams &s) { return s.init() && s.store(0, 8, 0) && s.store(16, 8, 0); },
       "is at ub+0x10, but the stream of its align state goes on at ub+0x8"},
      {[](Streams &s) { return s.init() && s.store(0, 8, 0) && s.flush(0, 4); },
       "is at ub+0x4, but the stream of its align state goes on at ub+0x8"},
      {[](Streams &s) { return s.init() && s.store(0, 257, 0); }, "stores 257 bytes; a register has 256"},
      {[](Streams &s) { return s.init() && s.store(0, -1, 0); }, "stores -1 bytes; a register has 256"},
      {[](Streams &s) {
         return s.init() && s.run("pto.vldus", "", {0, 5, 0, 0}, {4, 5});
       },
       "has an align state that is not from pto.vldas or pto.vldus"},
      {[](Streams &s) {
         return s.run("pto.vldas", "", {0, 0, 0, 0}, {5, 0}) && s.store(0, 8, 0);
       },
       "has an align state from a load; a stream of stores begins with pto.init_align"},
      {[](Streams &s) {
         return s.init() && s.run("pto.vstur", "POST_UPDATE", {5, 2, 0, 0}, {5, 0});
       },
       "stores what a pto.vsqz kept, and there is none since the last pto.vstur"},
  };
  for (const Wrong &wrong : wrongs) {
    Streams streams;
    streams.ub.markWritten(0, 64);
    EXPECT_FALSE(wrong.run(streams));
    EXPECT_EQ(streams.why(), wrong.message);
  }
}

} // namespace
} // namespace pto::sim::testing
