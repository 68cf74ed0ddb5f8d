// What stops a run, and what it says: every kind, with its place.
#include "sim/tests/Kernel.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pto::sim::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The body starts at line 3 of kernel.pto; %in has 256 bytes, and %cN and %nN are index and i64 constants.
RunReport run(const std::string &body, LaunchOptions options = {}) {
  Kernel kernel(kernelText("%in: !pto.ptr<i32>, %count: i64", body));
  std::vector<int32_t> in(64, 1);
  return kernel.run({buffer("in", in), scalar("count", 5)}, options);
}

void expectFault(const std::string &body, Fault::Kind kind, unsigned line, const std::string &message,
                 LaunchOptions options = {}) {
  RunReport report = run(body, options);
  ASSERT_TRUE(report.fault) << message;
  EXPECT_EQ(report.fault->message, message);
  EXPECT_EQ(report.fault->kind, kind);
  EXPECT_EQ(report.fault->location.file, "kernel.pto");
  EXPECT_EQ(report.fault->location.line, line);
}

std::string at(const std::string &address) {
  return "%address = arith.constant " + address +
         " : i64 %ub = pto.castptr %address : i64 -> !pto.ptr<i32, ub>\n"
         "%zero = arith.constant 0 : index %none = arith.constant 0 : i64 %one = arith.constant 1 : i64\n"
         "%all = pto.pset_b32 \"PAT_ALL\" : !pto.mask<b32> %big = arith.constant 0x7fffffffffffffff : i64\n";
}
constexpr const char *load = "%v = pto.vlds %ub[%zero] : !pto.ptr<i32, ub> -> !pto.vreg<64xi32>";
constexpr const char *store = "%v = pto.vbr %i : i32 -> !pto.vreg<64xi32>\n"
                              "pto.vsts %v, %ub[%zero], %all : !pto.vreg<64xi32>, !pto.ptr<i32, ub>, !pto.mask<b32>";
const std::string storeOne = std::string("%i = arith.constant 1 : i32\n") + store;

TEST(OutOfBounds, NamesTheAddressAndTheMemory) {
  expectFault(at("262016") + load, Fault::Kind::OutOfBounds, 6,
              "pto.vlds reads 256 bytes at ub+0x3ff80, past the end of ub (262144 bytes)");
  expectFault(at("262016") + storeOne, Fault::Kind::OutOfBounds, 8,
              "pto.vsts writes 256 bytes at ub+0x3ff80, past the end of ub (262144 bytes)");
  expectFault(at("-32") + load, Fault::Kind::OutOfBounds, 6,
              "pto.vlds reads 256 bytes at ub-0x20, before the start of ub (262144 bytes)");
  expectFault(at("-9223372036854775808") + load, Fault::Kind::OutOfBounds, 6,
              "pto.vlds reads 256 bytes at ub-0x8000000000000000, before the start of ub (262144 bytes)");
  expectFault(at("9223372036854775807") + storeOne, Fault::Kind::OutOfBounds, 8,
              "pto.vsts writes 256 bytes at ub+0x7fffffffffffffff, past the end of ub (262144 bytes)");
}

TEST(OutOfBounds, PredicatesReachAsFarAsTheirDistribution) {
  expectFault(at("262112") + "%m = pto.plds %ub[%zero], \"DS\" : !pto.ptr<i32, ub>, index -> !pto.mask<b8>",
              Fault::Kind::OutOfBounds, 6, "pto.plds reads 64 bytes at ub+0x3ffe0, past the end of ub (262144 bytes)");
  expectFault(at("262128") + "%one_unit = arith.constant 1 : index\n"
                             "pto.psti %all, %ub[%one_unit], \"PK\" : !pto.mask<b32>, !pto.ptr<i32, ub>, index",
              Fault::Kind::OutOfBounds, 7, "pto.psti writes 16 bytes at ub+0x40000, past the end of ub (262144 bytes)");
}

