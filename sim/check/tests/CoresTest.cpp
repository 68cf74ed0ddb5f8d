// Cores that hand each other work: semaphores, what they order, and what is said where one is missing.
#include "sim/check/tests/Script.h"
#include "sim/tests/CubeKernel.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>

namespace pto::sim::testing {
namespace {

using ::testing::HasSubstr;

// Pointers, and instructions of one line each: L1 from global memory and from UB, UB from L1, global memory from UB.
std::string kernelOfCores(llvm::StringRef lines) {
  std::string prologue =
      "%l1 = pto.castptr $0 : i64 -> !pto.ptr<f32, l1> %ub = pto.castptr $0 : i64 -> !pto.ptr<f32, ub> "
      "%sub = pto.get_subblock_idx %is0 = arith.cmpi eq, %sub, $0 : i64 %is1 = arith.cmpi eq, %sub, $1 : i64 "
      "%any = arith.constant true\n";
  std::string body = lines.str();
  auto replace = [&](llvm::StringRef word, llvm::StringRef by) {
    for (size_t at = 0; (at = body.find(word, at)) != std::string::npos; at += by.size())
      body.replace(at, word.size(), by);
  };
  replace("GM_TO_L1",
          "pto.mte_gm_l1 %in, %l1, $256 nburst($1, $0, $0) : !pto.ptr<f32>, !pto.ptr<f32, l1>, i64, i64, i64, i64");
  replace("L1_TO_UB0", "pto.copy_cbuf_to_ubuf %l1, %ub, $0, $1, $8, $0, $0 : !pto.ptr<f32, l1>, !pto.ptr<f32, ub>, "
                       "i64, i64, i64, i64, i64");
  replace("L1_TO_UB1", "pto.copy_cbuf_to_ubuf %l1, %ub, $1, $1, $8, $0, $0 : !pto.ptr<f32, l1>, !pto.ptr<f32, ub>, "
                       "i64, i64, i64, i64, i64");
  replace("UB_TO_L1",
          "pto.mte_ub_l1 %ub, %l1, $8 nburst($1, $0, $0) : !pto.ptr<f32, ub>, !pto.ptr<f32, l1>, i64, i64, i64, i64");
  replace("UB_TO_GM",
          "pto.mte_ub_gm %ub, %out, $256 nburst($1, $0, $0) : !pto.ptr<f32, ub>, !pto.ptr<f32>, i64, i64, i64, i64");
  replace("GM_TO_UB", "pto.mte_gm_ub %in, %ub, $0, $256 nburst($1, $256, $256) : !pto.ptr<f32>, !pto.ptr<f32, ub>, "
                      "i64, i64, i64, i64, i64");
  replace("FLAG(2,1)", "pto.set_flag[\"PIPE_MTE2\", \"PIPE_MTE1\", \"EVENT_ID0\"] pto.wait_flag[\"PIPE_MTE2\", "
                       "\"PIPE_MTE1\", \"EVENT_ID0\"]");
  replace("FLAG(2,3)", "pto.set_flag[\"PIPE_MTE2\", \"PIPE_MTE3\", \"EVENT_ID0\"] pto.wait_flag[\"PIPE_MTE2\", "
                       "\"PIPE_MTE3\", \"EVENT_ID0\"]");
  return cubeKernel("%in: !pto.ptr<f32>, %out: !pto.ptr<f32>", prologue + body, "");
}

struct CoresRun : RunReport {
  std::vector<float> out;
};
CoresRun runCores(llvm::StringRef lines, Order order = {}) {
  std::vector<float> in(64), out(64, -1);
  std::iota(in.begin(), in.end(), 1.0f);
  LaunchOptions options;
  options.order = order;
  CoresRun run{Kernel(kernelOfCores(lines)).run({buffer("in", in), buffer("out", out)}, options), {}};
  run.out = std::move(out);
  return run;
}

const Pair pairs[] = {
    {"CubeToVectorThroughUb", R"(
      pto.section.cube {
      GM_TO_L1
      FLAG(2,1)
      L1_TO_UB0
      -pto.set_intra_block <PIPE_MTE1>, 1
      }
      pto.section.vector {
      scf.if %is0 {
      -pto.wait_intra_block <PIPE_MTE3>, 1
      !UB_TO_GM
      }
      })"},
    {"CubeToTheSecondVectorCore", R"(
      pto.section.cube {
      GM_TO_L1
      FLAG(2,1)
      L1_TO_UB1
      -pto.sync.set <PIPE_MTE1>, 17
      }
      pto.section.vector {
      scf.if %is1 {
      -pto.sync.wait <PIPE_MTE3>, 1
      !UB_TO_GM
      }
      })"},
    {"TheWrongPipeSignals", R"(
      pto.section.cube {
      GM_TO_L1
      FLAG(2,1)
      L1_TO_UB0
      -pto.set_intra_block <PIPE_MTE1>, 1
      +pto.set_intra_block <PIPE_MTE2>, 1
      }
      pto.section.vector {
      scf.if %is0 {
      pto.wait_intra_block <PIPE_MTE3>, 1
      !UB_TO_GM
      }
      })"},
    {"TheWrongPipeWaits", R"(
      pto.section.cube {
      GM_TO_L1
      FLAG(2,1)
      L1_TO_UB0
      pto.set_intra_block <PIPE_MTE1>, 1
      }
      pto.section.vector {
      scf.if %is0 {
      -pto.wait_intra_block <PIPE_MTE3>, 1
      +pto.wait_intra_block <PIPE_V>, 1
      !UB_TO_GM
      }
      })"},
    {"VectorToCubeAndBack", R"(
      pto.section.vector {
      scf.if %is0 {
      GM_TO_UB
      FLAG(2,3)
      !UB_TO_L1
      -pto.set_intra_block <PIPE_MTE3>, 0
      pto.wait_intra_block <PIPE_MTE3>, 1
      UB_TO_GM
      }
      }
      pto.section.cube {
      -pto.wait_intra_block <PIPE_MTE1>, 0
      L1_TO_UB0
      pto.set_intra_block <PIPE_MTE1>, 1
      })",
     Check::WriteAfterRead},
    {"TwoVectorCoresWriteL1", R"(
      pto.section.cube {
      }
      pto.section.vector {
      -scf.if %is0 {
      +scf.if %any {
      GM_TO_UB
      FLAG(2,3)
      !UB_TO_L1
      }
      })",
     Check::WriteAfterWrite},
};

class Cores : public ::testing::TestWithParam<Pair> {};

// The kernel's lines begin after those of the test's own.
constexpr unsigned firstLine = 3;

TEST_P(Cores, TheBugIsFoundAndTheFixIsSilentInEveryOrder) {
  const Pair &pair = GetParam();
  std::string bug = bugOf(pair), fix = fixOf(pair);
  CoresRun wrong = runCores(bug), right = runCores(fix);
  ASSERT_FALSE(wrong.fault) << wrong.fault->message;
  ASSERT_FALSE(wrong.findings.empty());
  bool isFound = llvm::any_of(wrong.findings, [&](const Finding &finding) {
    return finding.check == pair.check && finding.location.line == linesOf(pair).front() - firstScriptLine + firstLine;
  });
  EXPECT_TRUE(isFound) << wrong.findings.front().message << " at line " << wrong.findings.front().location.line;
  ASSERT_FALSE(right.fault) << right.fault->message;
  for (const Finding &finding : right.findings)
    ADD_FAILURE() << "in the fix: " << finding.message;
  for (Order order : {Order{Order::Kind::Late}, Order{Order::Kind::Early}, Order{Order::Kind::Random, 1}}) {
    CoresRun other = runCores(fix, order);
    ASSERT_FALSE(other.fault) << other.fault->message;
    EXPECT_EQ(other.out, right.out);
  }
}

INSTANTIATE_TEST_SUITE_P(, Cores, ::testing::ValuesIn(pairs),
                         [](const auto &info) { return std::string(info.param.name); });

TEST(Semaphores, TheMissingSignalIsSaidAsItIsWritten) {
  CoresRun run = runCores(bugOf(pairs[1]));
  ASSERT_EQ(run.findings.size(), 1u);
  const Finding &finding = run.findings.front();
  EXPECT_THAT(finding.message, HasSubstr("pto.mte_ub_gm on PIPE_MTE3 of vector core 1 reads 256 bytes at ub+0x0, which "
                                         "pto.copy_cbuf_to_ubuf on PIPE_MTE1 of cube core writes"));
  EXPECT_THAT(finding.details.front(), HasSubstr("add `pto.set_intra_block <PIPE_MTE1>, 16` after"));
  EXPECT_THAT(finding.details.front(), HasSubstr("`pto.wait_intra_block <PIPE_MTE3>, 0` before"));
}

TEST(Semaphores, WaitForEachOtherForEver) {
  const char *lines = "pto.section.cube {\npto.wait_intra_block <PIPE_MTE1>, 0\npto.set_intra_block <PIPE_MTE1>, 1\n}\n"
                      "pto.section.vector {\nscf.if %is0 {\npto.wait_intra_block <PIPE_MTE3>, 1\n"
                      "pto.set_intra_block <PIPE_MTE3>, 0\n}\n}";
  for (Order order : {Order(), Order{Order::Kind::Late}}) {
    CoresRun run = runCores(lines, order);
    ASSERT_TRUE(run.fault);
    EXPECT_EQ(run.fault->kind, Fault::Kind::Deadlock);
    EXPECT_THAT(run.fault->message,
                HasSubstr("pto.wait_intra_block waits for semaphore 0, which nothing sets; vector core 0 waits for "
                          "semaphore 1 at kernel.pto:9:1 (cube core)"));
  }
}

TEST(Semaphores, ASemaphoreCountsToFifteen) {
  const char *lines =
      "pto.section.cube {\n%c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %n = arith.constant COUNT : "
      "index\nscf.for %i = %c0 to %n step %c1 {\npto.set_intra_block <PIPE_S>, 18\n}\n}\npto.section.vector {\n}";
  auto run = [&](const char *count) {
    std::string text = lines;
    text.replace(text.find("COUNT"), 5, count);
    return runCores(text);
  };
  CoresRun full = run("15"), over = run("16");
  EXPECT_FALSE(full.fault);
  ASSERT_EQ(full.warnings.size(), 1u);
  EXPECT_THAT(full.warnings.front(), HasSubstr("the semaphore 2 of vector core 1 is still set at the end"));
  ASSERT_TRUE(over.fault);
  EXPECT_THAT(over.fault->message,
              HasSubstr("sets the semaphore 2 of vector core 1, which stands at 15 and counts no further"));
}

TEST(Semaphores, ASemaphoreHasANumberThatItsCoreHas) {
  CoresRun run = runCores("pto.section.cube {\n}\npto.section.vector {\npto.set_intra_block <PIPE_MTE3>, 16\n}");
  ASSERT_TRUE(run.fault);
  EXPECT_THAT(run.fault->message, HasSubstr("has the semaphore 16; a vector core has 0 to 15"));
  run = runCores("pto.section.vector {\npto.set_intra_block <PIPE_MTE3>, 0\n}");
  ASSERT_TRUE(run.fault);
  EXPECT_THAT(run.fault->message, HasSubstr("sets the semaphore 0 for a cube core that the kernel does not run on"));
}

TEST(Semaphores, RunTheSectionsOfTheirKind) {
  // Each vector core stores its number behind the last one's.
  std::string body =
      "%c0 = arith.constant 0 : index %four = arith.constant 4 : index %sub = pto.get_subblock_idx %num = "
      "pto.get_subblock_num "
      "%at = arith.index_cast %sub : i64 to index %mine = pto.addptr %out, %at : !pto.ptr<i64> -> !pto.ptr<i64>\n"
      "pto.section.vector {\npto.store_scalar %num, %mine[%c0] : !pto.ptr<i64>, i64\n}\n"
      "pto.section.cube {\npto.store_scalar %num, %out[%four] : !pto.ptr<i64>, i64\n}";
  std::vector<int64_t> out(5);
  RunReport report = Kernel(cubeKernel("%out: !pto.ptr<i64>", body, "")).run({buffer("out", out)});
  EXPECT_FALSE(report.fault);
  EXPECT_EQ(out, (std::vector<int64_t>{2, 2, 0, 0, 2}));
}

} // namespace
} // namespace pto::sim::testing
