// Threads, through kernels that launch a body over a buffer `in` of 256 words and a buffer `out` of 256.
#include "sim/tests/Threads.h"
#include <gmock/gmock.h>
#include <numeric>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

using ::testing::HasSubstr;

// What every body starts with: the number of the thread, in %t and %i.
constexpr const char *prologue = R"(
  %x = pto.get_tid_x : i32
  %y = pto.get_tid_y : i32
  %z = pto.get_tid_z : i32
  %dx = pto.get_block_dim_x : i32
  %dy = pto.get_block_dim_y : i32
  %zy = arith.muli %z, %dy : i32
  %yz = arith.addi %zy, %y : i32
  %row = arith.muli %yz, %dx : i32
  %t = arith.addi %row, %x : i32
  %i = arith.index_castui %t : i32 to index
  %v = pto.ldg %in[%i] : !pto.ptr<i32, gm> -> i32
)";
constexpr const char *epilogue = "  pto.stg %r, %out[%i] : !pto.ptr<i32, gm>, i32\n";

/// Runs a body that makes %r of %v, %t and the rest.
std::vector<uint32_t> results(ThreadDims dims, std::string body, std::vector<uint32_t> in = {}) {
  ThreadKernel kernel(prologue + body + epilogue, dims);
  if (!in.empty())
    kernel.in = std::move(in);
  RunReport report = kernel.run();
  EXPECT_FALSE(report.fault) << report.fault->message;
  return kernel.out;
}

TEST(Threads, AreNumberedWithXRunningFastest) {
  for (ThreadDims dims : {ThreadDims{1, 1, 1}, {32, 1, 1}, {5, 3, 7}, {1, 40, 2}, {2, 2, 64}, {33, 7, 1}}) {
    std::vector<uint32_t> made =
        results(dims, "%s = arith.constant 8 : i32\n%a = arith.shli %z, %s : i32\n%b = arith.ori %a, %y : i32\n"
                      "%c = arith.shli %b, %s : i32\n%r = arith.ori %c, %x : i32\n");
    for (uint32_t thread = 0; thread < 256; ++thread) {
      uint32_t x = thread % dims.x, y = thread / dims.x % dims.y, z = thread / dims.x / dims.y;
      EXPECT_EQ(made[thread], thread < dims.count() ? z << 16 | y << 8 | x : ThreadKernel::untouched) << thread;
    }
  }
}

TEST(Threads, KnowTheirLane) {
  struct {
    const char *query;
    uint32_t (*expected)(uint32_t lane);
  } const rows[] = {{"get_laneid", [](uint32_t lane) { return lane; }},
                    {"get_lanemask_eq", [](uint32_t lane) { return 1u << lane; }},
                    {"get_lanemask_lt", [](uint32_t lane) { return (1u << lane) - 1; }},
                    {"get_lanemask_le", [](uint32_t lane) { return (1u << lane) - 1 + (1u << lane); }},
                    {"get_lanemask_gt", [](uint32_t lane) { return ~((1u << lane) - 1 + (1u << lane)); }},
                    {"get_lanemask_ge", [](uint32_t lane) { return ~((1u << lane) - 1); }},
                    {"get_grid_dim_x", [](uint32_t) { return 0u; }},
                    {"get_block_idx_z", [](uint32_t) { return 0u; }}};
  for (auto [query, expected] : rows) {
    std::vector<uint32_t> made = results({100, 1, 1}, std::string("%r = pto.") + query + " : i32\n");
    for (uint32_t thread = 0; thread < 100; ++thread)
      EXPECT_EQ(made[thread], expected(thread % 32)) << query << " of " << thread;
  }
}

