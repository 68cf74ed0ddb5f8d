// What a run leaves behind, however it ended.
#include "harness/tests/Sandbox.h"
#include <fcntl.h>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

using namespace pto;
using namespace pto::harness::testing;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

constexpr int failed = 100, wrongCase = 105, incomplete = 106;

/// `sample` passes, `stuck` never ends, `unreached` would pass.
class InterruptedRun : public ::testing::Test {
protected:
  void SetUp() override {
    const char *hangs = "kernel: { source: ../sample/kernel.pto }\n"
                        "args:\n"
                        "  - { name: a, dtype: f32, shape: [100] }\n"
                        "  - { name: b, dtype: f32, shape: [100] }\n"
                        "  - { name: out, dtype: f32, shape: [100], direction: out }\n"
                        "golden: |\n"
                        "  def golden(a, b):\n"
                        "      while True:\n"
                        "          a = a + 1\n"
                        "      return a - b\n";
    sandbox.write("../stuck/case.yaml", std::string("summary: never ends\n") + hangs);
    sandbox.write("../unreached/case.yaml", std::string("summary: never starts\n") + hangs);
  }
  Sandbox sandbox;
};

} // namespace

TEST_F(InterruptedRun, SaysWhatDidNotRun) {
  Outcome outcome = sandbox.runUntil("sample", "TERM", "-j1 --report junit");
  EXPECT_EQ(outcome.exitCode, incomplete) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("3 cases: 1 pass, 2 did not run"));
  EXPECT_EQ(outcome.results.size(), 1u);
  ASSERT_TRUE(outcome.header && outcome.end) << outcome.text;
  EXPECT_EQ(outcome.header->cases, 3u);
  EXPECT_FALSE(outcome.end->isComplete());
  EXPECT_EQ(outcome.end->exitCode, incomplete);
  EXPECT_THAT(outcome.end->notRun, ElementsAre("stuck", "unreached"));
  std::string junit = sandbox.read("out/junit.xml");
  EXPECT_THAT(junit, HasSubstr("tests=\"3\" failures=\"0\" errors=\"2\""));
  EXPECT_THAT(junit, HasSubstr("<error message=\"did not run: interrupted\""));
}

TEST_F(InterruptedRun, LeavesATimelineThatLoads) {
  Outcome outcome = sandbox.runUntil("sample", "TERM", "-j1 --timeline t.json");
  EXPECT_THAT(outcome.text, HasSubstr("timeline  t.json: 0 cases of 3, in estimated cycles"));
  llvm::Expected<llvm::json::Value> timeline = llvm::json::parse(sandbox.read("t.json"));
  EXPECT_TRUE(bool(timeline)) << llvm::toString(timeline.takeError());
}

TEST_F(InterruptedRun, IsAFailureIfOneWasSeen) {
  sandbox.apply({"case.yaml", "return a - b", "return a + b"});
  Outcome outcome = sandbox.runUntil("sample", "TERM", "-j1");
  EXPECT_EQ(outcome.exitCode, failed) << outcome.text;
}

TEST_F(InterruptedRun, ThatIsKilledHasNoLastLine) {
  Outcome outcome = sandbox.runUntil("sample", "KILL", "-j1");
  EXPECT_EQ(outcome.exitCode, 128 + SIGKILL) << outcome.text;
  EXPECT_TRUE(outcome.header);
  EXPECT_EQ(outcome.results.size(), 1u);
  EXPECT_FALSE(outcome.end);
}

TEST(RunRecord, SaysWhoRanWhatWhenAndWhere) {
  Sandbox sandbox;
  sandbox.write("../../.git/HEAD", "ref: refs/heads/main\n");
  sandbox.write("../../.git/packed-refs", "# pack-refs\n0123456789012345678901234567890123456789 refs/heads/main\n");
  Outcome outcome = sandbox.run("--seed 7");
  ASSERT_TRUE(outcome.header && outcome.end) << outcome.text;
  EXPECT_EQ(outcome.header->casesCommit, "0123456789012345678901234567890123456789");
  EXPECT_EQ(outcome.header->casesRoot, std::filesystem::canonical(sandbox.folder() + "/cases"));
  EXPECT_THAT(outcome.header->command, ElementsAre(HasSubstr("run_validation"), "--seed", "7"));
  EXPECT_EQ(outcome.header->options.getInteger("seed"), 7);
  EXPECT_THAT(outcome.header->started, HasSubstr("Z"));
  char host[256] = {};
  gethostname(host, sizeof host);
  EXPECT_EQ(outcome.header->host, host);
  EXPECT_TRUE(outcome.end->isComplete());
  EXPECT_EQ(outcome.end->exitCode, 0);
}

