// Loops, branches and calls, through kernels that leave their trail in global memory.
#include "sim/tests/Kernel.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pto::sim::testing {
namespace {

// Runs a kernel with one i64 buffer %out; %c0, %c1, … are index constants.
std::vector<uint64_t> trail(llvm::StringRef body, LaunchOptions options = {}) {
  std::string constants;
  for (int i = 0; i <= 9; ++i)
    constants += "%c" + std::to_string(i) + " = arith.constant " + std::to_string(i) + " : index\n";
  Kernel kernel(kernelText("%out: !pto.ptr<i64>", constants + body.str()));
  std::vector<uint64_t> out(8, 99);
  RunReport report = kernel.run({buffer("out", out)}, options);
  EXPECT_FALSE(report.fault) << report.fault->message;
  return out;
}

TEST(Loop, CarriesValuesAndYieldsTheLast) {
  auto out = trail(R"(
    %zero = arith.constant 0 : i64
    %sum = scf.for %i = %c1 to %c5 step %c2 iter_args(%s = %zero) -> (i64) {
      %v = arith.index_cast %i : index to i64
      %n = arith.addi %s, %v : i64
      scf.yield %n : i64
    }
    pto.store_scalar %sum, %out[%c0] : !pto.ptr<i64>, i64)");
  EXPECT_EQ(out[0], 1u + 3u);
}

TEST(Loop, WithoutIterationsYieldsItsInits) {
  auto out = trail(R"(
    %seven = arith.constant 7 : i64
    %r = scf.for %i = %c5 to %c5 step %c1 iter_args(%s = %seven) -> (i64) {
      pto.store_scalar %s, %out[%c1] : !pto.ptr<i64>, i64
      scf.yield %s : i64
    }
    pto.store_scalar %r, %out[%c0] : !pto.ptr<i64>, i64)");
  EXPECT_EQ(out[0], 7u);
  EXPECT_EQ(out[1], 99u);
}

TEST(Loop, OfAVectorScopeCountsTo65535) {
  auto run = [](int turns) {
    return Kernel(kernelText("", "%c0 = arith.constant 0 : index\n%c2 = arith.constant 2 : index\n"
                                 "%n = arith.constant " +
                                     std::to_string(2 * turns - 1) +
                                     " : index\n"
                                     "pto.vecscope {\nscf.for %i = %c0 to %n step %c2 {\n}\n}"))
        .run({});
  };
  EXPECT_FALSE(run(65535).fault);
  RunReport report = run(65536);
  ASSERT_TRUE(report.fault);
  EXPECT_THAT(report.fault->message,
              ::testing::HasSubstr("has 65536 turns in a vector scope; the hardware's loops count to 65535"));
}

// Vectors that are all used behind the last of them; those of a loop are used in its next turn too.
TEST(Scope, WarnsWhereItNeedsMoreRegistersThanThereAre) {
  auto warnings = [](unsigned before, unsigned inside) {
    std::string body =
        "%c0 = arith.constant 0 : index\n%c1 = arith.constant 1 : index\n%zero = arith.constant 0 : i64\n"
        "%ub = pto.castptr %zero : i64 -> !pto.ptr<f32, ub>\n%f = arith.constant 1.0 : f32\n"
        "pto.vecscope {\n%all = pto.pset_b32 \"PAT_ALL\" : !pto.mask<b32>\n";
    auto vectors = [&](const std::string &name, unsigned count) {
      for (unsigned i = 0; i < count; ++i)
        body += "%" + name + std::to_string(i) + " = pto.vbr %f : f32 -> !pto.vreg<64xf32>\n";
    };
    auto stores = [&](const std::string &name, unsigned count) {
      for (unsigned i = 0; i < count; ++i)
        body += "pto.vsts %" + name + std::to_string(i) +
                ", %ub[%c0], %all : !pto.vreg<64xf32>, !pto.ptr<f32, ub>, !pto.mask<b32>\n";
    };
    vectors("v", before);
    body += "scf.for %i = %c0 to %c1 step %c1 {\n";
    stores("v", before);
    vectors("w", inside);
    stores("w", inside);
    return Kernel(kernelText("", body + "}\n}")).run({}).warnings;
  };
  EXPECT_THAT(warnings(16, 16), ::testing::IsEmpty());
  EXPECT_THAT(warnings(32, 0), ::testing::IsEmpty());
  EXPECT_THAT(warnings(17, 16), ::testing::ElementsAre(::testing::HasSubstr(
                                    "needs 33 vector registers and 0 predicates at once, of 32 and 8")));
}

TEST(Loop, SwapsCarriedValuesAtOnce) {
  auto out = trail(R"(
    %one = arith.constant 1 : i64
    %two = arith.constant 2 : i64
    %three = arith.constant 3 : i64
    %r:3 = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %one, %b = %two, %c = %three) -> (i64, i64, i64) {
      scf.yield %b, %c, %a : i64, i64, i64
    }
    pto.store_scalar %r#0, %out[%c0] : !pto.ptr<i64>, i64
    pto.store_scalar %r#1, %out[%c1] : !pto.ptr<i64>, i64
    pto.store_scalar %r#2, %out[%c2] : !pto.ptr<i64>, i64)");
  EXPECT_EQ(std::vector<uint64_t>(out.begin(), out.begin() + 3), (std::vector<uint64_t>{2, 3, 1}));
}

TEST(Loop, EndsBeforeItsVariableOverflows) {
  auto out = trail(R"(
    %low = arith.constant 100 : i8
    %high = arith.constant 127 : i8
    %step = arith.constant 20 : i8
    %zero = arith.constant 0 : i64
    %one = arith.constant 1 : i64
    %n = scf.for %i = %low to %high step %step iter_args(%s = %zero) -> (i64) : i8 {
      %next = arith.addi %s, %one : i64
      scf.yield %next : i64
    }
    pto.store_scalar %n, %out[%c0] : !pto.ptr<i64>, i64)");
  EXPECT_EQ(out[0], 2u);
}

TEST(Loop, NestsAndUsesTheOuterVariable) {
  auto out = trail(R"(
    %zero = arith.constant 0 : i64
    %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%s = %zero) -> (i64) {
      %inner = scf.for %j = %c0 to %i step %c1 iter_args(%t = %s) -> (i64) {
        %k = arith.index_cast %j : index to i64
        %one = arith.constant 1 : i64
        %a = arith.addi %t, %k : i64
        %b = arith.addi %a, %one : i64
        scf.yield %b : i64
      }
      scf.yield %inner : i64
    }
    pto.store_scalar %r, %out[%c0] : !pto.ptr<i64>, i64)");
  EXPECT_EQ(out[0], 1u + 1u + 2u);
}