// A mask of a warp's lanes that execute, made by a branch on the input.
RC_GTEST_PROP(ThreadLanes, VotesAreOverTheLanesThatExecute, (uint32_t active, uint32_t predicate)) {
  RC_PRE(active != 0);
  std::vector<uint32_t> in(256);
  for (unsigned lane = 0; lane < 32; ++lane)
    in[lane] = (active >> lane & 1) | (predicate >> lane & 1) << 1;
  std::string body = R"(
    %one = arith.constant 1 : i32
    %a = arith.trunci %v : i32 to i1
    %w = arith.shrui %v, %one : i32
    %p = arith.trunci %w : i32 to i1
    %none = arith.constant 0 : i32
    %r = scf.if %a -> i32 {
      %all = pto.vote_all %p : i1 -> i1
      %any = pto.vote_any %p : i1 -> i1
      %uni = pto.vote_uni %p : i1 -> i1
      %bits = pto.vote_ballot %p : i1 -> i32
      %l = arith.extui %all : i1 to i32
      %m = arith.extui %any : i1 to i32
      %n = arith.extui %uni : i1 to i32
      %c = arith.constant 3 : i32
      %d = arith.shli %l, %c : i32
      %mm = arith.shli %m, %one : i32
      %e = arith.ori %d, %n : i32
      %f = arith.ori %e, %mm : i32
      %g = arith.xori %bits, %f : i32
      scf.yield %g : i32
    } else {
      scf.yield %none : i32
    }
)";
  std::vector<uint32_t> made = results({32, 1, 1}, body, in);
  uint32_t holds = active & predicate;
  uint32_t all = holds == active, any = holds != 0, uni = all || !any;
  for (unsigned lane = 0; lane < 32; ++lane)
    RC_ASSERT(made[lane] == (active >> lane & 1 ? holds ^ (all << 3 | any << 1 | uni) : 0));
}

uint32_t shuffled(llvm::StringRef op, const std::vector<uint32_t> &in, uint32_t lane, uint32_t width,
                  uint32_t control) {
  uint32_t group = lane / width * width, local = lane % width;
  if (op == "idx")
    return in[group + control % width];
  if (op == "up")
    return in[local >= control ? lane - control : lane];
  if (op == "down")
    return in[uint64_t(local) + control < width ? lane + control : lane];
  uint32_t source = lane ^ control;
  return in[source < group + width ? source : lane];
}

TEST(ThreadLanes, ShufflesReadTheirGroup) {
  std::vector<uint32_t> in(256);
  std::iota(in.begin(), in.end(), 1000);
  for (llvm::StringRef op : {"idx", "up", "down", "bfly"})
    for (uint32_t width : {16, 32})
      for (uint32_t control : {0u, 1u, 2u, 5u, 15u, 16u, 17u, 31u, 32u, 40u, 0xffffffffu}) {
        std::string body = "%c = arith.constant " + std::to_string(int32_t(control)) + " : i32\n%r = pto.shuffle_" +
                           op.str() + " %v, %c {width = " + std::to_string(width) + " : i32} : i32, i32 -> i32\n";
        std::vector<uint32_t> made = results({64, 1, 1}, body, in);
        for (uint32_t thread = 0; thread < 64; ++thread) {
          std::vector<uint32_t> warp(in.begin() + thread / 32 * 32, in.begin() + thread / 32 * 32 + 32);
          EXPECT_EQ(made[thread], shuffled(op, warp, thread % 32, width, control))
              << op.str() << " " << width << " " << control << " of " << thread;
        }
      }
}

TEST(ThreadLanes, DownAfterUpIsTheValueItselfWhereBothAreInside) {
  std::vector<uint32_t> in(256);
  std::iota(in.begin(), in.end(), 7);
  std::vector<uint32_t> made = results({32, 1, 1},
                                       "%c = arith.constant 3 : i32\n"
                                       "%u = pto.shuffle_up %v, %c : i32, i32 -> i32\n"
                                       "%r = pto.shuffle_down %u, %c : i32, i32 -> i32\n",
                                       in);
  for (uint32_t lane = 0; lane + 3 < 32; ++lane)
    EXPECT_EQ(made[lane], in[lane]);
}

RC_GTEST_PROP(ThreadLanes, AReductionOfIntegersIsATreeOfShuffles, ()) {
  std::vector<uint32_t> in = *rc::gen::container<std::vector<uint32_t>>(256, rc::gen::arbitrary<uint32_t>());
  for (auto [redux, combine] :
       {std::pair("redux_add", "addi"), std::pair("redux_max", "maxsi"), std::pair("redux_min", "minsi")}) {
    std::string tree = "%t0 = arith.addi %v, %zero : i32\n";
    for (int step = 0; step < 5; ++step) {
      std::string n = std::to_string(step), m = std::to_string(step + 1);
      tree += "%c" + n + " = arith.constant " + std::to_string(1 << step) + " : i32\n%s" + n +
              " = pto.shuffle_bfly %t" + n + ", %c" + n + " : i32, i32 -> i32\n%t" + m + " = arith." + combine + " %t" +
              n + ", %s" + n + " : i32\n";
    }
    std::vector<uint32_t> made = results({64, 1, 1},
                                         "%zero = arith.constant 0 : i32\n" + tree + "%k = pto." + redux +
                                             " %v signed : i32 -> i32\n"
                                             "%r = arith.subi %k, %t5 : i32\n",
                                         in);
    for (uint32_t thread = 0; thread < 64; ++thread)
      RC_ASSERT(made[thread] == 0u);
  }
}

