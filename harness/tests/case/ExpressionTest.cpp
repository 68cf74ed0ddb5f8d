// The arithmetic of placeholders.
#include "harness/case/Expression.h"
#include "harness/case/Numbers.h"
#include "llvm/Support/FormatVariadic.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace pto::harness;

namespace {

std::string valueOf(llvm::StringRef expression, const Bindings &bindings = {}) {
  llvm::Expected<BoundValue> value = evaluate(expression, bindings);
  return value ? value->text : llvm::toString(value.takeError());
}

TEST(Expression, FollowsTheUsualPrecedence) {
  EXPECT_EQ(valueOf("1 + 2 * 3 - 4"), "3");
  EXPECT_EQ(valueOf("(1 + 2) * 3"), "9");
  EXPECT_EQ(valueOf("100 / 7 / 2"), "7");
  EXPECT_EQ(valueOf("2 - - 3"), "5");
  EXPECT_EQ(valueOf("min(4, 2) + max(4, 2) + ceildiv(9, 4)"), "9");
  EXPECT_EQ(valueOf("0x10 + 0b11"), "19");
}

TEST(Expression, MembersOfADType) {
  Bindings bindings;
  bindings.bind("t", BoundValue::fromText("ui16"));
  bindings.bind("f", BoundValue::fromText("f8E4M3FN"));
  bindings.bind("w", BoundValue::fromText("i64"));
  EXPECT_EQ(valueOf("t.lanes", bindings), "128");
  EXPECT_EQ(valueOf("t.bits", bindings), "16");
  EXPECT_EQ(valueOf("t . bytes * 2", bindings), "4");
  EXPECT_EQ(valueOf("t.mask", bindings), "b16");
  EXPECT_EQ(valueOf("t.host", bindings), "i16");
  EXPECT_EQ(valueOf("f.host", bindings), "f8E4M3FN");
  EXPECT_EQ(valueOf("w.mask", bindings), "b32");
}

TEST(Expression, ANameAloneKeepsItsText) {
  Bindings bindings;
  bindings.bind("x", BoundValue::fromText("0x0F"));
  bindings.bind("y", BoundValue::fromText("1e-5"));
  EXPECT_EQ(valueOf("x", bindings), "0x0F");
  EXPECT_EQ(valueOf("x + 0", bindings), "15");
  EXPECT_EQ(valueOf("y", bindings), "1e-5");
}

/// A random expression and its value, in a type that nothing below overflows.
struct Tree {
  std::string text;
  __int128 value;
};

__int128 floorDivide(__int128 a, __int128 b) {
  __int128 quotient = a / b;
  return quotient * b != a && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

rc::Gen<Tree> trees(int depth) {
  auto leaf = rc::gen::map(rc::gen::inRange<int>(-1000, 1000), [](int n) {
    return Tree{llvm::formatv(n < 0 ? "({0})" : "{0}", n), n};
  });
  if (depth == 0)
    return leaf;
  auto node =
      rc::gen::map(rc::gen::tuple(rc::gen::element('+', '-', '*', '/', '%'), trees(depth - 1), trees(depth - 1)),
                   [](const std::tuple<char, Tree, Tree> &parts) {
                     const auto &[symbol, a, b] = parts;
                     char used = b.value == 0 && (symbol == '/' || symbol == '%') ? '+' : symbol;
                     Tree tree;
                     tree.text.append("(").append(a.text).append(" ");
                     tree.text += used;
                     tree.text.append(" ").append(b.text).append(")");
                     tree.value = used == '+'   ? a.value + b.value
                                  : used == '-' ? a.value - b.value
                                  : used == '*' ? a.value * b.value
                                  : used == '/' ? floorDivide(a.value, b.value)
                                                : a.value - b.value * floorDivide(a.value, b.value);
                     return tree;
                   });
  return rc::gen::oneOf(leaf, node);
}

RC_GTEST_PROP(ExpressionLaw, ComputesAsIntegersDo, ()) {
  // Products of eight factors below 2^10 do not fit 64 bits always; those that do must be right.
  Tree tree = *trees(3).as("expression");
  std::string value = valueOf(tree.text);
  std::optional<Integer> integer = parseInteger(value);
  if (integer)
    RC_ASSERT(static_cast<__int128>(*integer->asSigned()) == tree.value);
  else
    RC_ASSERT(value.find("does not fit 64 bits") != std::string::npos);
}

RC_GTEST_PROP(ExpressionLaw, AnyTextIsAValueOrAnError, (const std::string &text)) {
  valueOf(text);
}

RC_GTEST_PROP(NumbersLaw, IntegersAreExact, (int64_t n, uint64_t u)) {
  RC_ASSERT(parseInteger(std::to_string(n))->asSigned() == n);
  RC_ASSERT(parseInteger(std::to_string(u))->asUnsigned() == u);
}

TEST(Numbers, RejectWhatOnlyLooksLikeOne) {
  for (const char *text :
       {"", "-", "+", "1 ", " 1", "0x", "1e", "--1", "1_000", "infinity", "nan(1)", "1e400", "0x1p", "e5", "."})
    EXPECT_FALSE(parseNumber(text)) << text;
  for (const char *text : {"1.0", "0b2", "0x1.8", "18446744073709551616", "-9223372036854775809"})
    EXPECT_FALSE(parseInteger(text)) << text;
  EXPECT_FALSE(parseInteger("9223372036854775808")->asSigned());
  EXPECT_FALSE(parseInteger("-1")->asUnsigned());
}

TEST(Numbers, FloatsInEveryNotation) {
  EXPECT_EQ(parseNumber("-0x1p-1"), -0.5);
  EXPECT_EQ(parseNumber("+.5"), 0.5);
  EXPECT_EQ(parseNumber("1E3"), 1000.0);
  EXPECT_EQ(parseNumber("18446744073709551616"), 0x1p64);
  EXPECT_TRUE(std::signbit(*parseNumber("-nan")));
}

} // namespace
