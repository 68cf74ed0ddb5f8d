// Edits of lines, and the patch that is made of them.
#include "compiler/sync/TextEdit.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace pto::sync;
using ::testing::ElementsAre;

namespace {

constexpr llvm::StringLiteral text = "one\n  two\nthree\nfour\n";

std::string edited(std::vector<ByteEdit> edits) {
  return applyEdits(text, lineEdits(text, std::move(edits)));
}

TEST(TextEdit, WholeLinesComeAndGo) {
  EXPECT_EQ(edited({{4, 0, "new\n"}}), "one\nnew\n  two\nthree\nfour\n");
  EXPECT_EQ(edited({{4, 6, ""}}), "one\nthree\nfour\n");
  EXPECT_EQ(edited({{4, 6, ""}, {10, 0, "new\n"}}), "one\nnew\nthree\nfour\n");
}

TEST(TextEdit, LinesAreSplit) {
  std::vector<LineEdit> edits = lineEdits(text, {{6, 0, "new\n  "}});
  ASSERT_EQ(edits.size(), 1u);
  EXPECT_TRUE(edits[0].keepsSome);
  EXPECT_THAT(edits[0].lines, ElementsAre("  new", "  two"));
  EXPECT_EQ(edited({{6, 0, "new\n  "}}), "one\n  new\n  two\nthree\nfour\n");
}

TEST(TextEdit, WhatGoesAndComesBackIsNoEdit) {
  EXPECT_TRUE(withoutNoise(text, lineEdits(text, {{4, 6, ""}, {4, 0, "  two\n"}})).empty());
  EXPECT_TRUE(withoutNoise(text, lineEdits(text, {{4, 6, ""}, {10, 0, "  two\n"}})).empty());
  // The other text has a placeholder there.
  EXPECT_EQ(withoutNoise("one\n  ${x}\n", lineEdits(text, {{4, 6, ""}, {10, 0, "  two\n"}})).size(), 1u);
}

TEST(TextEdit, AnEditAtTheEnd) {
  EXPECT_EQ(applyEdits("a\nb", lineEdits("a\nb", {{2, 0, "x\n"}})), "a\nx\nb");
  EXPECT_EQ(edited({{21, 0, "five\n"}}), "one\n  two\nthree\nfour\nfive\n");
}

TEST(TextEdit, ADiffHasContextAndHunks) {
  std::string lines;
  for (int i = 1; i <= 20; ++i)
    lines += std::to_string(i) + "\n";
  std::vector<LineEdit> edits = {{2, 0, false, {"new"}}, {5, 1, false, {}}, {19, 1, false, {"x", "y"}}};
  EXPECT_EQ(unifiedDiff("k.pto", lines, edits), "--- k.pto\n+++ k.pto\n"
                                                "@@ -1,8 +1,8 @@\n 1\n+new\n 2\n 3\n 4\n-5\n 6\n 7\n 8\n"
                                                "@@ -16,5 +16,6 @@\n 16\n 17\n 18\n-19\n+x\n+y\n 20\n");
  EXPECT_EQ(unifiedDiff("k.pto", lines, {}), "");
}

TEST(TextEdit, ADiffSaysThatTheLastLineHasNoEnd) {
  EXPECT_EQ(unifiedDiff("k", "a\nb", {{2, 0, false, {"x"}}}),
            "--- k\n+++ k\n@@ -1,2 +1,3 @@\n a\n+x\n b\n\\ No newline at end of file\n");
}

} // namespace