TEST(ThreadLanes, AReductionLeavesOutLanesThatDoNotExecute) {
  std::vector<uint32_t> in(256, 0x80000005);
  std::string body = R"(
    %half = arith.constant 16 : i32
    %lane = pto.get_laneid : i32
    %low = arith.cmpi ult, %lane, %half : i32
    %r = scf.if %low -> i32 {
      %s = pto.redux_OP : i32 -> i32
      scf.yield %s : i32
    } else {
      scf.yield %lane : i32
    }
)";
  for (auto [op, expected] : {std::pair("add %v", 0x80000005u * 16), std::pair("max %v signed", 0x80000005u),
                              std::pair("min %v unsigned", 0x80000005u)}) {
    std::string its = body;
    its.replace(its.find("OP"), 2, op);
    EXPECT_EQ(results({32, 1, 1}, its, in)[3], expected) << op;
  }
}

TEST(ThreadLanes, AFloatSumIsRoundedInATreeOfNeighbours) {
  std::vector<uint32_t> in(256);
  std::vector<float> tree(32);
  for (unsigned lane = 0; lane < 32; ++lane) {
    tree[lane] = lane % 3 ? 1.0f / float(lane + 1) : 16777216.0f * float(lane);
    in[lane] = std::bit_cast<uint32_t>(tree[lane]);
  }
  for (unsigned left = 16; left; left /= 2)
    for (unsigned i = 0; i < left; ++i)
      tree[i] = tree[2 * i] + tree[2 * i + 1];
  std::vector<uint32_t> made = results({32, 1, 1},
                                       "%f = arith.bitcast %v : i32 to f32\n%s = pto.redux_add %f : f32 -> f32\n"
                                       "%r = arith.bitcast %s : f32 to i32\n",
                                       in);
  EXPECT_EQ(made[17], std::bit_cast<uint32_t>(tree[0]));
}

TEST(ThreadLanes, AReadOfALaneThatDoesNotExecuteIsTold) {
  ThreadKernel kernel(std::string(prologue) + R"(
    %half = arith.constant 16 : i32
    %low = arith.cmpi ult, %t, %half : i32
    scf.if %low {
      %s = pto.shuffle_down %v, %half : i32, i32 -> i32
      pto.stg %s, %out[%i] : !pto.ptr<i32, gm>, i32
    }
)",
                      {32, 1, 1});
  RunReport report = kernel.run();
  ASSERT_EQ(report.warnings.size(), 1u);
  EXPECT_THAT(report.warnings[0], HasSubstr("pto.shuffle_down reads the value of thread (16, 0, 0), which does not "
                                            "execute it: undefined on the machine"));
}

// Control flow: the same function of one number, as threads and in C++.

TEST(ThreadFlow, EachThreadRunsItsLoopAsOftenAsItHasTo) {
  std::vector<uint32_t> in(256);
  std::iota(in.begin(), in.end(), 1);
  std::vector<uint32_t> made = results({70, 1, 1}, R"(
    %none = arith.constant 0 : i32
    %unit = arith.constant 1 : i32
    %two = arith.constant 2 : i32
    %three = arith.constant 3 : i32
    %last, %r = scf.while (%n = %v, %k = %none) : (i32, i32) -> (i32, i32) {
      %more = arith.cmpi ne, %n, %unit : i32
      scf.condition(%more) %n, %k : i32, i32
    } do {
    ^bb0(%n: i32, %k: i32):
      %odd = arith.trunci %n : i32 to i1
      %next = scf.if %odd -> i32 {
        %thrice = arith.muli %n, %three : i32
        %grown = arith.addi %thrice, %unit : i32
        scf.yield %grown : i32
      } else {
        %half = arith.divui %n, %two : i32
        scf.yield %half : i32
      }
      %more = arith.addi %k, %unit : i32
      scf.yield %next, %more : i32, i32
    }
)",
                                       in);
  for (uint32_t thread = 0; thread < 70; ++thread) {
    uint32_t steps = 0;
    for (uint64_t n = thread + 1; n != 1; n = n % 2 ? 3 * n + 1 : n / 2)
      ++steps;
    EXPECT_EQ(made[thread], steps) << thread;
  }
}