TEST(RunRecord, OfALinkedCheckoutHasItsCommit) {
  Sandbox sandbox;
  sandbox.write("../../.git", "gitdir: elsewhere/worktrees/one\n");
  sandbox.write("../../elsewhere/worktrees/one/HEAD", "ref: refs/heads/side\n");
  sandbox.write("../../elsewhere/worktrees/one/commondir", "../..\n");
  sandbox.write("../../elsewhere/refs/heads/side", "abcdef\n");
  EXPECT_EQ(sandbox.run().header->casesCommit, "abcdef");
}

TEST(OutFolder, ThatAnotherRunHoldsIsLeftAlone) {
  Sandbox sandbox;
  sandbox.run("--report junit --seed 1");
  std::string results = sandbox.read("out/results.jsonl");
  int held = open((sandbox.folder() + "/out").c_str(), O_RDONLY | O_DIRECTORY);
  ASSERT_EQ(flock(held, LOCK_EX), 0);
  Outcome outcome = sandbox.run("--keep-temps --out out/");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("another run is writing to out/; this one writes to out-2\n"));
  EXPECT_EQ(sandbox.read("out/results.jsonl"), results);
  EXPECT_NE(sandbox.read("out/junit.xml"), "");
  EXPECT_NE(sandbox.read("out-2/results.jsonl"), "");
  EXPECT_NE(sandbox.read("out-2/cases/sample/kernel.pto"), "");
  close(held);
}

TEST(OutFolder, KeepsNoJUnitOfAnEarlierRun) {
  Sandbox sandbox;
  sandbox.run("--report junit");
  EXPECT_NE(sandbox.read("out/junit.xml"), "");
  sandbox.run();
  EXPECT_EQ(sandbox.read("out/junit.xml"), "");
}

TEST(ExitCode, IsThatOfAFailureWhateverElseIsWrong) {
  Sandbox sandbox;
  sandbox.apply({"case.yaml", "return a - b", "return a + b"});
  sandbox.write("../broken/case.yaml", "summry: x\n");
  EXPECT_EQ(sandbox.run().exitCode, failed);
  EXPECT_EQ(sandbox.run("--case broken").exitCode, wrongCase);
}

TEST(Blame, AGoldenThatNeverEndsIsTheCasesFault) {
  Sandbox sandbox;
  sandbox.apply({"case.yaml", "      return a - b", "      while True:\n          a = a + 1\n      return a - b"});
  Outcome outcome = sandbox.run("--timeout 2");
  ASSERT_EQ(outcome.results.size(), 1u);
  const reports::Result &result = outcome.results[0];
  EXPECT_EQ(result.state, reports::State::InfraError);
  EXPECT_EQ(result.blame, reports::Blame::Case);
  EXPECT_EQ(result.stage, "golden");
  EXPECT_GE(result.durationMs, 1000);
  ASSERT_TRUE(result.location);
  // The interpreter names the loop; on a machine that is too busy for it, the worker's end names the golden.
  EXPECT_THAT(result.location->line, AnyOf(8u, 9u));
  EXPECT_THAT(result.message, HasSubstr("--timeout"));
  EXPECT_THAT(result.replay, HasSubstr(" --timeout 2"));
}

TEST(Repeated, AFailureIsDecidedBeforeTheLastRound) {
  Sandbox sandbox;
  sandbox.apply({"case.yaml", "return a - b", "return a + b"});
  Outcome outcome = sandbox.run("--repeat 1000000 --fail-fast");
  EXPECT_EQ(outcome.exitCode, 100) << outcome.text;
  ASSERT_EQ(outcome.results.size(), 1u);
  EXPECT_EQ(outcome.results[0].state, reports::State::FailNumeric);
}