TEST(OutOfBounds, NamesTheArgument) {
  std::string offset = "%o = arith.constant 60 : index\n%p = pto.addptr %in, %o : !pto.ptr<i32> -> !pto.ptr<i32>\n"
                       "%len = arith.constant 32 : i64\n";
  expectFault(at("0") + offset +
                  "pto.mte_gm_ub %p, %ub, %none, %len nburst(%one, %none, %none) : !pto.ptr<i32>, "
                  "!pto.ptr<i32, ub>, i64, i64, i64, i64, i64",
              Fault::Kind::OutOfBounds, 9,
              "pto.mte_gm_ub reads 32 bytes at byte 240 of argument 'in', past its end (256 bytes)");
  expectFault(at("0") + "%o = arith.constant -1 : index\n%w = pto.load_scalar %in[%o] : !pto.ptr<i32> -> i32",
              Fault::Kind::OutOfBounds, 7,
              "pto.load_scalar reads 4 bytes at byte -4 of argument 'in', before its start (256 bytes)");
  expectFault(at("0") + "%f = pto.castptr %one : i64 -> !pto.ptr<i32>\n"
                        "%w = pto.load_scalar %f[%zero] : !pto.ptr<i32> -> i32",
              Fault::Kind::OutOfBounds, 7,
              "pto.load_scalar reads 4 bytes of global memory at 0x1, an address that belongs to no kernel argument");
}

TEST(OutOfBounds, CatchesArithmeticThatWouldOverflow) {
  expectFault(at("0") + "%o = arith.constant 0x7fffffffffffffff : index\n"
                        "%p = pto.addptr %in, %o : !pto.ptr<i32> -> !pto.ptr<i32>",
              Fault::Kind::OutOfBounds, 7,
              "pto.addptr moves a pointer at byte 0 of argument 'in' by 9223372036854775807 bytes, further than any "
              "buffer reaches");
  expectFault(at("0") + "%o = arith.constant 0x7fffffffffffffff : index\n"
                        "%p = pto.addptr %ub, %o : !pto.ptr<i32, ub> -> !pto.ptr<i32, ub>",
              Fault::Kind::OutOfBounds, 7,
              "pto.addptr moves a pointer by 9223372036854775807 elements, further than any memory reaches");
  expectFault(at("64") + "%o = arith.constant 0x7fffffffffffffff : index\n"
                         "%v = pto.vlds %ub[%o] : !pto.ptr<i32, ub> -> !pto.vreg<64xi32>",
              Fault::Kind::OutOfBounds, 7,
              "pto.vlds reads 256 bytes at ub+0x7fffffffffffffff, past the end of ub (262144 bytes)");
  std::string wide = "%many = arith.constant 2097151 : i64\n%far = arith.constant 1099511627775 : i64\n";
  expectFault(at("0") + wide +
                  "pto.mte_gm_ub %in, %ub, %none, %one nburst(%one, %none, %none) loop(%many, %far, %none) "
                  ": !pto.ptr<i32>, !pto.ptr<i32, ub>, i64, i64, i64, i64, i64, loop i64, i64, i64",
              Fault::Kind::OutOfBounds, 8, "pto.mte_gm_ub reaches further than any memory with its counts and strides");
}

TEST(Illegal, WhatDoesNotFitItsField) {
  expectFault(at("0") + "pto.mte_gm_ub %in, %ub, %none, %big nburst(%one, %none, %none) "
                        ": !pto.ptr<i32>, !pto.ptr<i32, ub>, i64, i64, i64, i64, i64",
              Fault::Kind::Illegal, 6,
              "pto.mte_gm_ub has len_burst = 9223372036854775807; its field holds 0 to 2097151");
  expectFault(at("0") + "%minus = arith.subi %none, %one : i64\n"
                        "pto.mte_ub_gm %ub, %in, %one nburst(%minus, %none, %none) "
                        ": !pto.ptr<i32, ub>, !pto.ptr<i32>, i64, i64, i64, i64",
              Fault::Kind::Illegal, 7, "pto.mte_ub_gm has n_burst = -1; its field holds 0 to 4095");
  expectFault(at("0") + "%many = arith.constant 4096 : i64\n"
                        "pto.mte_ub_gm %ub, %in, %one nburst(%many, %none, %none) "
                        ": !pto.ptr<i32, ub>, !pto.ptr<i32>, i64, i64, i64, i64",
              Fault::Kind::Illegal, 7, "pto.mte_ub_gm has n_burst = 4096; its field holds 0 to 4095");
}