TEST(ThreadFlow, LoopsHaveBoundsAndStepsOfTheirOwn) {
  std::vector<uint32_t> in(256);
  for (uint32_t thread = 0; thread < 256; ++thread)
    in[thread] = thread * 7 % 40;
  std::vector<uint32_t> made = results({96, 1, 1}, R"(
    %none = arith.constant 0 : i32
    %unit = arith.constant 1 : i32
    %four = arith.constant 4 : i32
    %from = arith.remui %t, %four : i32
    %step = arith.addi %from, %unit : i32
    %r = scf.for %k = %from to %v step %step iter_args(%sum = %none) -> i32 : i32 {
      %inner = scf.for %l = %none to %k step %unit iter_args(%s = %sum) -> i32 : i32 {
        %grown = arith.addi %s, %l : i32
        scf.yield %grown : i32
      }
      %grown = arith.addi %inner, %k : i32
      scf.yield %grown : i32
    }
)",
                                       in);
  for (uint32_t thread = 0; thread < 96; ++thread) {
    uint32_t sum = 0;
    for (uint32_t k = thread % 4; k < in[thread]; k += thread % 4 + 1)
      sum += k * (k - 1) / 2 * (k > 0) + k;
    EXPECT_EQ(made[thread], sum) << thread;
  }
}

TEST(ThreadFlow, HelpersRunWhereTheyAreCalled) {
  ThreadKernel kernel(std::string(prologue) + "%r = func.call @twice(%v) : (i32) -> i32\n" + epilogue, {40, 1, 1},
                      "func.func private @twice(%v: i32) -> i32 {\n%l = pto.get_laneid : i32\n"
                      "%d = arith.addi %v, %v : i32\n%r = arith.addi %d, %l : i32\nreturn %r : i32\n}\n");
  ASSERT_FALSE(kernel.run().fault);
  EXPECT_EQ(kernel.out[39], 2 * kernel.in[39] + 7);
}

TEST(ThreadFlow, ADivisionByZeroNamesTheThread) {
  ThreadKernel kernel(std::string(prologue) + "%r = arith.divui %v, %x : i32\n" + epilogue, {40, 2, 1});
  RunReport report = kernel.run();
  ASSERT_TRUE(report.fault);
  EXPECT_EQ(report.fault->kind, Fault::Kind::DivideByZero);
  EXPECT_THAT(report.fault->message, HasSubstr("by zero (thread (0, 0, 0))"));
}

// Barriers.

constexpr const char *reverse = R"(
  %c0 = arith.constant 0 : i64
  %ub = pto.castptr %c0 : i64 -> !pto.ptr<i32, ub>
  pto.store %v, %ub[%i] : !pto.ptr<i32, ub>, i32
  pto.syncthreads
  %last = arith.constant 99 : i32
  %other = arith.subi %last, %t : i32
  %j = arith.index_castui %other : i32 to index
  %r = pto.load %ub[%j] : !pto.ptr<i32, ub> -> i32
)";

TEST(ThreadBarriers, OrderAllThreads) {
  std::vector<uint32_t> made = results({100, 1, 1}, reverse);
  for (uint32_t thread = 0; thread < 100; ++thread)
    EXPECT_EQ(made[thread], 3 * (99 - thread) + 1);
}

TEST(ThreadBarriers, HaveToBeReachedByAllThreadsOfAWarp) {
  ThreadKernel kernel(std::string(prologue) + R"(
    %ten = arith.constant 10 : i32
    %low = arith.cmpi ult, %t, %ten : i32
    scf.if %low {
      pto.syncthreads
    }
)",
                      {40, 1, 1});
  RunReport report = kernel.run();
  ASSERT_TRUE(report.fault);
  EXPECT_EQ(report.fault->kind, Fault::Kind::Deadlock);
  EXPECT_THAT(report.fault->message, HasSubstr("pto.syncthreads is reached by 10 of the 32 threads of a warp only; "
                                               "thread (10, 0, 0) goes another way, and all have to reach it"));
}

TEST(ThreadBarriers, HaveToBeReachedByAllWarps) {
  ThreadKernel kernel(std::string(prologue) + R"(
    %ten = arith.constant 32 : i32
    %low = arith.cmpi ult, %t, %ten : i32
    scf.if %low {
      pto.syncthreads
    }
)",
                      {40, 1, 1});
  RunReport report = kernel.run();
  ASSERT_TRUE(report.fault);
  EXPECT_THAT(report.fault->message, HasSubstr("pto.syncthreads is reached by 32 of 40 threads only; thread (32, 0, 0) "
                                               "has ended, and all have to reach the same barrier"));
}

// Memory.

