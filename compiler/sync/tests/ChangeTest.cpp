// Lines that are put into a kernel's text and taken out of it, around what its author wrote.
#include "compiler/sync/Change.h"
#include "compiler/tests/Text.h"
#include <gtest/gtest.h>

using namespace pto;
using namespace pto::sync;

namespace {

constexpr llvm::StringLiteral kernel = R"(// A kernel.
func.func @copy(%in: !pto.ptr<f32>, %out: !pto.ptr<f32>) attributes {pto.kernel} {
  %zero = arith.constant 0 : i64
  %size = arith.constant 256 : i64
  %ub = pto.castptr %zero : i64 -> !pto.ptr<f32, ub>
  // in
  pto.mte_gm_ub %in, %ub, %zero, %size nburst(%size, %size, %size)
    : !pto.ptr<f32>, !pto.ptr<f32, ub>, i64, i64, i64, i64, i64 // all of it
  pto.barrier #pto.pipe<PIPE_ALL> // slow
  pto.barrier #pto.pipe<PIPE_V> pto.barrier #pto.pipe<PIPE_MTE3>
  return
}
)";

class ChangeTest : public ::testing::Test {
protected:
  void read(llvm::StringRef changed) {
    text = changed.str();
    module = bench.parseValid(text);
    llvm::Expected<Original> made = Original::of(*module, text, "kernel.pto");
    ASSERT_TRUE(bool(made)) << llvm::toString(made.takeError());
    original = std::move(*made);
  }
  void SetUp() override { read(kernel); }

  Anchor anchor(unsigned line, unsigned number = 0) { return {line, number}; }
  std::string edited(const Change &change) { return applyEdits(text, original.edits(change)); }
  /// What becomes of some lines of the text.
  void becomes(const Change &change, llvm::StringRef before, llvm::StringRef after) {
    std::string expected = text;
    size_t at = expected.find(before);
    ASSERT_NE(at, std::string::npos);
    expected.replace(at, before.size(), after);
    EXPECT_EQ(edited(change), expected);
  }

  tests::Bench bench;
  std::string text;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  Original original;
};

constexpr const char *barrier = "pto.barrier #pto.pipe<PIPE_S>";

TEST_F(ChangeTest, LinesGoBeforeAndAfterStatements) {
  becomes({{}, {{barrier, anchor(7), false}}}, "  pto.mte_gm_ub", "  pto.barrier #pto.pipe<PIPE_S>\n  pto.mte_gm_ub");
  becomes({{}, {{barrier, anchor(7), true}}}, "// all of it\n", "// all of it\n  pto.barrier #pto.pipe<PIPE_S>\n");
  becomes({{}, {{barrier, anchor(5), false}}}, "  %ub = ", "  pto.barrier #pto.pipe<PIPE_S>\n  %ub = ");
}

TEST_F(ChangeTest, ALineWithTwoStatementsIsSplit) {
  becomes({{}, {{barrier, anchor(10, 1), false}}}, "<PIPE_V> pto.barrier",
          "<PIPE_V> pto.barrier #pto.pipe<PIPE_S>\n  pto.barrier");
  becomes({{anchor(10)}, {}}, "pto.barrier #pto.pipe<PIPE_V> ", " ");
}

TEST_F(ChangeTest, WhatIsTakenOutTakesItsCommentAlong) {
  becomes({{anchor(9)}, {}}, "  pto.barrier #pto.pipe<PIPE_ALL> // slow\n", "");
}

TEST_F(ChangeTest, LinesAtOnePlaceAreInTheirOrder) {
  Change change{{},
                {{"pto.barrier #pto.pipe<PIPE_M>", anchor(9), false},
                 {"pto.barrier #pto.pipe<PIPE_MTE1>", anchor(9), false},
                 {"pto.barrier #pto.pipe<PIPE_MTE2>", anchor(7), true},
                 {"pto.barrier #pto.pipe<PIPE_S>", anchor(7), true}}};
  becomes(change, "// all of it\n",
          "// all of it\n  pto.barrier #pto.pipe<PIPE_MTE2>\n  pto.barrier #pto.pipe<PIPE_S>\n"
          "  pto.barrier #pto.pipe<PIPE_M>\n  pto.barrier #pto.pipe<PIPE_MTE1>\n");
}

TEST_F(ChangeTest, LinesBetweenTwoStatementsStayTogether) {
  std::string spaced = kernel.str();
  spaced.insert(spaced.find("  pto.barrier #pto.pipe<PIPE_ALL>"), "\n");
  read(spaced);
  becomes({{}, {{"pto.barrier #pto.pipe<PIPE_M>", anchor(10), false}, {barrier, anchor(7), true}}}, "// all of it\n\n",
          "// all of it\n  pto.barrier #pto.pipe<PIPE_S>\n  pto.barrier #pto.pipe<PIPE_M>\n\n");
  becomes({{}, {{barrier, anchor(10), false}}}, "// all of it\n\n",
          "// all of it\n\n  pto.barrier #pto.pipe<PIPE_S>\n");
}

// Two ways to the same kernel.
TEST_F(ChangeTest, ModuleAndTextChangeAlike) {
  for (const Change &change :
       {Change{{anchor(9), anchor(10, 1)}, {{barrier, anchor(7), true}, {barrier, anchor(10), true}}},
        Change{{anchor(10)}, {{barrier, anchor(10), true}, {"pto.barrier #pto.pipe<PIPE_M>", anchor(10, 1), false}}}}) {
    auto changed = original.with(change);
    ASSERT_TRUE(bool(changed));
    std::string printed, again;
    llvm::raw_string_ostream(printed) << **changed;
    llvm::raw_string_ostream(again) << *bench.parseValid(edited(change));
    EXPECT_EQ(printed, again);
  }
}

TEST_F(ChangeTest, LineEndsStayWhatTheyAre) {
  std::string windows = kernel.str();
  for (size_t at = 0; (at = windows.find('\n', at)) != std::string::npos; at += 2)
    windows.replace(at, 1, "\r\n");
  read(windows);
  becomes({{}, {{barrier, anchor(9), true}}}, "// slow\r\n", "// slow\r\n  pto.barrier #pto.pipe<PIPE_S>\r\n");
}

TEST_F(ChangeTest, AStatementThatIsNotThereIsAnError) {
  EXPECT_EQ(original.anchorOf({"kernel.pto", 1, 1}), std::nullopt);
  auto changed = original.with({{anchor(10, 2)}, {}});
  EXPECT_EQ(llvm::toString(changed.takeError()), "line 10 has no such statement at every point");
}

TEST_F(ChangeTest, LocationsOfOtherPlacesAreRefused) {
  text = "func.func @f() {\n  pto.barrier #pto.pipe<PIPE_V> loc(\"other.pto\":7:3)\n  return\n}\n";
  module = bench.parseValid(text);
  llvm::Expected<Original> made = Original::of(*module, text, "kernel.pto");
  ASSERT_FALSE(bool(made));
  EXPECT_EQ(
      llvm::toString(made.takeError()),
      "pto.barrier is said to be at other.pto:7:3, where it does not stand; take the locations out of the kernel");
}

} // namespace