TEST(Illegal, PaddingOfMoreThanABlock) {
  auto padded = [](const char *counts) {
    return at("0") + "%v = arith.constant 0 : i32 %eight = arith.constant 8 : i64 %nine = arith.constant 9 : i64\n" +
           "pto.mte_gm_ub %in, %ub, %none, %eight nburst(%one, %none, %none) pad(%v, " + counts +
           ") : !pto.ptr<i32>, !pto.ptr<i32, ub>, i64, i64, i64, i64, i64, pad i32, i64, i64";
  };
  EXPECT_FALSE(run(padded("%eight, %eight")).fault);
  expectFault(padded("%none, %nine"), Fault::Kind::Illegal, 7,
              "pto.mte_gm_ub pads 36 bytes on the right; a pad has at most 32");
  expectFault(padded("%nine, %none"), Fault::Kind::Illegal, 7,
              "pto.mte_gm_ub pads 36 bytes on the left; a pad has at most 32");
}

TEST(NotSimulated, ModesOfTheControlRegister) {
  std::string control = "%ctrl = pto.get_ctrl : i64\n%bit = arith.constant ";
  std::string set = " : i64\n%new = pto.sbitset1 %ctrl, %bit : i64, i64 -> i64\npto.set_ctrl %new : i64\n";
  expectFault(control + "56" + set, Fault::Kind::NotSimulated, 6,
              "pto.set_ctrl sets bit 56, masks that are counters, which is not simulated");
  expectFault(control + "64" + set, Fault::Kind::Illegal, 5,
              "pto.sbitset1 has bit number 64; a value has the bits 0 to 63");
  std::string store = at("0") + "%three = arith.constant 3 : i64\npto.mte_ub_gm %ub, %in, %three nburst(%one, %none, "
                                "%none) : !pto.ptr<i32, ub>, !pto.ptr<i32>, i64, i64, i64, i64";
  expectFault(control + "6" + set + store, Fault::Kind::Illegal, 11,
              "pto.mte_ub_gm has len_burst = 3, which is no multiple of the 4 bytes of CTRL's atomic type");
  expectFault(
      "%all_on = arith.constant 0x7c0 : i64\npto.set_ctrl %all_on : i64\n" + store, Fault::Kind::Illegal, 9,
      "pto.mte_ub_gm finds type 7 and operation 3 in CTRL's bits 8 to 6 and 10 to 9; there are the types 1 to 6 "
      "and the operations 0 to 2");
}

TEST(Illegal, ALoopThatDoesNotStep) {
  expectFault(at("0") + "scf.for %i = %zero to %zero step %zero {}", Fault::Kind::Illegal, 6,
              "scf.for has step 0; a step is at least 1");
}

TEST(Illegal, ALaunchThatDoesNotFitTheKernel) {
  Kernel kernel(kernelText("%in: !pto.ptr<i32>, %count: i64", ""));
  std::vector<int32_t> in(4);
  EXPECT_EQ(kernel.run({buffer("in", in)}).fault->message, "kernel is launched with 1 arguments; it takes 2");
  EXPECT_EQ(kernel.run({scalar("in", 1), scalar("count", 1)}).fault->message,
            "argument 0 ('in') of kernel is a scalar; the kernel takes a pointer there");
  EXPECT_EQ(kernel.run({buffer("in", in), buffer("count", in)}).fault->message,
            "argument 1 ('count') of kernel is a buffer; the kernel takes a scalar there");
  LaunchOptions noBlocks;
  noBlocks.blockDim = 0;
  EXPECT_EQ(kernel.run({buffer("in", in), scalar("count", 1)}, noBlocks).fault->message,
            "kernel is launched with no blocks; a launch has at least one");
}

TEST(Misaligned, IsFoundByTheCheckedEngine) {
  expectFault(at("16") + load, Fault::Kind::Misaligned, 6,
              "pto.vlds accesses ub+0x10, which is not a multiple of 32 bytes");
  expectFault(at("4") + "pto.mte_ub_gm %ub, %in, %one nburst(%one, %none, %none) "
                        ": !pto.ptr<i32, ub>, !pto.ptr<i32>, i64, i64, i64, i64",
              Fault::Kind::Misaligned, 6, "pto.mte_ub_gm accesses ub+0x4, which is not a multiple of 32 bytes");
  LaunchOptions fast;
  fast.checked = false;
  EXPECT_FALSE(run(at("16") + load, fast).fault);
}

TEST(Misaligned, PredicatesToo) {
  auto access = [](const char *address, const char *op) { return at(address) + op; };
  expectFault(access("16", "%m = pto.plds %ub[%zero], \"NORM\" : !pto.ptr<i32, ub>, index -> !pto.mask<b8>"),
              Fault::Kind::Misaligned, 6, "pto.plds accesses ub+0x10, which is not a multiple of 32 bytes");
  expectFault(access("8", "pto.psts %all, %ub[%zero], \"PK\" : !pto.mask<b32>, !pto.ptr<i32, ub>, index"),
              Fault::Kind::Misaligned, 6, "pto.psts accesses ub+0x8, which is not a multiple of 16 bytes");
}