TEST(ThreadMemory, AFaultIsThatOfTheThreadThatGoesOutside) {
  ThreadKernel kernel(std::string(prologue) + R"(
    %far = arith.constant 220 : i32
    %there = arith.addi %t, %far : i32
    %j = arith.index_castui %there : i32 to index
    pto.stg %v, %out[%j] : !pto.ptr<i32, gm>, i32
)",
                      {64, 1, 1});
  RunReport report = kernel.run();
  ASSERT_TRUE(report.fault);
  EXPECT_THAT(report.fault->message, HasSubstr("pto.stg writes 4 bytes at byte 1024 of argument 'out', past its end "
                                               "(1024 bytes) (thread (36, 0, 0))"));
}

TEST(ThreadMemory, ElementsOfUbAreAligned) {
  ThreadKernel kernel(std::string(prologue) + R"(
    %c2 = arith.constant 2 : i64
    %ub = pto.castptr %c2 : i64 -> !pto.ptr<i32, ub>
    pto.store %v, %ub[%i] : !pto.ptr<i32, ub>, i32
)",
                      {64, 1, 1});
  RunReport report = kernel.run();
  ASSERT_TRUE(report.fault);
  EXPECT_EQ(report.fault->kind, Fault::Kind::Misaligned);
}

TEST(ThreadMemory, GathersAndScattersWhatBranchesLeave) {
  std::vector<uint32_t> in(256);
  std::iota(in.begin(), in.end(), 500);
  std::vector<uint32_t> made = results({64, 1, 1}, R"(
    %mul = arith.constant 37 : i32
    %size = arith.constant 64 : i32
    %far = arith.muli %t, %mul : i32
    %j32 = arith.remui %far, %size : i32
    %j = arith.index_castui %j32 : i32 to index
    %odd = arith.trunci %j32 : i32 to i1
    %r = scf.if %odd -> i32 {
      %w = pto.load %in[%j] : !pto.ptr<i32, gm> -> i32
      scf.yield %w : i32
    } else {
      scf.yield %t : i32
    }
)",
                                       in);
  for (uint32_t thread = 0; thread < 64; ++thread) {
    uint32_t index = thread * 37 % 64;
    EXPECT_EQ(made[thread], index % 2 ? in[index] : thread);
  }
}

TEST(ThreadMemory, OfStoresToOnePlaceTheLastThreadsStays) {
  ThreadKernel kernel(std::string(prologue) + "%c0 = arith.constant 0 : index\n"
                                              "pto.stg %t, %out[%c0] : !pto.ptr<i32, gm>, i32\n",
                      {50, 1, 1});
  ASSERT_FALSE(kernel.run().fault);
  EXPECT_EQ(kernel.out[0], 49u);
}

// Races.

// Each thread stores its value into UB, and looks at that of the thread 50 before it.
std::vector<Finding> findingsOf(const std::string &between, const std::string &value = "%v") {
  ThreadKernel kernel(std::string(prologue) + R"(
    %c0 = arith.constant 0 : i64
    %ub = pto.castptr %c0 : i64 -> !pto.ptr<i32, ub>
    %fifty = arith.constant 50 : i32
    %all = arith.constant 100 : i32
    %one = arith.constant 1 : i32
    pto.store )" + value + R"(, %ub[%i] : !pto.ptr<i32, ub>, i32
)" + between + R"(
    %o = arith.addi %t, %fifty : i32
    %p = arith.remui %o, %all : i32
    %j = arith.index_castui %p : i32 to index
    %r = pto.load %ub[%j] : !pto.ptr<i32, ub> -> i32
)" + epilogue,
                      {100, 1, 1});
  RunReport report = kernel.run();
  EXPECT_FALSE(report.fault) << report.fault->message;
  return report.findings;
}

TEST(ThreadRaces, AReadOfWhatAnotherWarpWritesNeedsABarrier) {
  std::vector<Finding> findings = findingsOf("");
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings[0].check, Check::ThreadRace);
  // The first warp reads before the second one writes.
  EXPECT_THAT(findings[0].message,
              HasSubstr("pto.store writes ub+0xc8 to ub+0x18f in the warp of thread (32, 0, 0), which pto.load "
                        "reads in another warp at kernel.pto:"));
  EXPECT_THAT(findings[0].details[0], HasSubstr("add `pto.syncthreads` between the two"));
  EXPECT_TRUE(findingsOf("pto.syncthreads\n").empty());
}

