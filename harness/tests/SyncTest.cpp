// The sync command over the sample case and over some of the project's own.
#include "harness/tests/Sandbox.h"
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>

using namespace pto::harness::testing;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

class SyncTest : public ::testing::Test {
protected:
  void sync(const std::string &arguments) { outcome = sandbox.run("sync " + arguments); }
  void drop(const std::string &line) { sandbox.apply({"kernel.pto", "    " + line + "\n", ""}); }
  void dropLastFlag() {
    drop("pto.set_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]");
    drop("pto.wait_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]");
  }
  std::string kernel() const { return sandbox.read("cases/sample/kernel.pto"); }

  Sandbox sandbox;
  Outcome outcome;
};

} // namespace

TEST_F(SyncTest, PrintsAPatchThatApplies) {
  std::string whole = kernel();
  dropLastFlag();
  ASSERT_EQ(sandbox.run().exitCode, 100);
  sync("sample");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("--- cases/sample/kernel.pto\n+++ cases/sample/kernel.pto\n@@ -"));
  EXPECT_THAT(outcome.text, HasSubstr("cases/sample/kernel.pto: adds 2 lines; passes in every order\n"));
  sync("-q sample");
  std::ofstream(sandbox.folder() + "/fix.diff") << outcome.text;
  ASSERT_EQ(std::system(("cd " + sandbox.folder() + " && git apply -p0 fix.diff").c_str()), 0);
  EXPECT_EQ(sandbox.run().exitCode, 0);
  EXPECT_EQ(kernel(), whole);
}

TEST_F(SyncTest, ChangesTheFileOrWritesAnotherOne) {
  std::string whole = kernel();
  dropLastFlag();
  sync("-o whole.pto");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_EQ(sandbox.read("whole.pto"), whole);
  sync("--write");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_EQ(kernel(), whole);
}

TEST_F(SyncTest, SaysWhereNothingIsMissing) {
  sync("");
  EXPECT_EQ(outcome.exitCode, 0);
  EXPECT_THAT(outcome.text, HasSubstr("cases/sample/kernel.pto: nothing to change; passes in every order\n"));
}

TEST_F(SyncTest, TakesOutWhatOrdersNothing) {
  std::string barrier = "    pto.barrier #pto.pipe<PIPE_ALL>\n";
  ASSERT_THAT(kernel(), HasSubstr(barrier));
  sync("");
  EXPECT_THAT(outcome.text, HasSubstr("pto.barrier orders nothing that is not in order without it"));
  sync("--remove-redundant --write");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_THAT(kernel(), Not(HasSubstr(barrier)));
  EXPECT_EQ(sandbox.run().exitCode, 0);
}

TEST_F(SyncTest, AdviceIsNoFailure) {
  sandbox.apply({"kernel.pto", "    pto.set_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]\n", ""});
  sandbox.apply({"kernel.pto", "    pto.wait_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]\n",
                 "    pto.barrier #pto.pipe<PIPE_ALL>\n"});
  sync("--check");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("advice: pto.barrier makes all pipes wait where less would do: add "
                                      "`pto.set_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]` after the vecscope"));
  EXPECT_THAT(outcome.text, HasSubstr("advice: pto.barrier orders nothing"));
  EXPECT_EQ(sandbox.run("--werror").exitCode, 0);
}

// What a wait waits for is no matter of order.
TEST_F(SyncTest, SaysWhyThereIsNoProposal) {
  drop("pto.set_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]");
  sync("");
  EXPECT_EQ(outcome.exitCode, 100) << outcome.text;
  EXPECT_TRUE(std::regex_search(
      outcome.text, std::regex("error: cases/sample/kernel.pto: fail-check: pto.wait_flag waits for the flag "
                               "PIPE_V -> PIPE_MTE3, EVENT_ID0, which nothing before it has set, at line")))
      << outcome.text;
  sync("--from-scratch --write");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_EQ(sandbox.run().exitCode, 0);
}

TEST_F(SyncTest, WrongNumbersAreNotMended) {
  dropLastFlag();
  sandbox.apply({"kernel.pto", "pto.vsub %va", "pto.vadd %va"});
  sync("");
  EXPECT_EQ(outcome.exitCode, 100) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("sample does not pass with --order program: fail-numeric: "));
}

TEST_F(SyncTest, WhatCannotBeOrderedIsRefused) {
  sync("--cases-root " PTO_SOURCE_DIR "/cases pypto/matmul");
  EXPECT_EQ(outcome.exitCode, 105);
  EXPECT_THAT(outcome.text, HasSubstr("error: pypto/matmul@rows=16 is a program, which is compiled and not run"));
  sync("nothing");
  EXPECT_EQ(outcome.exitCode, 4);
  sync("--check --write");
  EXPECT_EQ(outcome.exitCode, 2);
  sync("-o whole.pto --cases-root " PTO_SOURCE_DIR "/cases --case 'sync/**'");
  EXPECT_EQ(outcome.exitCode, 105);
  EXPECT_THAT(outcome.text, HasSubstr("error: -o takes the text of one kernel; 7 are selected"));
  sync("-o no/such/folder/whole.pto");
  EXPECT_EQ(outcome.exitCode, 105);
  EXPECT_THAT(outcome.text, HasSubstr("error: cannot write no/such/folder/whole.pto: "));
  sandbox.apply({"case.yaml", "compare: bits", "compare: bits\nskip: not today"});
  sync("");
  EXPECT_THAT(outcome.text, HasSubstr("error: sample is skipped"));
}

TEST_F(SyncTest, AKernelThatDoesNotParseIsRefused) {
  sandbox.apply({"kernel.pto", "pto.vsub %va", "pto.vsubb %va"});
  sync("");
  EXPECT_EQ(outcome.exitCode, 100) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("error: cases/sample/kernel.pto: compile-fail: "));
}

// From nothing, no more than its author wrote and a fifth.
TEST_F(SyncTest, OwnCasesNeedNoMoreThanTheyHave) {
  sync("--from-scratch --cases-root " PTO_SOURCE_DIR "/cases --case micro-op/vmadd dma/loop control/nested-loops "
       "control/helper-function launch/grid-stride 'sync/**' -x sync/barriers-only -x sync/event-ids");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  std::regex line("kernel.pto: adds (\\d+) lines?, takes out (\\d+); passes in every order");
  size_t count = 0;
  for (std::sregex_iterator it(outcome.text.begin(), outcome.text.end(), line), end; it != end; ++it, ++count)
    EXPECT_LE(5 * std::stoi((*it)[1]), 6 * std::stoi((*it)[2])) << it->str();
  EXPECT_EQ(count, 10u) << outcome.text;
}