TEST(Deadlock, AWaitForAFlagThatNothingSet) {
  expectFault("pto.set_flag[\"PIPE_MTE2\", \"PIPE_V\", \"EVENT_ID1\"]\n"
              "pto.wait_flag[\"PIPE_MTE2\", \"PIPE_V\", \"EVENT_ID0\"]",
              Fault::Kind::Deadlock, 4,
              "pto.wait_flag waits for the flag PIPE_MTE2 -> PIPE_V, EVENT_ID0, which nothing before it has set");
}

TEST(Flags, LeftSetOrSetTwiceAreWarnings) {
  std::string set = "pto.set_flag[\"PIPE_MTE2\", \"PIPE_V\", \"EVENT_ID1\"]\n";
  RunReport report = run(set + set);
  EXPECT_FALSE(report.fault);
  EXPECT_THAT(report.warnings, ElementsAre("sets the flag PIPE_MTE2 -> PIPE_V, EVENT_ID1 again before anything waited "
                                           "for it at kernel.pto:4:1",
                                           "the flag PIPE_MTE2 -> PIPE_V, EVENT_ID1 is still set at the end; it was "
                                           "set at kernel.pto:4:1"));
}

TEST(Budget, NamesTheLoopThatUsedItUp) {
  LaunchOptions options;
  options.instructionBudget = 1000;
  std::string forever = "scf.while : () -> () {\n%go = arith.constant true\nscf.condition(%go)\n} do {\n"
                        "%x = arith.addi %count, %count : i64\nscf.yield\n}";
  RunReport report = run(forever, options);
  ASSERT_TRUE(report.fault);
  EXPECT_EQ(report.fault->kind, Fault::Kind::Budget);
  EXPECT_THAT(report.fault->message,
              HasSubstr("is where the budget of 1000 instructions ran out, in the loop at kernel.pto:3:1"));
  EXPECT_EQ(report.fault->location.line, 3u);
  EXPECT_EQ(report.instructionsExecuted, 1000u);
}

TEST(Budget, CountsTheWorkOfDma) {
  std::string many = "%rows = arith.constant 4095 : i64 %loops = arith.constant 2097151 : i64\n";
  expectFault(at("0") + many +
                  "pto.mte_gm_ub %in, %ub, %none, %one nburst(%rows, %none, %none) loop(%loops, %none, %none) "
                  ": !pto.ptr<i32>, !pto.ptr<i32, ub>, i64, i64, i64, i64, i64, loop i64, i64, i64",
              Fault::Kind::Budget, 7, "pto.mte_gm_ub is where the budget of 200000000 instructions ran out");
}

TEST(DivideByZero, IsAFault) {
  expectFault("%zero = arith.constant 0 : i64\n%r = arith.remsi %count, %zero : i64", Fault::Kind::DivideByZero, 4,
              "arith.remsi divides 5 by zero");
}

TEST(Fault, NamesTheBlock) {
  LaunchOptions options;
  options.blockDim = 2;
  std::string body = "%b = pto.get_block_idx\n%one = arith.constant 1 : i64\n%d = arith.subi %one, %b : i64\n"
                     "%r = arith.divui %count, %d : i64";
  expectFault(body, Fault::Kind::DivideByZero, 6, "arith.divui divides 5 by zero (block 1 of 2)", options);
}

TEST(Unwritten, ReadsAreWarnedOfOnceForEachInstruction) {
  RunReport report = run(at("512") +
                         "%two = arith.constant 2 : index %step = arith.constant 1 : index\n"
                         "scf.for %i = %zero to %two step %step {\n" +
                         load + "\n}");
  EXPECT_FALSE(report.fault);
  EXPECT_THAT(report.warnings, ElementsAre("pto.vlds reads ub+0x200, which nothing has written, at kernel.pto:8:6"));
}

TEST(Unwritten, ATailThatReachesPastWhatWasWrittenIsFine) {
  EXPECT_THAT(
      run(at("0") + "%i = arith.constant 1 : i32\npto.store_scalar %i, %ub[%zero] : !pto.ptr<i32, ub>, i32\n" + load)
          .warnings,
      IsEmpty());
}

} // namespace
} // namespace pto::sim::testing