TEST(Branch, TakesOneArmAndYieldsItsValue) {
  auto out = trail(R"(
    scf.for %i = %c0 to %c4 step %c1 {
      %odd = arith.remui %i, %c2 : index
      %is = arith.cmpi eq, %odd, %c1 : index
      %v = scf.if %is -> (i64) {
        %x = arith.constant 11 : i64
        scf.yield %x : i64
      } else {
        %y = arith.constant 22 : i64
        scf.yield %y : i64
      }
      pto.store_scalar %v, %out[%i] : !pto.ptr<i64>, i64
      scf.if %is {
        %at = arith.addi %i, %c4 : index
        pto.store_scalar %v, %out[%at] : !pto.ptr<i64>, i64
      }
    })");
  EXPECT_EQ(out, (std::vector<uint64_t>{22, 11, 22, 11, 99, 11, 99, 11}));
}

TEST(While, PassesOnWhatTheConditionGivesIt) {
  auto out = trail(R"(
    %one = arith.constant 1 : i64
    %limit = arith.constant 100 : i64
    %r = scf.while (%v = %one) : (i64) -> i64 {
      %go = arith.cmpi slt, %v, %limit : i64
      %twice = arith.addi %v, %v : i64
      scf.condition(%go) %twice : i64
    } do {
    ^bb0(%w: i64):
      %next = arith.addi %w, %one : i64
      scf.yield %next : i64
    }
    pto.store_scalar %r, %out[%c0] : !pto.ptr<i64>, i64)");
  EXPECT_EQ(out[0], 254u); // 1, 3, 7, 15, 31, 63, 127: twice that is passed out
}