TEST(ThreadRaces, AWriteOfWhatAnotherWarpReadNeedsABarrier) {
  auto store = "%w = pto.load %ub[%i] : !pto.ptr<i32, ub> -> i32\npto.store %one, %ub[%i] : !pto.ptr<i32, ub>, i32\n";
  EXPECT_TRUE(findingsOf(std::string(store) + "pto.syncthreads\n").empty());
  auto reads = R"(
    pto.syncthreads
    %oo = arith.addi %t, %one : i32
    %pp = arith.remui %oo, %all : i32
    %jj = arith.index_castui %pp : i32 to index
    %w = pto.load %ub[%jj] : !pto.ptr<i32, ub> -> i32
    pto.store %one, %ub[%i] : !pto.ptr<i32, ub>, i32
    pto.syncthreads
)";
  std::vector<Finding> findings = findingsOf(reads);
  ASSERT_FALSE(findings.empty());
  EXPECT_THAT(findings[0].message, HasSubstr("pto.store writes ub+0x80 to ub+0x183 in the warp of thread (32, 0, 0), "
                                             "which pto.load reads in another warp"));
}

TEST(ThreadRaces, AreNoneWhereAllWriteTheSameOrUpdate) {
  auto same = "%k = arith.constant 0 : index\npto.store %one, %out[%k] : !pto.ptr<i32, gm>, i32\npto.syncthreads\n";
  EXPECT_TRUE(findingsOf(same).empty());
  auto atomic = "pto.syncthreads\n%old = pto.atomic_add %ub, %one : !pto.ptr<i32, ub>, i32 -> i32\npto.syncthreads\n";
  EXPECT_TRUE(findingsOf(atomic).empty());
  auto mixed = "pto.syncthreads\n%old = pto.atomic_add %ub, %t : !pto.ptr<i32, ub>, i32 -> i32\n";
  EXPECT_FALSE(findingsOf(mixed).empty());
}

// Each of the two warps makes its accesses to the first words of UB; the second one comes after the first.
std::vector<Finding> findingsOfWarps(const std::string &first, const std::string &second) {
  ThreadKernel kernel(std::string(prologue) + R"(
    %c0 = arith.constant 0 : i64
    %ub = pto.castptr %c0 : i64 -> !pto.ptr<i32, ub>
    %zero = arith.constant 0 : index
    %none = arith.constant 0 : i32
    %one = arith.constant 1 : i32
    %two = arith.constant 2 : i32
    %size = arith.constant 32 : i32
    %lane = arith.remui %t, %size : i32
    %l = arith.index_castui %lane : i32 to index
    %low = arith.cmpi ult, %t, %size : i32
    scf.if %low {
      pto.store %none, %ub[%l] : !pto.ptr<i32, ub>, i32
    }
    pto.syncthreads
    scf.if %low {
      )" + first + R"(
    } else {
      )" + second + R"(
    }
)",
                      {64, 1, 1});
  RunReport report = kernel.run();
  EXPECT_FALSE(report.fault) << report.fault->message;
  return report.findings;
}

constexpr const char *addOne = "%add = pto.atomic_add %ub, %one : !pto.ptr<i32, ub>, i32 -> i32\n";
constexpr const char *exchange = "%exch = pto.atomic_exch %ub, %one : !pto.ptr<i32, ub>, i32 -> i32\n";
constexpr const char *readFirst = "%read = pto.load %ub[%zero] : !pto.ptr<i32, ub> -> i32\n";
std::string storeFirst(const char *value) {
  return "pto.store " + std::string(value) + ", %ub[%zero] : !pto.ptr<i32, ub>, i32\n";
}
std::string storeRow(const char *value) {
  return "pto.store " + std::string(value) + ", %ub[%l] : !pto.ptr<i32, ub>, i32\n";
}

TEST(ThreadRaces, AnAtomicOfItsOwnDoesNotHideThatOfAnotherWarp) {
  EXPECT_TRUE(findingsOfWarps(addOne, addOne).empty());
  EXPECT_FALSE(findingsOfWarps(addOne, std::string(addOne) + readFirst).empty());
  EXPECT_FALSE(findingsOfWarps(addOne, addOne + storeFirst("%two")).empty());
}

TEST(ThreadRaces, AreBetweenAtomicsThatGiveSomethingElseInTheOtherOrder) {
  EXPECT_FALSE(findingsOfWarps(addOne, exchange).empty());
  EXPECT_FALSE(findingsOfWarps(exchange, addOne).empty());
  EXPECT_FALSE(findingsOfWarps(exchange, exchange).empty());
  const char *add = "%more = pto.atomic_add %ub, %two : !pto.ptr<i32, ub>, i32 -> i32\n";
  EXPECT_TRUE(findingsOfWarps(addOne, add).empty());
}

