// -k: which names an expression takes, and what is wrong with one.
#include "harness/cli/Keyword.h"
#include <gtest/gtest.h>

using namespace pto::harness;

static bool takes(llvm::StringRef expression, llvm::StringRef name) {
  return llvm::cantFail(Keyword::parse(expression)).matches(name);
}
static std::string errorOf(llvm::StringRef expression) {
  llvm::Expected<Keyword> keyword = Keyword::parse(expression);
  return keyword ? "" : llvm::toString(keyword.takeError());
}

TEST(Keyword, IsAWordAnywhereInTheName) {
  EXPECT_TRUE(takes("VADD", "micro-op/vadd@dtype=f16"));
  EXPECT_TRUE(takes("dtype=f16", "micro-op/vadd@dtype=f16"));
  EXPECT_FALSE(takes("vsub", "micro-op/vadd"));
  EXPECT_TRUE(takes("android", "android")) << "and is only a word of its own";
}

TEST(Keyword, BindsNotBeforeAndBeforeOr) {
  EXPECT_TRUE(takes("a or b and c", "a"));
  EXPECT_FALSE(takes("(a or b) and c", "a"));
  EXPECT_TRUE(takes("not a and b", "b"));
  EXPECT_FALSE(takes("not (a or b)", "b"));
  EXPECT_TRUE(takes("not not a", "a"));
}

TEST(Keyword, SaysWhereItIsWrong) {
  EXPECT_EQ(errorOf(""), "expected a word at column 1\n  \n  ^");
  EXPECT_EQ(errorOf("a and"), "expected a word at column 6\n  a and\n       ^");
  EXPECT_EQ(errorOf("a b"), "expected 'and' or 'or' at column 3\n  a b\n    ^");
  EXPECT_EQ(errorOf("(a or b"), "expected ')' at column 8\n  (a or b\n         ^");
  EXPECT_EQ(errorOf("a)"), "this ')' has no matching '(' at column 2\n  a)\n   ^");
  EXPECT_NE(errorOf(std::string(100000, '(')), "");
}