TEST(Call, IsInlinedWithValuesOfItsOwn) {
  Kernel kernel(R"(module {
    func.func private @twice(%v: i64) -> i64 {
      %two = arith.constant 2 : i64
      %r = arith.muli %v, %two : i64
      return %r : i64
    }
    func.func @kernel(%out: !pto.ptr<i64>) attributes {pto.kernel} {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %five = arith.constant 5 : i64
      %a = func.call @twice(%five) : (i64) -> i64
      %b = func.call @twice(%a) : (i64) -> i64
      pto.store_scalar %a, %out[%c0] : !pto.ptr<i64>, i64
      pto.store_scalar %b, %out[%c1] : !pto.ptr<i64>, i64
      return
    }
  })");
  std::vector<uint64_t> out(2);
  EXPECT_FALSE(kernel.run({buffer("out", out)}).fault);
  EXPECT_EQ(out, (std::vector<uint64_t>{10, 20}));
}

TEST(StrictScope, SeesItsCaptures) {
  auto out = trail(R"(
    %at = arith.constant 512 : i64
    %ub = pto.castptr %at : i64 -> !pto.ptr<i32, ub>
    %v = arith.constant 5 : i32
    pto.strict_vecscope(%ub, %v) {
    ^bb0(%p: !pto.ptr<i32, ub>, %s: i32):
      %zero = arith.constant 0 : index
      %all = pto.pset_b32 "PAT_ALL" : !pto.mask<b32>
      %x = pto.vbr %s : i32 -> !pto.vreg<64xi32>
      pto.vsts %x, %p[%zero], %all : !pto.vreg<64xi32>, !pto.ptr<i32, ub>, !pto.mask<b32>
    } : (!pto.ptr<i32, ub>, i32) -> ()
    %next = pto.addptr %ub, %c3 : !pto.ptr<i32, ub> -> !pto.ptr<i32, ub>
    %r = pto.load_scalar %next[%c1] : !pto.ptr<i32, ub> -> i32
    %w = arith.extsi %r : i32 to i64
    pto.store_scalar %w, %out[%c0] : !pto.ptr<i64>, i64)");
  EXPECT_EQ(out[0], 5u);
}

TEST(Blocks, RunOneAfterTheOtherFromACleanStart) {
  LaunchOptions options;
  options.blockDim = 3;
  auto out = trail(R"(
    %b = pto.get_block_idx
    %n = pto.get_block_num
    %s = pto.get_subblock_idx
    %m = pto.get_subblock_num
    %i = arith.index_cast %b : i64 to index
    pto.store_scalar %n, %out[%i] : !pto.ptr<i64>, i64
    %z = arith.constant 0 : i64
    %ub = pto.castptr %z : i64 -> !pto.ptr<i64, ub>
    %before = pto.load_scalar %ub[%c0] : !pto.ptr<i64, ub> -> i64
    pto.store_scalar %n, %ub[%c0] : !pto.ptr<i64, ub>, i64
    %j = arith.addi %i, %c3 : index
    pto.store_scalar %before, %out[%j] : !pto.ptr<i64>, i64
    pto.store_scalar %s, %out[%c6] : !pto.ptr<i64>, i64
    pto.store_scalar %m, %out[%c7] : !pto.ptr<i64>, i64)",
                   options);
  EXPECT_EQ(out, (std::vector<uint64_t>{3, 3, 3, 0, 0, 0, 0, 1}));
}

} // namespace
} // namespace pto::sim::testing