TEST(ThreadRaces, AStoreOfTheOldValueIsOneOfAnotherValue) {
  EXPECT_TRUE(findingsOfWarps(storeFirst("%none"), storeFirst("%none")).empty());
  EXPECT_TRUE(findingsOfWarps(storeFirst("%two"), storeFirst("%two")).empty());
  EXPECT_FALSE(findingsOfWarps(storeFirst("%none"), storeFirst("%two")).empty());
  EXPECT_FALSE(findingsOfWarps(storeFirst("%two"), storeFirst("%none")).empty());
  // What is stored is there already, but was not when the warps started.
  EXPECT_FALSE(findingsOfWarps(exchange, storeFirst("%one")).empty());
  EXPECT_FALSE(findingsOfWarps(storeFirst("%none"), exchange).empty());
  EXPECT_TRUE(findingsOfWarps(readFirst, storeFirst("%none")).empty());
}

TEST(ThreadRaces, OfARowAreWhereItsElementsChange) {
  // The other warp stores the first word only, and what the row leaves there.
  EXPECT_TRUE(findingsOfWarps(storeRow("%lane"), storeFirst("%none")).empty());
  EXPECT_FALSE(findingsOfWarps(storeRow("%lane"), storeFirst("%two")).empty());
  std::vector<Finding> row = findingsOfWarps(storeRow("%two"), storeRow("%one"));
  ASSERT_EQ(row.size(), 1u);
  EXPECT_THAT(row[0].message, HasSubstr("pto.store writes ub+0x0 to ub+0x7f in the warp of thread (32, 0, 0), which"));
}

TEST(ThreadRaces, AreBetweenLanesThatStoreSomethingElseAtOnePlace) {
  auto findings = [](const std::string &address, const std::string &value) {
    ThreadKernel kernel(std::string(prologue) + R"(
      %zero = arith.constant 0 : index
      %one = arith.constant 1 : i32
      %half = arith.shrui %t, %one : i32
      %h = arith.index_castui %half : i32 to index
      pto.stg )" + value + ", %out[" +
                            address + "] : !pto.ptr<i32, gm>, i32\n",
                        {32, 1, 1});
    return kernel.run().findings;
  };
  EXPECT_TRUE(findings("%zero", "%one").empty());
  EXPECT_TRUE(findings("%h", "%half").empty());
  std::vector<Finding> two = findings("%h", "%t");
  ASSERT_EQ(two.size(), 1u);
  EXPECT_EQ(name(two[0].check), "lane-race");
  EXPECT_THAT(two[0].message, HasSubstr("pto.stg stores different values of thread (0, 0, 0) and thread (1, 0, 0) at "
                                        "byte 0 of 'out'"));
  EXPECT_EQ(findings("%zero", "%t").size(), 1u);
}

TEST(Blocks, MayAddAtOnePlaceButNotExchange) {
  auto findings = [](const char *update) {
    ThreadKernel kernel(std::string(prologue) + "%one = arith.constant 1 : i32\n%old = pto.atomic_" + update +
                            " : !pto.ptr<i32, gm>, i32 -> i32\n",
                        {1, 1, 1});
    LaunchOptions options;
    options.blockDim = 2;
    return kernel.run(options).findings;
  };
  EXPECT_TRUE(findings("add %out, %one").empty());
  std::vector<Finding> exchange = findings("exch %out, %one");
  ASSERT_EQ(exchange.size(), 1u);
  EXPECT_EQ(exchange[0].check, Check::BlockRace);
}

// Registers that are kept.

ThreadKernel twoLaunches(ThreadDims second, const char *slot) {
  ThreadKernel kernel(
      std::string(prologue) + "pto.keep %v {slot = 6 : i64} : i32\n", {40, 1, 1},
      "func.func @after(%in: !pto.ptr<i32, gm>, %out: !pto.ptr<i32, gm>) attributes {pto.simt_entry} {\n"
      "%r = pto.resume {slot = " +
          std::string(slot) +
          "\n%x = pto.get_tid_x : i32\n"
          "%i = arith.index_castui %x : i32 to index\npto.stg %r, %out[%i] : !pto.ptr<i32, gm>, i32\nreturn\n}\n");
  kernel.more =
      "%mx = arith.constant " + std::to_string(second.x) + " : i32\n%my = arith.constant " + std::to_string(second.y) +
      " : i32\npto.simt_launch @after<<<%mx, %my, %my>>>(%in, %out) : (!pto.ptr<i32, gm>, !pto.ptr<i32, gm>) -> ()\n";
  return kernel;
}

TEST(ThreadSlots, KeepAValueOfEachThreadForTheNextLaunch) {
  ThreadKernel kernel = twoLaunches({40, 1, 1}, "6 : i64} : i32");
  RunReport report = kernel.run();
  ASSERT_FALSE(report.fault) << report.fault->message;
  for (uint32_t thread = 0; thread < 40; ++thread)
    EXPECT_EQ(kernel.out[thread], kernel.in[thread]);
}

TEST(ThreadSlots, AreRefusedWhereNothingWasKept) {
  auto message = [](ThreadKernel kernel) { return kernel.run().fault.value_or(Fault()).message; };
  EXPECT_THAT(message(twoLaunches({40, 1, 1}, "2 : i64} : i32")),
              HasSubstr("pto.resume of slot 2, which the launch before this one did not keep"));
  EXPECT_THAT(message(twoLaunches({41, 1, 1}, "6 : i64} : i32")),
              HasSubstr("pto.resume of slot 6, which a launch of other threads kept: 40 * 1 * 1"));
}

// Launches.

std::string faultOf(ThreadDims dims, const char *attributes = "") {
  ThreadKernel kernel("", dims);
  kernel.entryAttributes = attributes;
  kernel.isDynamic = true;
  return kernel.run().fault.value_or(Fault()).message;
}

TEST(Launches, HaveOneTo2048Threads) {
  EXPECT_EQ(faultOf({1024, 1, 1}), "");
  EXPECT_THAT(faultOf({0, 1, 1}), HasSubstr("pto.simt_launch launches 0 * 1 * 1 threads; a launch has 1 to 2048"));
  EXPECT_THAT(faultOf({64, 64, 1}), HasSubstr("launches 64 * 64 * 1 threads; a launch has 1 to 2048"));
  EXPECT_THAT(faultOf({65536, 65536, 1}), HasSubstr("a launch has 1 to 2048"));
  EXPECT_THAT(faultOf({0xffffffff, 1, 1}), HasSubstr("launches -1 * 1 * 1 threads"));
  EXPECT_THAT(faultOf({512, 1, 1}, ", pto.simt_max_threads = 256 : i32"),
              HasSubstr("launches 512 * 1 * 1 threads, and pto.simt_max_threads of @body is 256"));
}

TEST(Launches, AreAlsoCallsAfterTheirConfiguration) {
  ThreadKernel kernel(std::string(prologue) + "%r = arith.addi %t, %t : i32\n" + epilogue, {10, 2, 1});
  kernel.isCall = true;
  ASSERT_FALSE(kernel.run().fault);
  EXPECT_EQ(kernel.out[19], 38u);
  EXPECT_EQ(kernel.out[20], ThreadKernel::untouched);
}

TEST(Launches, AreOrderedWithTransfersByFlags) {
  ThreadKernel kernel(std::string(prologue) +
                          "%c0 = arith.constant 0 : i64\n%ub = pto.castptr %c0 : i64 -> !pto.ptr<i32, ub>\n"
                          "pto.store %v, %ub[%i] : !pto.ptr<i32, ub>, i32\n",
                      {64, 1, 1});
  kernel.more =
      "%c0 = arith.constant 0 : i64\n%n = arith.constant 256 : i64\n%one = arith.constant 1 : i64\n"
      "%ub = pto.castptr %c0 : i64 -> !pto.ptr<i32, ub>\n"
      "pto.mte_ub_gm %ub, %out, %n nburst(%one, %n, %n) : !pto.ptr<i32, ub>, !pto.ptr<i32, gm>, i64, i64, i64, i64\n";
  RunReport report = kernel.run();
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_THAT(
      report.findings[0].message,
      HasSubstr("pto.mte_ub_gm on PIPE_MTE3 reads 128 bytes at ub+0x0, which pto.simt_launch on PIPE_V writes"));
  EXPECT_THAT(report.findings[0].details[0],
              HasSubstr("add `pto.set_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]` after the pto.simt_launch"));
}

TEST(Launches, TheirOperationsHaveNoMeaningInTheKernel) {
  Kernel kernel("module attributes {pto.target_arch = \"a5\"} {\n"
                "func.func @kernel() attributes {pto.kernel} {\n%r = func.call @helper() : () -> i32\nreturn\n}\n"
                "func.func private @helper() -> i32 {\n%x = pto.get_tid_x : i32\nreturn %x : i32\n}\n}\n");
  EXPECT_THAT(kernel.refusals(), HasSubstr("pto.get_tid_x where no threads are is not simulated"));
}

} // namespace
} // namespace pto::sim::testing
